import type pg from 'pg';
import type { Entry, PostedJournal } from './core/types';
import type { Work } from './core/work';

const PARAMETERS = 27;
const APPEND_PLAIN = `select ledger_append_plain(${Array.from({ length: PARAMETERS }, (_, i) => `$${i + 1}`).join(', ')})`;

/**
 * The append of a batch of one journal between two accounts, or null where the batch is anything else. Values go one by
 * one: a column of one row costs PostgreSQL and us more than its value (docs/decisions/0020-a-journal-alone.md).
 * @param work does nothing beside its journals: no lots, holds, terms, other events or answers
 */
export function plainQuery(work: Work, versions: ReadonlyMap<string, number>): pg.QueryConfig | null {
  const [posted, another] = work.journals;
  if (posted === undefined || another !== undefined || !isPlain(posted) || work.accounts.size !== 2) return null;
  const { journal, entries } = posted;
  const [own, counter] = entries as [Entry, Entry];
  return {
    name: 'ledger_append_plain',
    text: APPEND_PLAIN,
    values: [
      work.nowMs,
      journal.tenantId,
      journal.id,
      journal.kind,
      journal.operation,
      journal.reference,
      journal.fingerprint,
      journal.currency,
      journal.amountMinor,
      journal.businessAtMs,
      journal.description,
      journal.metadata,
      journal.serviceVersionId,
      journal.origin.actor,
      journal.origin.requestId,
      work.events[0]?.type ?? null,
      own.accountId,
      versions.get(own.accountId),
      own.sequence,
      own.amountMinor,
      own.balanceAfterMinor,
      Buffer.from(own.hash, 'hex'),
      counter.accountId,
      versions.get(counter.accountId),
      counter.sequence,
      counter.balanceAfterMinor,
      Buffer.from(counter.hash, 'hex'),
    ],
  };
}

/** Two legs, and none of the columns that few journals have. */
function isPlain({ journal, entries }: PostedJournal): boolean {
  return (
    entries.length === 2 &&
    entries[0]?.accountId === journal.accountId &&
    journal.feeMinor === 0n &&
    journal.taxMinor === 0n &&
    journal.reversalOf === null &&
    journal.holdId === null
  );
}
