import type pg from 'pg';
import type { PostedJournal } from './core/types';
import {
  ENTRY_COLUMNS,
  type EntryRow,
  JOURNAL_COLUMNS,
  type JournalRow,
  type LotUseRow,
  toEntry,
  toJournal,
  toLotUse,
} from './rows';

type Queryable = Pick<pg.ClientBase, 'query'>;

/** Whole journals by id, of any tenants: entries in leg order, lot uses with them. Absent ids are left out. */
export async function readJournals(
  db: Queryable,
  wanted: readonly { readonly tenantId: string; readonly id: string }[],
): Promise<Map<string, PostedJournal>> {
  const found = new Map<string, PostedJournal>();
  if (wanted.length === 0) return found;
  // Fifty retries of one request ask for one journal.
  const distinct = [...new Map(wanted.map((w) => [`${w.tenantId}|${w.id}`, w])).values()];
  const keys = [distinct.map((w) => w.tenantId), distinct.map((w) => w.id)];
  const { rows: journals } = await db.query<JournalRow & { leg_accounts: string[]; leg_sequences: string[] }>(
    `select ${JOURNAL_COLUMNS}, j.leg_accounts::text[], j.leg_sequences::text[]
     from unnest($1::bigint[], $2::bigint[]) as w (tenant_id, id)
     cross join lateral (select * from journals x where x.tenant_id = w.tenant_id and x.id = w.id limit 1) j`,
    keys,
  );
  const legs = journals.flatMap((row) =>
    row.leg_accounts.map((accountId, i) => ({ tenantId: row.tenant_id, accountId, sequence: row.leg_sequences[i] })),
  );
  const legKeys = [legs.map((l) => l.tenantId), legs.map((l) => l.accountId), legs.map((l) => l.sequence)];
  const { rows: entries } = await db.query<EntryRow>(
    `select ${ENTRY_COLUMNS}
     from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as w (tenant_id, account_id, sequence)
     cross join lateral (
       select * from entries x
       where x.tenant_id = w.tenant_id and x.account_id = w.account_id and x.sequence = w.sequence limit 1
     ) e
     order by e.journal_id, e.leg`,
    legKeys,
  );
  const { rows: lotUses } = await db.query<LotUseRow>(
    `select u.account_id, u.sequence, u.lot_id, u.use, u.amount_minor
     from unnest($1::bigint[], $2::bigint[], $3::bigint[]) with ordinality as w (tenant_id, account_id, sequence, n)
     join lot_uses u on u.tenant_id = w.tenant_id and u.account_id = w.account_id and u.sequence = w.sequence
     order by w.n, u.position`,
    legKeys,
  );
  for (const row of journals) {
    const own = entries.filter((e) => e.journal_id === row.id);
    found.set(row.id, {
      journal: toJournal(row),
      entries: own.map(toEntry),
      lotUses: lotUses
        .filter((u) => own.some((e) => e.account_id === u.account_id && e.sequence === u.sequence))
        .map(toLotUse),
    });
  }
  return found;
}
