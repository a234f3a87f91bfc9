import type { Database } from '@/db/client';
import type { Clock } from '@/server/kernel/clock';
import { transact } from '@/server/kernel/transaction';
import { insertDeliveries } from './insert-delivery';

/** Bounds how long the transaction takes; what is over waits for the next. */
const EVENTS_PER_TURN = 500;

interface Pair {
  tenant_id: string;
  event_id: string;
  type: string;
  endpoint_id: string;
}

/**
 * Makes deliveries of events that were queued. Taking events off the queue and making their deliveries is one transaction:
 * a crash between the two undoes both.
 * @returns how many events were taken
 */
export function fanOut(parts: { db: Database; clock: Clock; nextId: () => string }): Promise<number> {
  return transact(parts.db, async (tx) => {
    // `skip locked`: two processes take different events and do not wait for each other.
    const { rows: taken } = await tx.query<{ tenant_id: string; event_id: string }>(
      `delete from event_queue q
       using (select tenant_id, event_id from event_queue order by event_id limit ${EVENTS_PER_TURN} for update skip locked) t
       where q.event_id = t.event_id and q.tenant_id = t.tenant_id
       returning q.tenant_id, q.event_id`,
    );
    if (taken.length === 0) return 0;
    const { rows: pairs } = await tx.query<Pair>(
      `select e.tenant_id, e.id as event_id, e.type, w.id as endpoint_id
       from unnest($1::bigint[], $2::bigint[]) as t (tenant_id, event_id)
       cross join lateral (select * from events x where x.tenant_id = t.tenant_id and x.id = t.event_id limit 1) e
       join webhook_endpoints w on w.tenant_id = e.tenant_id and w.status = 'enabled' and w.kind = 'endpoint'
         and w.event_types && array['*', e.type]
       order by e.id`,
      [taken.map((row) => row.tenant_id), taken.map((row) => row.event_id)],
    );
    const deliveries = pairs.map((pair) => ({
      tenantId: pair.tenant_id,
      id: parts.nextId(),
      endpointId: pair.endpoint_id,
      eventId: pair.event_id,
      eventType: pair.type,
      body: null,
      url: null,
      reason: 'event' as const,
    }));
    await insertDeliveries(tx, deliveries, parts.clock.fixedMs());
    return taken.length;
  });
}
