import type { Channel } from '@/contracts/channels';
import { parseId } from '@/contracts/ids';
import type { Context } from '@/server/kernel/context';
import { sqlMs } from '@/server/kernel/sql-time';
import type { PostedJournal } from '@/server/ledger/core/types';
import { idAt } from '@/server/ledger/ids';

export interface TrailActor {
  /** As stored: `api_key:…`, `user:…`, a word. */
  readonly actor: string;
  readonly name: string | null;
  readonly hint: string | null;
}

export interface TrailRequest {
  readonly id: string;
  readonly method: string | null;
  readonly path: string | null;
  readonly status: number | null;
  readonly address: string | null;
  readonly atMs: number | null;
  readonly actor: TrailActor;
}

export interface TrailDelivery {
  readonly id: string;
  readonly eventId: string | null;
  readonly type: string;
  readonly isCallback: boolean;
  readonly url: string | null;
  readonly status: 'pending' | 'succeeded' | 'failed' | 'canceled';
  readonly attempts: number;
  readonly httpStatus: number | null;
  readonly durationMs: number | null;
  readonly atMs: number;
}

export interface Trail {
  /** What posted the journal itself: a request, or a job that has none in the log. */
  readonly poster: TrailActor;
  readonly postedIn: TrailRequest | null;
  readonly request: TrailRequest | null;
  readonly topUp: { readonly id: string; readonly status: string; readonly atMs: number } | null;
  readonly payment: TrailPayment | null;
  readonly observation: TrailObservation | null;
  readonly deliveries: readonly TrailDelivery[];
}

export interface TrailPayment {
  readonly id: string;
  readonly storedId: string;
  readonly reference: string;
  readonly status: string;
  readonly channel: Channel;
  readonly provider: string;
  readonly phone: string | null;
  readonly topUpId: string | null;
  readonly actor: string;
  readonly requestId: string;
  readonly atMs: number;
}

export interface TrailObservation {
  readonly source: string;
  readonly outcome: string;
  readonly providerCode: string | null;
  readonly receipt: string | null;
  readonly raw: string;
  readonly atMs: number;
}

const DELIVERIES_MAX = 20;
/** A payment's events and callback leave in the transaction that follows its journal. */
const TOLD_WITHIN_MS = 15 * 60_000;

/** How a journal came about, and who was told of it. By keys alone. */
export async function readTrail(ctx: Context, { journal }: PostedJournal, paymentId: string | null): Promise<Trail> {
  const payment = paymentId === null ? null : await readPayment(ctx, paymentId);
  const poster = await readActor(ctx, journal.origin.actor);
  const postedIn = await readRequest(ctx, journal.origin.requestId, poster);
  return {
    poster,
    postedIn,
    request:
      payment === null ? postedIn : await readRequest(ctx, payment.requestId, await readActor(ctx, payment.actor)),
    topUp: payment?.topUpId === null || payment === null ? null : await readTopUp(ctx, payment.topUpId),
    payment,
    observation: payment === null ? null : await readObservation(ctx, payment, journal.postedAtMs),
    deliveries: await readDeliveries(ctx, journal.id, payment),
  };
}

async function readActor({ db, principal }: Context, actor: string): Promise<TrailActor> {
  const [type, id] = actor.split(':', 2);
  if (id === undefined || !/^[0-9]{1,18}$/.test(id)) return { actor, name: null, hint: null };
  if (type === 'api_key') {
    const { rows } = await db.pool.query<{ name: string; hint: string }>(
      'select name, hint from api_keys where tenant_id = $1 and id = $2',
      [principal.tenantId, id],
    );
    return { actor, name: rows[0]?.name ?? null, hint: rows[0]?.hint ?? null };
  }
  if (type !== 'user') return { actor, name: null, hint: null };
  const { rows } = await db.pool.query<{ name: string }>('select name from users where id = $1', [id]);
  return { actor, name: rows[0]?.name ?? null, hint: null };
}

/** A request's id is the id of its line in the log, for as long as that is kept; of a job's there is none. */
async function readRequest(
  { db, principal }: Context,
  requestId: string,
  actor: TrailActor,
): Promise<TrailRequest | null> {
  const id = parseId('request', requestId);
  if (id === null) return null;
  const { rows } = await db.pool.query<{
    method: string;
    path: string;
    status: number;
    address: string | null;
    at_ms: string;
    duration_ms: number;
  }>(
    `select method, path, status, address, duration_ms, ${sqlMs('created_at')} as at_ms from request_log
     where tenant_id = $1 and id = $2`,
    [principal.tenantId, id],
  );
  const row = rows[0];
  if (row === undefined) {
    return { id: requestId, method: null, path: null, status: null, address: null, atMs: null, actor };
  }
  const { method, path, status, address } = row;
  // The line is written when the request ends.
  const atMs = Math.round(Number(row.at_ms) - row.duration_ms);
  return { id: requestId, method, path, status, address, atMs, actor };
}

