import type { Database } from '@/db/client';
import type { Clock } from '@/server/kernel/clock';
import { sqlNow } from '@/server/kernel/sql-time';
import type { Ledger } from '@/server/ledger/ledger';
import type { EventRow } from './read-events';
import { readEventRows } from './read-events';

export interface EventParts {
  readonly db: Database;
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** Makes the JSON text of an event from its row. Given by who knows the words of the API. */
  readonly renderEvent: RenderEvent;
}

export type RenderEvent = (parts: Omit<EventParts, 'renderEvent'>, event: EventRow) => Promise<string>;

/** Reading a page of events renders those that nobody asked for before; so many at once. */
const RENDERED_AT_ONCE = 4;

/**
 * The bytes of events, in their order. Each is rendered once, when first needed, and stays as it is for ever after.
 * Guarantee: of two that render one at once the first to be stored counts, and both give that.
 */
export async function bodiesOf(parts: EventParts, events: readonly EventRow[]): Promise<string[]> {
  const bodies = await storedBodies(parts.db, events);
  const missing = events.filter((event) => !bodies.has(keyOf(event)));
  for (let at = 0; at < missing.length; at += RENDERED_AT_ONCE) {
    const some = missing.slice(at, at + RENDERED_AT_ONCE);
    const rendered = await Promise.all(some.map((event) => parts.renderEvent(parts, event)));
    await parts.db.pool.query(
      `insert into event_bodies (tenant_id, event_id, body, created_at)
       select n.*, ${sqlNow(1)} from unnest($2::bigint[], $3::bigint[], $4::text[]) as n
       on conflict (tenant_id, event_id) do nothing`,
      [parts.clock.fixedMs(), some.map((event) => event.tenantId), some.map((event) => event.id), rendered],
    );
  }
  if (missing.length > 0) for (const [key, body] of await storedBodies(parts.db, missing)) bodies.set(key, body);
  return events.map((event) => {
    const body = bodies.get(keyOf(event));
    if (body === undefined) throw new Error(`The event ${event.id} has no body.`);
    return body;
  });
}

/** @throws Error when there is no such event */
export async function bodyOf(parts: EventParts, tenantId: string, eventId: string): Promise<string> {
  const stored = await storedBodies(parts.db, [{ tenantId, id: eventId }]);
  const body = stored.get(keyOf({ tenantId, id: eventId }));
  if (body !== undefined) return body;
  const [event] = await readEventRows(parts.db.pool, tenantId, [eventId]);
  if (event === undefined) throw new Error(`There is no event ${eventId}.`);
  return (await bodiesOf(parts, [event]))[0] as string;
}

type Key = Pick<EventRow, 'tenantId' | 'id'>;

const keyOf = ({ tenantId, id }: Key): string => `${tenantId}|${id}`;

async function storedBodies(db: Database, events: readonly Key[]): Promise<Map<string, string>> {
  const { rows } = await db.pool.query<{ tenant_id: string; event_id: string; body: string }>(
    `select b.tenant_id, b.event_id, b.body from unnest($1::bigint[], $2::bigint[]) as w (tenant_id, event_id)
     join event_bodies b on b.tenant_id = w.tenant_id and b.event_id = w.event_id`,
    [events.map((event) => event.tenantId), events.map((event) => event.id)],
  );
  return new Map(rows.map((row) => [`${row.tenant_id}|${row.event_id}`, row.body]));
}
