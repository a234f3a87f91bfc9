import type { Database } from '@/db/client';
import type { Clock } from '@/server/kernel/clock';
import { sqlNow } from '@/server/kernel/sql-time';
import { type Transaction, transact } from '@/server/kernel/transaction';

interface Parts {
  readonly db: Database;
  readonly clock: Clock;
}

/** What a reader is made to wait for: more is left to the job, and the answer says until when it counts. */
const PENDING_MAX = 5_000;

/**
 * Brings the daily sums of reports up to now: of every account but wallets the entries after its mark, and every lot use
 * that is queued. In one snapshot, so all sums are of one moment and belong together.
 *
 * Guarantee: counted once and never missed. Sequences have no gap and a mark moves with what was counted; a queued use is
 * deleted with being counted; of two at once one finds the lock taken, or repeats on what the other has left.
 * @returns false when another is at it
 */
export function rollUp({ db, clock }: Parts): Promise<boolean> {
  return transact(db, async (tx) => {
    await tx.query('set transaction isolation level repeatable read');
    const { rows } = await tx.query<{ locked: boolean }>(
      `select pg_try_advisory_xact_lock(hashtextextended('pesewa.reports', 0)) as locked`,
    );
    if (rows[0]?.locked !== true) return false;
    await tx.query(`set local statement_timeout = '10min'; set local jit = off`);
    await countEntries(tx);
    await countLots(tx);
    await tx.query(
      `insert into report_progress (id, counted_until) values (1, ${sqlNow(1)})
       on conflict (id) do update set counted_until = excluded.counted_until`,
      [clock.fixedMs()],
    );
    return true;
  });
}

/** The same for who reads, when it takes but a moment. */
export async function catchUp(parts: Parts): Promise<void> {
  const { rows } = await parts.db.pool.query<{ pending: string }>(
    `select (
       select coalesce(sum(a.sequence - coalesce(m.sequence, 0)), 0) from accounts a
       left join account_marks m on m.tenant_id = a.tenant_id and m.account_id = a.id
       where a.type <> 'CUSTOMER_WALLET'
     ) + (select count(*) from (select from lot_use_queue limit ${PENDING_MAX + 1}) q) as pending`,
  );
  if (Number(rows[0]?.pending ?? 0) <= PENDING_MAX) await rollUp(parts);
}

/** LATERAL with LIMIT keeps the look-ups on their keys whatever the planner believes about table sizes. */
async function countEntries(tx: Transaction): Promise<void> {
  await tx.query(`
    with due as materialized (
      select a.tenant_id, a.id, a.type, a.currency, a.sequence, a.balance_minor, coalesce(m.sequence, 0) as done
      from accounts a left join account_marks m on m.tenant_id = a.tenant_id and m.account_id = a.id
      where a.type <> 'CUSTOMER_WALLET' and a.sequence > coalesce(m.sequence, 0)
    ), fresh as materialized (
      select d.tenant_id, d.id, d.type, d.currency, e.kind, e.amount_minor, j.service_version_id,
        (j.posted_at at time zone 'UTC')::date as day
      from due d
      cross join lateral (
        select x.* from entries x
        where x.tenant_id = d.tenant_id and x.account_id = d.id and x.sequence > d.done and x.sequence <= d.sequence
      ) e
      cross join lateral (
        select y.posted_at, y.service_version_id from journals y
        where y.tenant_id = e.tenant_id and y.id = e.journal_id limit 1
      ) j
    ), days as (
      insert into account_days as t (tenant_id, account_id, day, kind, type, currency, debit_minor, credit_minor, entries)
      select f.tenant_id, f.id, f.day, f.kind, f.type, f.currency, -sum(least(f.amount_minor, 0)),
        sum(greatest(f.amount_minor, 0)), count(*)
      from fresh f group by 1, 2, 3, 4, 5, 6
      on conflict (tenant_id, account_id, day, kind) do update set debit_minor = t.debit_minor + excluded.debit_minor,
        credit_minor = t.credit_minor + excluded.credit_minor, entries = t.entries + excluded.entries
    ), fees as (
      insert into fee_days as t (tenant_id, service_id, currency, day, fee_minor, tax_minor, charged)
      select f.tenant_id, coalesce(v.service_id, 0), f.currency, f.day,
        sum(case when f.type = 'COMMISSION_ACCOUNT' then f.amount_minor else 0 end),
        sum(case when f.type = 'COMMISSION_TAX_ACCOUNT' then f.amount_minor else 0 end),
        count(*) filter (where f.type = 'COMMISSION_ACCOUNT' and f.amount_minor > 0)
      from fresh f
      left join service_versions v on v.tenant_id = f.tenant_id and v.id = f.service_version_id
      -- What leaves these accounts otherwise, as a payout of the operator's, is no fee.
      where f.type in ('COMMISSION_ACCOUNT', 'COMMISSION_TAX_ACCOUNT') and (f.amount_minor > 0 or f.kind = 'reversal')
        and f.kind not in ('transfer', 'adjustment', 'settlement', 'funding')
      group by 1, 2, 3, 4
      on conflict (tenant_id, service_id, currency, day) do update set fee_minor = t.fee_minor + excluded.fee_minor,
        tax_minor = t.tax_minor + excluded.tax_minor, charged = t.charged + excluded.charged
    )
    insert into account_marks as t (tenant_id, account_id, type, currency, sequence, balance_minor)
    select d.tenant_id, d.id, d.type, d.currency, d.sequence, d.balance_minor from due d
    on conflict (tenant_id, account_id) do update
      set sequence = excluded.sequence, balance_minor = excluded.balance_minor`);
}

