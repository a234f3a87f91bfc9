import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { type Queryable, sqlMs } from '@/server/kernel/sql-time';

export interface Delivery {
  readonly id: string;
  /** Null of a callback. */
  readonly endpointId: string | null;
  readonly eventId: string | null;
  readonly eventType: string;
  readonly reason: 'event' | 'resend' | 'replay' | 'test' | 'callback';
  readonly status: 'pending' | 'succeeded' | 'failed' | 'canceled';
  readonly attempts: number;
  readonly dueAtMs: number | null;
  readonly createdAtMs: number;
  readonly endedAtMs: number | null;
  readonly livemode: boolean;
}

export interface DeliveryAttempt {
  readonly number: number;
  readonly url: string;
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly httpStatus: number | null;
  readonly failure: string | null;
  readonly responseBody: string | null;
}

export interface DeliveryDetail {
  readonly delivery: Delivery;
  readonly requestBody: string | null;
  readonly attempts: readonly DeliveryAttempt[];
}

interface Row {
  id: string;
  endpoint_id: string | null;
  event_id: string | null;
  event_type: string;
  reason: Delivery['reason'];
  status: Delivery['status'];
  attempts: number;
  due_at_ms: string | null;
  created_at_ms: string;
  ended_at_ms: string | null;
  request_body: string | null;
}

const COLUMNS = `d.id, case when d.reason <> 'callback' then d.endpoint_id end as endpoint_id, d.event_id, d.event_type,
  d.reason, d.status, d.attempts, ${sqlMs('d.due_at')} as due_at_ms, ${sqlMs('d.created_at')} as created_at_ms,
  ${sqlMs('d.ended_at')} as ended_at_ms`;

/** @throws Problem resource_missing */
export async function readDelivery(ctx: Context, id: string | null, db: Queryable = ctx.db.pool): Promise<Delivery> {
  return toDelivery(ctx, await rowOf(ctx, id, db));
}

/**
 * With what was sent and every attempt.
 * @throws Problem resource_missing
 */
export async function readDeliveryDetail(ctx: Context, id: string | null): Promise<DeliveryDetail> {
  const row = await rowOf(ctx, id, ctx.db.pool);
  const { rows } = await ctx.db.pool.query<{
    number: number;
    url: string;
    started_at_ms: string;
    duration_ms: number;
    http_status: number | null;
    failure: string | null;
    response_body: string | null;
  }>(
    `select a.number, a.url, ${sqlMs('a.started_at')} as started_at_ms, a.duration_ms, a.http_status, a.failure, a.response_body
     from webhook_attempts a where a.tenant_id = $1 and a.delivery_id = $2 order by a.number`,
    [ctx.principal.tenantId, row.id],
  );
  return {
    delivery: toDelivery(ctx, row),
    requestBody: row.request_body,
    attempts: rows.map((attempt) => ({
      number: attempt.number,
      url: attempt.url,
      startedAtMs: Number(attempt.started_at_ms),
      durationMs: attempt.duration_ms,
      httpStatus: attempt.http_status,
      failure: attempt.failure,
      responseBody: attempt.response_body,
    })),
  };
}

async function rowOf(ctx: Context, id: string | null, db: Queryable): Promise<Row> {
  const { rows } = await db.query<Row>(
    `select ${COLUMNS}, coalesce(d.body, b.body) as request_body from webhook_deliveries d
     left join event_bodies b on b.tenant_id = d.tenant_id and b.event_id = d.event_id
     where d.tenant_id = $1 and d.id = $2`,
    [ctx.principal.tenantId, id],
  );
  const row = rows[0];
  if (row === undefined) throw new Problem('resource_missing', 'There is no such delivery.', { param: 'id' });
  return row;
}

/**
 * An endpoint's, newest first by id, which never changes.
 * @returns up to `limit + 1`: the one over says there is more
 */
export async function listDeliveries(
  ctx: Context,
  endpointId: string,
  status: Delivery['status'] | undefined,
  page: { readonly limit: number; readonly afterId: string | null },
): Promise<Delivery[]> {
  const { rows } = await ctx.db.pool.query<Row>(
    `select ${COLUMNS}, null as request_body from webhook_deliveries d
     where d.tenant_id = $1 and d.endpoint_id = $2 and ($3::text is null or d.status = $3)
       and ($4::bigint is null or d.id < $4)
     order by d.id desc limit $5`,
    [ctx.principal.tenantId, endpointId, status ?? null, page.afterId, page.limit + 1],
  );
  return rows.map((row) => toDelivery(ctx, row));
}

/**
 * Of one event, to every endpoint, newest first: with resends and replays.
 * @returns up to `limit + 1`: the one over says there is more
 */
export async function listDeliveriesOfEvent(
  ctx: Context,
  eventId: string,
  page: { readonly limit: number; readonly afterId: string | null },
): Promise<Delivery[]> {
  const { rows } = await ctx.db.pool.query<Row>(
    `select ${COLUMNS}, null as request_body from webhook_deliveries d
     where d.tenant_id = $1 and d.event_id = $2 and ($3::bigint is null or d.id < $3)
     order by d.id desc limit $4`,
    [ctx.principal.tenantId, eventId, page.afterId, page.limit + 1],
  );
  return rows.map((row) => toDelivery(ctx, row));
}

function toDelivery(ctx: Context, row: Row): Delivery {
  const ms = (text: string | null): number | null => (text === null ? null : Number(text));
  return {
    id: row.id,
    endpointId: row.endpoint_id,
    eventId: row.event_id,
    eventType: row.event_type,
    reason: row.reason,
    status: row.status,
    attempts: row.attempts,
    dueAtMs: ms(row.due_at_ms),
    createdAtMs: Number(row.created_at_ms),
    endedAtMs: ms(row.ended_at_ms),
    livemode: ctx.principal.mode === 'live',
  };
}
