import { hash } from 'node:crypto';
import type { Entry, Journal } from './types';

/** The hash before an account's first entry. */
export const GENESIS_HASH = '0'.repeat(64);

/** Version of the two layouts below; a change of either is a new version beside the old, never an edit. */
const LAYOUT = 1;

/** Everything a journal says except its legs, which hash it, as the text that is hashed. */
export function journalContent(journal: Journal): string {
  return JSON.stringify([
    LAYOUT,
    journal.tenantId,
    journal.id,
    journal.kind,
    journal.accountId,
    journal.operation,
    journal.reference,
    journal.fingerprint,
    journal.currency,
    String(journal.amountMinor),
    String(journal.feeMinor),
    String(journal.taxMinor),
    journal.postedAtMs,
    journal.businessAtMs,
    journal.description,
    journal.metadata,
    journal.serviceVersionId,
    journal.reversalOf,
    journal.holdId,
    journal.origin.actor,
    journal.origin.requestId,
  ]);
}

/** Hex SHA-256 of that. */
export function journalDigest(journal: Journal): string {
  return hash('sha256', journalContent(journal));
}

/** What an entry's hash is of: its account's previous hash, its own content, its journal's digest. */
export function entryContent(previousHash: string, entry: Omit<Entry, 'hash' | 'kind'>, digest: string): string {
  return `${LAYOUT}|${previousHash}|${entry.tenantId}|${entry.accountId}|${entry.sequence}|${entry.journalId}|${entry.leg}|${entry.amountMinor}|${entry.balanceAfterMinor}|${digest}`;
}

/** Hex SHA-256 of that. */
export function entryHash(previousHash: string, entry: Omit<Entry, 'hash' | 'kind'>, digest: string): string {
  return hash('sha256', entryContent(previousHash, entry, digest));
}
