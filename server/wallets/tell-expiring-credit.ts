import type { Database } from '@/db/client';
import type { Clock } from '@/server/kernel/clock';
import { sqlMs, sqlNow } from '@/server/kernel/sql-time';
import { transact } from '@/server/kernel/transaction';
import type { Ledger } from '@/server/ledger/ledger';

/** How long before its expiry a credit is told of, at the most. */
const AHEAD_DAYS = 7;
/** Of a credit that lives shorter than this many times that: its last part. One of a day is told of six hours before. */
const PART_OF_LIFE = 4;

const AT_ONCE = 500;
const ROUNDS_MAX = 100;

const DUE = `
  select l.tenant_id, l.id from lots l
  where l.remaining_minor > 0 and l.expires_at > ${sqlNow(1)}
    and l.expires_at <= ${sqlNow(1)} + interval '${AHEAD_DAYS} days'
    and l.expires_at - ${sqlNow(1)} <= (l.expires_at - l.created_at) / ${PART_OF_LIFE}
    and not exists (select from expiry_notices n where n.tenant_id = l.tenant_id and n.lot_id = l.id)
  order by l.expires_at limit ${AT_ONCE}`;

/**
 * The event carries the wallet's sequence and terms as they are when it is written, and the lot as it is then.
 * Guarantee: the notice's primary key lets one of two processes tell it; notice and event are one statement.
 */
const TELL = `
  with told as (
    insert into expiry_notices (tenant_id, lot_id, event_id, created_at)
    select w.tenant_id, w.lot_id, w.event_id, ${sqlNow(1)}
    from unnest($2::bigint[], $3::bigint[], $4::bigint[]) as w (tenant_id, lot_id, event_id)
    on conflict (tenant_id, lot_id) do nothing
    returning tenant_id, lot_id, event_id
  )
  insert into events (tenant_id, id, type, account_id, sequence, payload, created_at)
  select t.tenant_id, t.event_id, 'wallet.credit_expiring', a.id, a.sequence,
    json_build_object('status', a.status, 'minimum_balance_minor', a.minimum_balance_minor::text,
      'held_minor', a.held_minor::text, 'low_balance_minor', a.low_balance_minor::text,
      'expiring', json_build_object('lot_id', l.id::text, 'amount_minor', l.remaining_minor::text,
        'expires_at_ms', ${sqlMs('l.expires_at')}))::text,
    ${sqlNow(1)}
  from told t
  join lots l on l.tenant_id = t.tenant_id and l.id = t.lot_id
  join accounts a on a.tenant_id = l.tenant_id and a.id = l.account_id
  where l.remaining_minor > 0`;

/** Tells of promotional credit that expires soon, once of each lot. Returns how many were told. */
export async function tellExpiringCredit({
  db,
  clock,
  ledger,
}: {
  readonly db: Database;
  readonly clock: Clock;
  readonly ledger: Pick<Ledger, 'nextId'>;
}): Promise<number> {
  let told = 0;
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const due = await transact(db, async (tx) => {
      const { rows } = await tx.query<{ tenant_id: string; id: string }>(DUE, [clock.fixedMs()]);
      if (rows.length === 0) return 0;
      const { rowCount } = await tx.query(TELL, [
        clock.fixedMs(),
        rows.map((row) => row.tenant_id),
        rows.map((row) => row.id),
        rows.map(() => ledger.nextId()),
      ]);
      told += rowCount ?? 0;
      return rows.length;
    });
    if (due < AT_ONCE) break;
  }
  return told;
}
