import type { Journal, JournalKind, PostedJournal } from '@/server/ledger/core/types';
import { entryId } from '@/server/ledger/ids';
import { type SourceFacts, sourceFactsOf } from './source-facts';

/** One entry of a journal with its other side, as `/api/v1` shows a transaction. */
export interface TransactionRecord {
  readonly journalId: string;
  readonly leg: number;
  readonly part: 'PRINCIPAL' | 'FEE' | 'TAX';
  readonly kind: JournalKind;
  readonly clientCode: string;
  readonly accountNumber: string;
  readonly otherAccountNumber: string;
  /** Hash of the entry on the other side, in its account's chain. */
  readonly otherHash: string;
  /** Null where none was named. */
  readonly serviceCode: string | null;
  readonly currency: string;
  /** Credit-positive. */
  readonly amountMinor: bigint;
  readonly balanceAfterMinor: bigint;
  /** Of the whole journal. */
  readonly feeMinor: bigint;
  readonly taxMinor: bigint;
  /** The account that paid them, or null where there were none. */
  readonly feeAccountNumber: string | null;
  /** Null where the caller gave none. */
  readonly sourceId: string | null;
  readonly source: SourceFacts;
  readonly narration: string | null;
  readonly businessAtMs: number;
  readonly postedAtMs: number;
  readonly reversalOf: string | null;
  /** Known to reads alone: an answer to a posting says what was so then. */
  readonly reversedBy?: string | null;
  readonly livemode: boolean;
}

export interface RecordFacts {
  /** Account numbers by id: of the first two legs at least. */
  readonly numbers: ReadonlyMap<string, string>;
  readonly serviceCode: string | null;
  readonly clientCode: string;
  readonly livemode: boolean;
  /** Of the journal that this one reverses. */
  readonly original: Pick<Journal, 'id' | 'reference' | 'operation'> | null;
}

/** The record of one leg of a journal just posted, or found again. */
export function recordOfPosted(posted: PostedJournal, leg: number, facts: RecordFacts): TransactionRecord {
  const { journal, entries } = posted;
  const entry = entries[leg - 1];
  const other = entries[partnerOf(leg) - 1];
  if (entry === undefined || other === undefined) throw new Error(`Journal ${journal.id} has no leg ${leg}.`);
  const payer = journal.feeMinor + journal.taxMinor > 0n ? entries[2] : undefined;
  return {
    journalId: journal.id,
    leg,
    part: partOf(journal, leg),
    kind: journal.kind,
    clientCode: facts.clientCode,
    accountNumber: numberIn(facts, entry.accountId),
    otherAccountNumber: numberIn(facts, other.accountId),
    otherHash: other.hash,
    serviceCode: facts.serviceCode,
    currency: journal.currency,
    amountMinor: entry.amountMinor,
    balanceAfterMinor: entry.balanceAfterMinor,
    feeMinor: journal.feeMinor,
    taxMinor: journal.taxMinor,
    feeAccountNumber: payer === undefined ? null : numberIn(facts, payer.accountId),
    sourceId: sourceIdOf(journal, leg, facts.original),
    source: sourceFactsOf(journal),
    narration: journal.description,
    businessAtMs: journal.businessAtMs ?? journal.postedAtMs,
    postedAtMs: journal.postedAtMs,
    reversalOf: journal.reversalOf,
    livemode: facts.livemode,
  };
}

function numberIn({ numbers }: RecordFacts, accountId: string): string {
  const number = numbers.get(accountId);
  if (number === undefined) throw new Error(`The number of account ${accountId} is not at hand.`);
  return number;
}

/** Legs come in pairs: 1 and 2, 3 and 4 … */
export function partnerOf(leg: number): number {
  return leg % 2 === 1 ? leg + 1 : leg - 1;
}

/** The first pair moves the amount; then the fee's pair where there is a fee, then the tax's. */
export function partOf({ feeMinor, taxMinor }: Pick<Journal, 'feeMinor' | 'taxMinor'>, leg: number) {
  if (leg <= 2 || feeMinor + taxMinor === 0n) return 'PRINCIPAL';
  return leg <= 4 && feeMinor > 0n ? 'FEE' : 'TAX';
}

/**
 * The caller's own id, as the document writes it: a transfer's legs carry `IFT1` and `IFT2` before it, a reversal's
 * `RVS1` and `RVS2` before the original's. Entries of fees carry it bare. A capture's reference is its hold, not the caller's.
 */
export function sourceIdOf(
  { kind, operation, reference }: Pick<Journal, 'kind' | 'operation' | 'reference'>,
  leg: number,
  original: RecordFacts['original'],
): string | null {
  if (kind === 'reversal') {
    if (original === null) return null;
    const own = original.operation === 'capture' ? null : original.reference;
    return prefixed('RVS', leg, own ?? entryId(original.id, 1));
  }
  if (reference === null || operation === 'capture') return null;
  return kind === 'transfer' ? prefixed('IFT', leg, reference) : reference;
}

function prefixed(prefix: 'IFT' | 'RVS', leg: number, id: string): string {
  return leg <= 2 ? `${prefix}${leg}${id}` : id;
}
