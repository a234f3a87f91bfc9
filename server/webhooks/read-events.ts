import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { type Queryable, sqlMs } from '@/server/kernel/sql-time';

/** A row of the outbox, with whose books it is of. */
export interface EventRow {
  readonly tenantId: string;
  readonly mode: 'live' | 'test';
  /** The client's public id. */
  readonly clientId: string;
  readonly id: string;
  readonly type: string;
  readonly journalId: string | null;
  readonly accountId: string | null;
  readonly sequence: number | null;
  /** JSON text; null where the journal says everything. */
  readonly payload: string | null;
  readonly createdAtMs: number;
}

interface Row {
  tenant_id: string;
  mode: 'live' | 'test';
  client_id: string;
  id: string;
  type: string;
  journal_id: string | null;
  account_id: string | null;
  sequence: string | null;
  payload: string | null;
  created_at_ms: string;
}

/** @param events SQL of the events wanted; $1 is the tenant */
const eventSql = (events: string): string => `
  select e.tenant_id, t.mode, c.public_id as client_id, e.id, e.type, e.journal_id, e.account_id, e.sequence, e.payload,
    ${sqlMs('e.created_at')} as created_at_ms
  from (${events}) e join tenants t on t.id = e.tenant_id join clients c on c.id = t.client_id
  order by e.id desc`;

export async function readEventRows(db: Queryable, tenantId: string, ids: readonly string[]): Promise<EventRow[]> {
  const { rows } = await db.query<Row>(
    eventSql('select * from events x where x.tenant_id = $1 and x.id = any ($2::bigint[])'),
    [tenantId, ids],
  );
  return rows.map(toEvent);
}

/** @throws Problem resource_missing: absent, or another client's */
export async function readEvent(ctx: Context, id: string | null): Promise<EventRow> {
  const [event] = id === null ? [] : await readEventRows(ctx.db.pool, ctx.principal.tenantId, [id]);
  if (event === undefined) throw new Problem('resource_missing', 'There is no such event.', { param: 'id' });
  return event;
}

export interface EventFilter {
  readonly type?: string | undefined;
  readonly fromMs?: number | undefined;
  /** Excluded. */
  readonly toMs?: number | undefined;
}

/**
 * Newest first by id, which never changes.
 * @returns up to `limit + 1`: the one over says there is more
 */
export async function listEvents(
  ctx: Context,
  filter: EventFilter,
  page: { readonly limit: number; readonly afterId: string | null },
): Promise<EventRow[]> {
  const values: unknown[] = [ctx.principal.tenantId, page.limit + 1];
  const conditions: string[] = [];
  const where = (value: unknown, condition: (parameter: string) => string): void => {
    if (value === undefined || value === null) return;
    values.push(value);
    conditions.push(`and ${condition(`$${values.length}`)}`);
  };
  const instant = (p: string): string => `timestamptz 'epoch' + ${p}::bigint * interval '1 millisecond'`;
  where(filter.type, (p) => `x.type = ${p}`);
  // Said with a constant, so that the planner may use the index of all other types.
  if (filter.type !== undefined && filter.type !== 'wallet.debited') conditions.push(`and x.type <> 'wallet.debited'`);
  where(filter.fromMs, (p) => `x.created_at >= ${instant(p)}`);
  where(filter.toMs, (p) => `x.created_at < ${instant(p)}`);
  where(page.afterId, (p) => `x.id < ${p}`);
  const { rows } = await ctx.db.pool.query<Row>(
    eventSql(`select * from events x where x.tenant_id = $1 ${conditions.join(' ')} order by x.id desc limit $2`),
    values,
  );
  return rows.map(toEvent);
}

function toEvent(row: Row): EventRow {
  return {
    tenantId: row.tenant_id,
    mode: row.mode,
    clientId: row.client_id,
    id: row.id,
    type: row.type,
    journalId: row.journal_id,
    accountId: row.account_id,
    sequence: row.sequence === null ? null : Number(row.sequence),
    payload: row.payload,
    createdAtMs: Number(row.created_at_ms),
  };
}
