import type { Database } from '@/db/client';
import type { Clock } from '@/server/kernel/clock';
import { sqlNow } from '@/server/kernel/sql-time';
import { transact } from '@/server/kernel/transaction';

/** A delivery that this worker may attempt now. */
export interface Claimed {
  readonly tenantId: string;
  readonly id: string;
  readonly endpointId: string;
  readonly eventId: string | null;
  readonly body: string | null;
  readonly url: string | null;
  readonly attempts: number;
  /** The fence: whoever holds a later one has taken over. */
  readonly lease: string;
}

export interface ClaimLimits {
  /** Attempts at once for one endpoint, of all processes together. */
  readonly perEndpoint: number;
  /** The same for an endpoint whose last attempt failed: it must not hold many places while it hangs. */
  readonly perFailingEndpoint: number;
  /** After so long without a word a worker is taken for dead, and its delivery is anybody's. */
  readonly leaseMs: number;
}

/**
 * Endpoints with something pending are found by skipping along the index, one step for each, and give what is due up to
 * their bound; each endpoint's first before any endpoint's second. So none waits behind another's backlog.
 */
const CLAIM = `
  with recursive clock as materialized (select ${sqlNow(1)} as now),
  lanes (tenant_id, endpoint_id) as (
    (select d.tenant_id, d.endpoint_id from webhook_deliveries d where d.status = 'pending'
     order by d.tenant_id, d.endpoint_id limit 1)
    union all
    select n.tenant_id, n.endpoint_id from lanes l cross join lateral (
      select d.tenant_id, d.endpoint_id from webhook_deliveries d
      where d.status = 'pending' and (d.tenant_id, d.endpoint_id) > (l.tenant_id, l.endpoint_id)
      order by d.tenant_id, d.endpoint_id limit 1
    ) n
  ),
  picked as (
    select due.tenant_id, due.id
    from lanes l
    join webhook_endpoints w on w.tenant_id = l.tenant_id and w.id = l.endpoint_id and w.status = 'enabled'
    cross join clock
    cross join lateral (
      select count(*) as busy from webhook_deliveries b
      where b.tenant_id = l.tenant_id and b.endpoint_id = l.endpoint_id and b.lease is not null and b.due_at > clock.now
    ) b
    cross join lateral (
      select d.tenant_id, d.id, d.due_at, row_number() over (order by d.due_at, d.id) as turn
      from webhook_deliveries d
      where d.tenant_id = l.tenant_id and d.endpoint_id = l.endpoint_id and d.status = 'pending' and d.due_at <= clock.now
      order by d.due_at, d.id
      limit greatest(case when w.failing_since is null then $2::int else $3::int end - b.busy, 0)
    ) due
    order by due.turn, due.due_at, due.id
    limit $4
  )
  update webhook_deliveries d
  set lease = nextval('webhook_leases'), due_at = clock.now + $5::bigint * interval '1 millisecond'
  from picked p cross join clock
  where d.tenant_id = p.tenant_id and d.id = p.id and d.status = 'pending' and d.due_at <= clock.now
  returning d.tenant_id, d.id, d.endpoint_id, d.event_id, d.body, d.url, d.attempts, d.lease`;

interface Row {
  tenant_id: string;
  id: string;
  endpoint_id: string;
  event_id: string | null;
  body: string | null;
  url: string | null;
  attempts: number;
  lease: string;
}

/**
 * Takes deliveries that are due, `count` at the most.
 * Guarantee: one claim at a time, so that two processes cannot both find the same place of an endpoint free.
 */
export function claimDeliveries(
  parts: { db: Database; clock: Clock },
  count: number,
  limits: ClaimLimits,
): Promise<Claimed[]> {
  if (count <= 0) return Promise.resolve([]);
  return transact(parts.db, async (tx) => {
    await tx.query(`select pg_advisory_xact_lock(hashtext('pesewa.webhook_claim'))`);
    const { rows } = await tx.query<Row>(CLAIM, [
      parts.clock.fixedMs(),
      limits.perEndpoint,
      limits.perFailingEndpoint,
      count,
      limits.leaseMs,
    ]);
    return rows.map((row) => ({
      tenantId: row.tenant_id,
      id: row.id,
      endpointId: row.endpoint_id,
      eventId: row.event_id,
      body: row.body,
      url: row.url,
      attempts: row.attempts,
      lease: row.lease,
    }));
  });
}