/** A lot's id is its journal's, and what an import issues has it before it is posted: so its promotion is known here. */
async function countLots(tx: Transaction): Promise<void> {
  await tx.query(`
    with taken as (
      delete from lot_use_queue returning tenant_id, account_id, sequence, lot_id
    ), fresh as (
      select q.tenant_id, coalesce(i.promotion_id, 0) as promotion_id, a.currency,
        (j.posted_at at time zone 'UTC')::date as day, u.use, u.amount_minor, e.kind
      from taken q
      cross join lateral (
        select * from lot_uses x where x.tenant_id = q.tenant_id and x.account_id = q.account_id
          and x.sequence = q.sequence and x.lot_id = q.lot_id limit 1
      ) u
      cross join lateral (
        select * from entries x
        where x.tenant_id = q.tenant_id and x.account_id = q.account_id and x.sequence = q.sequence limit 1
      ) e
      cross join lateral (
        select x.posted_at from journals x where x.tenant_id = q.tenant_id and x.id = e.journal_id limit 1
      ) j
      cross join lateral (
        select x.currency from accounts x where x.tenant_id = q.tenant_id and x.id = q.account_id limit 1
      ) a
      left join lateral (
        select y.promotion_id from promotion_import_rows x
        join promotion_imports y on y.tenant_id = x.tenant_id and y.id = x.import_id
        where x.tenant_id = q.tenant_id and x.lot_id = q.lot_id and x.lot_id is not null limit 1
      ) i on true
    )
    insert into lot_days as t (tenant_id, promotion_id, currency, day, lots, issued_minor, used_minor, expired_minor,
      forfeited_minor, taken_back_minor)
    select f.tenant_id, f.promotion_id, f.currency, f.day, count(*) filter (where f.use = 'grant'),
      sum(case when f.use = 'grant' then f.amount_minor else 0 end),
      sum(case f.use when 'use' then f.amount_minor when 'undo' then -f.amount_minor else 0 end),
      sum(case when f.use = 'expire' then f.amount_minor else 0 end),
      sum(case when f.use = 'forfeit' and f.kind <> 'reversal' then f.amount_minor else 0 end),
      sum(case when f.use = 'forfeit' and f.kind = 'reversal' then f.amount_minor else 0 end)
    from fresh f group by 1, 2, 3, 4
    on conflict (tenant_id, promotion_id, currency, day) do update set lots = t.lots + excluded.lots,
      issued_minor = t.issued_minor + excluded.issued_minor, used_minor = t.used_minor + excluded.used_minor,
      expired_minor = t.expired_minor + excluded.expired_minor,
      forfeited_minor = t.forfeited_minor + excluded.forfeited_minor,
      taken_back_minor = t.taken_back_minor + excluded.taken_back_minor`);
}
