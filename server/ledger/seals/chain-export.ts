import type pg from 'pg';
import { entryHash, GENESIS_HASH, journalDigest } from '../core/hash';
import { ENTRY_COLUMNS, type EntryRow, JOURNAL_COLUMNS, type JournalRow, toEntry, toJournal } from '../rows';
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
  const head = seal.heads.find((sealed) => sealed.accountId === chain.accountId);
  if (head === undefined || seal.tenantId !== chain.tenantId) return 'the seal has no head of this account';
  let hash = GENESIS_HASH;
  let sequence = 0;
  for (const entry of chain.entries) {
    sequence += 1;
    if (entry.sequence !== sequence) return `entry ${sequence} is missing`;
    const content = {
      tenantId: chain.tenantId,
      accountId: chain.accountId,
      sequence,
      journalId: entry.journalId,
      leg: entry.leg,
      amountMinor: BigInt(entry.amountMinor),
      balanceAfterMinor: BigInt(entry.balanceAfterMinor),
    };
    hash = entryHash(hash, content, entry.journalDigest);
    if (hash !== entry.hash) return `entry ${sequence} does not hash to what it says`;
    if (sequence === head.sequence)
      return hash === head.hash ? null : `entry ${sequence} is not the one that was sealed`;
  }
  return `the chain ends at ${sequence}, the sealed head is ${head.sequence}`;
}
