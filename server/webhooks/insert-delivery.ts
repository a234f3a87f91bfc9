import { type Queryable, sqlNow } from '@/server/kernel/sql-time';

export interface NewDelivery {
  readonly tenantId: string;
  readonly id: string;
  readonly endpointId: string;
  /** Null of what carries its body. */
  readonly eventId: string | null;
  readonly eventType: string;
  readonly body: string | null;
  readonly url: string | null;
  readonly reason: 'event' | 'resend' | 'replay' | 'test' | 'callback';
}

/**
 * Deliveries that are due at once.
 * Guarantee: the unique index on what was fanned out makes an event's second fan-out to an endpoint nothing.
 */
export async function insertDeliveries(
  tx: Queryable,
  deliveries: readonly NewDelivery[],
  fixedMs: number | null,
): Promise<number> {
  if (deliveries.length === 0) return 0;
  const column = <K extends keyof NewDelivery>(key: K): NewDelivery[K][] => deliveries.map((delivery) => delivery[key]);
  const { rowCount } = await tx.query(
    `insert into webhook_deliveries (tenant_id, id, endpoint_id, event_id, event_type, body, url, reason, status, due_at, created_at)
     select n.*, 'pending', ${sqlNow(1)}, ${sqlNow(1)}
     from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::text[], $9::text[]) as n
     on conflict do nothing`,
    [
      fixedMs,
      column('tenantId'),
      column('id'),
      column('endpointId'),
      column('eventId'),
      column('eventType'),
      column('body'),
      column('url'),
      column('reason'),
    ],
  );
  return rowCount ?? 0;
}
