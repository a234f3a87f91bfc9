import type pg from 'pg';
import { entryHash, journalDigest } from '../core/hash';
import { ENTRY_COLUMNS, type EntryRow, JOURNAL_COLUMNS, type JournalRow, toEntry, toJournal } from '../rows';
import { headFault } from './head-fault';
import type { Seal } from './seal';

/** An account's chain as handed out: every entry, and the digest of its journal (its content stays ours). */
export interface ExportedChain {
  readonly tenantId: string;
  readonly accountId: string;
  readonly entries: readonly {
    readonly sequence: number;
    readonly journalId: string;
    readonly leg: number;
    readonly amountMinor: string;
    readonly balanceAfterMinor: string;
    readonly journalDigest: string;
    readonly hash: string;
  }[];
}

export async function exportChain(
  db: Pick<pg.ClientBase, 'query'>,
  tenantId: string,
  accountId: string,
): Promise<ExportedChain> {
  const { rows } = await db.query<EntryRow>(
    `select ${ENTRY_COLUMNS} from entries e where e.tenant_id = $1 and e.account_id = $2 order by e.sequence`,
    [tenantId, accountId],
  );
  const { rows: journals } = await db.query<JournalRow>(
    `select ${JOURNAL_COLUMNS} from journals j
     where j.tenant_id = $1 and j.id in (select journal_id from entries where tenant_id = $1 and account_id = $2)`,
    [tenantId, accountId],
  );
  const digests = new Map(journals.map((row) => [row.id, journalDigest(toJournal(row))]));
  return {
    tenantId,
    accountId,
    entries: rows.map(toEntry).map((entry) => ({
      sequence: entry.sequence,
      journalId: entry.journalId,
      leg: entry.leg,
      amountMinor: String(entry.amountMinor),
      balanceAfterMinor: String(entry.balanceAfterMinor),
      journalDigest: digests.get(entry.journalId) ?? '',
      hash: entry.hash,
    })),
  };
}

/** Why a chain does not lead to a seal's head of its account, or null when it does. */
export function chainFault(chain: ExportedChain, seal: Seal): string | null {
  const { tenantId, accountId } = chain;
  const steps = chain.entries.map((entry, index) => ({
    sequence: entry.sequence,
    hash: entry.hash,
    hashAfter: (previousHash: string) => {
      const content = {
        tenantId,
        accountId,
        sequence: index + 1,
        journalId: entry.journalId,
        leg: entry.leg,
        amountMinor: BigInt(entry.amountMinor),
        balanceAfterMinor: BigInt(entry.balanceAfterMinor),
      };
      return entryHash(previousHash, content, entry.journalDigest);
    },
  }));
  return headFault(steps, { tenantId, accountId, step: 'entry' }, seal);
}
