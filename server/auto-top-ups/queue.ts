import type { Database } from '@/db/client';
import type { Clock } from '@/server/kernel/clock';
import { type Queryable, sqlNow } from '@/server/kernel/sql-time';

/** A wallet that this worker looks at. */
export interface Claimed {
  readonly tenantId: string;
  readonly walletId: string;
  /** The fence: whoever holds a later one has taken over, and none is held once the wallet crossed again. */
  readonly lease: string;
}

/** Longer than a look and a provider's answer take. */
const LEASE_SECONDS = 120;

/**
 * Takes wallets that are due, `count` at the most.
 * Guarantee: `skip locked` lets two workers never wait for each other, the lease lets none take what another has.
 */
export async function claimDue(
  { db, clock }: { readonly db: Database; readonly clock: Clock },
  count: number,
): Promise<Claimed[]> {
  const { rows } = await db.pool.query<{ tenant_id: string; wallet_id: string; lease: string }>(
    `update auto_topup_queue q
     set lease = nextval('auto_topup_leases'), due_at = ${sqlNow(1)} + interval '${LEASE_SECONDS} seconds'
     from (
       select tenant_id, wallet_id from auto_topup_queue where due_at <= ${sqlNow(1)}
       order by due_at limit $2 for update skip locked
     ) due
     where q.tenant_id = due.tenant_id and q.wallet_id = due.wallet_id
     returning q.tenant_id, q.wallet_id, q.lease`,
    [clock.fixedMs(), count],
  );
  return rows.map((row) => ({ tenantId: row.tenant_id, walletId: row.wallet_id, lease: row.lease }));
}

/**
 * Ends a look: until a time, or for good. The last statement of its transaction, since a debit that crosses meanwhile waits for
 * it.
 * Guarantee: only by its own lease; a crossing that came while we looked stays in the queue.
 */
export async function endLook(
  db: Queryable,
  { tenantId, walletId, lease }: Claimed,
  againAtMs: number | null,
): Promise<void> {
  const named = 'tenant_id = $1 and wallet_id = $2 and lease = $3';
  if (againAtMs === null) {
    await db.query(`delete from auto_topup_queue where ${named}`, [tenantId, walletId, lease]);
    return;
  }
  await db.query(
    `update auto_topup_queue set lease = null, due_at = to_timestamp($4::bigint / 1000.0) where ${named}`,
    [tenantId, walletId, lease, againAtMs],
  );
}

/** Has a wallet looked at, not before a time. Who looks at it now may have seen it as it was before: they do not end this. */
export async function lookAt(
  db: Queryable,
  { tenantId, walletId, atMs }: { readonly tenantId: string; readonly walletId: string; readonly atMs: number },
): Promise<void> {
  await db.query(
    `insert into auto_topup_queue as q (tenant_id, wallet_id, due_at) values ($1, $2, to_timestamp($3::bigint / 1000.0))
     on conflict (tenant_id, wallet_id) do update set lease = null,
       due_at = case when q.lease is null then least(q.due_at, excluded.due_at) else excluded.due_at end`,
    [tenantId, walletId, atMs],
  );
}