async function readPayment({ db, principal }: Context, publicId: string): Promise<TrailPayment | null> {
  const hex = publicId.slice('pay_'.length);
  const { rows } = await db.pool.query<{
    id: string;
    reference: string;
    state: string;
    channel: Channel;
    provider: string;
    phone: string | null;
    top_up_id: string | null;
    actor: string;
    request_id: string;
    at_ms: string;
  }>(
    `select id, reference, state, channel, provider, phone, top_up_id, actor, request_id, ${sqlMs('created_at')} as at_ms
     from payments where tenant_id = $1 and id = ('x' || substr($2, 1, 16))::bit(64)::bigint and public_hex = $2`,
    [principal.tenantId, hex],
  );
  const row = rows[0];
  if (row === undefined) return null;
  const { reference, channel, provider, actor } = row;
  return {
    id: publicId,
    storedId: row.id,
    reference,
    status: row.state,
    channel,
    provider,
    phone: row.phone,
    topUpId: row.top_up_id,
    actor,
    requestId: row.request_id,
    atMs: Number(row.at_ms),
  };
}

async function readTopUp({ db, principal }: Context, id: string): Promise<Trail['topUp']> {
  const { rows } = await db.pool.query<{ status: string; at_ms: string }>(
    `select status, ${sqlMs('created_at')} as at_ms from top_ups where tenant_id = $1 and id = $2`,
    [principal.tenantId, id],
  );
  const row = rows[0];
  return row === undefined ? null : { id, status: row.status, atMs: Number(row.at_ms) };
}

/** The last word of the provider before the money moved. */
async function readObservation(
  { db, principal }: Context,
  payment: TrailPayment,
  postedAtMs: number,
): Promise<TrailObservation | null> {
  const { rows } = await db.pool.query<{
    source: string;
    outcome: string;
    provider_code: string | null;
    receipt: string | null;
    raw: string;
    at_ms: string;
  }>(
    `select source, outcome, provider_code, receipt, raw, ${sqlMs('created_at')} as at_ms from payment_observations
     where tenant_id = $1 and payment_id = $2
     order by created_at > (timestamptz 'epoch' + $3::bigint * interval '1 millisecond'), id desc limit 1`,
    [principal.tenantId, payment.storedId, postedAtMs],
  );
  const row = rows[0];
  if (row === undefined) return null;
  const { source, outcome, receipt, raw } = row;
  return { source, outcome, providerCode: row.provider_code, receipt, raw, atMs: Number(row.at_ms) };
}

interface DeliveryRow {
  id: string;
  event_id: string | null;
  event_type: string;
  reason: string;
  url: string | null;
  status: TrailDelivery['status'];
  attempts: number;
  http_status: number | null;
  duration_ms: number | null;
  at_ms: string;
}

/** Of the journal's own event, which has its id; of its payment's events; and the payment's callback, which names it in its body. */
async function readDeliveries(
  { db, principal }: Context,
  journalId: string,
  payment: TrailPayment | null,
): Promise<TrailDelivery[]> {
  const madeAtMs = Number((BigInt(journalId) >> 22n) + BigInt(Date.UTC(2025, 0, 1)));
  const values: unknown[] = [principal.tenantId, journalId];
  let ofPayment = '';
  if (payment !== null) {
    values.push(payment.id, idAt(madeAtMs + TOLD_WITHIN_MS), payment.id.slice('pay_'.length));
    ofPayment = `
      union all
      select d.* from events e
      join webhook_deliveries d on d.tenant_id = e.tenant_id and d.event_id = e.id
      where e.tenant_id = $1 and e.type in ('payment.succeeded', 'payment.late_success', 'payment.reversed',
          'payment.amount_mismatch', 'topup.succeeded') and e.type <> 'wallet.debited'
        and e.id > $2 and e.id < $4 and e.payload like '%' || $3 || '%'
      union all
      select d.* from webhook_endpoints w
      join webhook_deliveries d on d.tenant_id = w.tenant_id and d.endpoint_id = w.id
      where w.tenant_id = $1 and w.kind = 'callback' and d.reason = 'callback' and d.id > $2 and d.id < $4
        and d.body like '%' || $5 || '%'`;
  }
  const { rows } = await db.pool.query<DeliveryRow>(
    `select x.id, x.event_id, x.event_type, x.reason, coalesce(x.url, w.url) as url, x.status, x.attempts, t.http_status,
       t.duration_ms, ${sqlMs('coalesce(t.started_at, x.created_at)')} as at_ms
     from (
       select d.* from webhook_deliveries d where d.tenant_id = $1 and d.event_id = $2 and d.event_id is not null
       ${ofPayment}
     ) x
     join webhook_endpoints w on w.tenant_id = x.tenant_id and w.id = x.endpoint_id
     left join lateral (
       select * from webhook_attempts a where a.tenant_id = x.tenant_id and a.delivery_id = x.id order by a.number desc limit 1
     ) t on true
     order by x.id limit ${DELIVERIES_MAX}`,
    values,
  );
  return rows.map((row) => ({
    id: row.id,
    eventId: row.event_id,
    type: row.event_type,
    isCallback: row.reason === 'callback',
    url: row.url,
    status: row.status,
    attempts: row.attempts,
    httpStatus: row.http_status,
    durationMs: row.duration_ms,
    atMs: Number(row.at_ms),
  }));
}
