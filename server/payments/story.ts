import type { Context } from '@/server/kernel/context';
import { sqlMs } from '@/server/kernel/sql-time';
import type { Exchange } from '@/server/providers/exchange';
import { maskText } from '@/server/providers/mask';
import type { Capabilities } from '@/server/providers/provider';
import { providerOf } from './attempt';
import { type Heard, type ReasonToBelieve, reasonsToBelieve } from './believed';
import type { Payment } from './payment-row';
import { hasPaymentPorts } from './ports';
import { findPaymentOfAny } from './read';
import { type Stage, stagesOf } from './stages';
import type { PaymentState, TimelineEntry } from './types';

/** One message over the wire, secrets and PINs masked. */
export interface PaymentMessage {
  readonly direction: 'sent' | 'received';
  /** Of what was sent, what for: `initiate`, `status` …; of what came, `callback`. */
  readonly operation: string;
  readonly atMs: number;
  readonly durationMs: number | null;
  readonly method: string;
  readonly url: string;
  /** Of the answer; null where none came. */
  readonly status: number | null;
  readonly request: string | null;
  readonly answer: string | null;
  /** Why there is no answer, or what became of a callback. */
  readonly note: string | null;
}

/** A payment with everything that happened to it. */
export interface PaymentStory {
  readonly payment: Payment;
  readonly clientCode: string;
  readonly customerName: string | null;
  readonly timeline: readonly TimelineEntry[];
  readonly stages: readonly Stage[];
  readonly messages: readonly PaymentMessage[];
  /** Of the news that its money rests on; empty while nothing was believed. */
  readonly believed: readonly ReasonToBelieve[];
}

const LINES_MAX = 500;

/** @throws Problem resource_missing: absent or another client's */
export async function readPaymentStory(caller: Context, named: string): Promise<PaymentStory> {
  const { ctx, payment } = await findPaymentOfAny(caller, named);
  const [{ timeline, heard }, callbacks, names, trust] = await Promise.all([
    readTimeline(ctx, payment),
    readCallbacks(ctx, payment),
    readNames(ctx, payment),
    trustOf(ctx, payment),
  ]);
  const sent = timeline.flatMap(({ raw, source }) => (raw === null || source === 'callback' ? [] : messagesIn(raw)));
  const messages = [...sent, ...callbacks].sort((a, b) => a.atMs - b.atMs);
  return {
    payment,
    ...names,
    timeline,
    messages,
    stages: stagesOf(
      {
        createdAtMs: payment.createdAtMs,
        initiatedAtMs: payment.initiatedAtMs,
        promptExpiresAtMs: payment.promptExpiresAtMs,
      },
      timeline,
      sent.find(({ operation }) => operation !== 'token')?.atMs ?? null,
    ),
    believed: reasonsToBelieve(payment, heard, trust),
  };
}

interface TimelineRow {
  at_ms: string;
  kind: 'transition' | 'observation';
  from_state: PaymentState | null;
  to_state: PaymentState | null;
  cause: string;
  source: TimelineEntry['source'];
  actor: string | null;
  note: string | null;
  raw: string | null;
  outcome: string | null;
  provider_code: string | null;
  amount_minor: string | null;
  currency: string | null;
  phone: string | null;
  is_reversed: boolean | null;
}

async function readTimeline(
  ctx: Context,
  { tenantId, id }: Payment,
): Promise<{ timeline: TimelineEntry[]; heard: Heard[] }> {
  const { rows } = await ctx.db.pool.query<TimelineRow>(
    `select ${sqlMs('created_at')} as at_ms, lines.* from (
       select id, created_at, 'transition' as kind, from_state, to_state, cause, source, actor, note, null as raw,
         null as outcome, null as provider_code, null::bigint as amount_minor, null as currency, null as phone,
         null::boolean as is_reversed
       from payment_transitions where tenant_id = $1 and payment_id = $2
       union all
       select id, created_at, 'observation', null, null, coalesce(code, outcome), source, null, message, raw,
         outcome, provider_code, amount_minor, currency, phone, is_reversed
       from payment_observations where tenant_id = $1 and payment_id = $2
     ) lines order by id limit ${LINES_MAX}`,
    [tenantId, id],
  );
  const timeline = rows.map((row) => ({
    atMs: Number(row.at_ms),
    kind: row.kind,
    from: row.from_state,
    to: row.to_state,
    cause: row.cause,
    source: row.source,
    actor: row.actor,
    note: row.note,
    raw: row.raw,
    outcome: row.outcome,
    providerCode: row.provider_code,
  }));
  const heard = rows
    .filter(({ kind }) => kind === 'observation')
    .map((row) => ({
      source: row.source as Heard['source'],
      outcome: row.outcome ?? '',
      amountMinor: row.amount_minor === null ? null : BigInt(row.amount_minor),
      currency: row.currency,
      phone: row.phone,
      isReversed: row.is_reversed === true,
    }));
  return { timeline, heard };
}

/** What came in on its callback URL, forged and ignored messages too: somebody knew the address. */
async function readCallbacks(ctx: Context, { tenantId, id }: Payment): Promise<PaymentMessage[]> {
  const { rows } = await ctx.db.pool.query<{
    at_ms: string;
    done_ms: string | null;
    method: string;
    path: string;
    body: Buffer;
    status: string;
    note: string | null;
  }>(
    `select ${sqlMs('received_at')} as at_ms, ${sqlMs('processed_at')} as done_ms, method, path, body, status, note
     from provider_inbox where tenant_id = $1 and payment_id = $2 order by id limit 100`,
    [tenantId, id],
  );
  return rows.map((row) => ({
    direction: 'received' as const,
    operation: 'callback',
    atMs: Number(row.at_ms),
    durationMs: row.done_ms === null ? null : Number(row.done_ms) - Number(row.at_ms),
    method: row.method,
    url: row.path,
    status: row.status === 'forged' ? 401 : 200,
    request: maskText(row.body.toString('utf8'), []),
    answer: null,
    note: row.note === null ? row.status : `${row.status}: ${row.note}`,
  }));
}

async function readNames(
  ctx: Context,
  { tenantId, customerId }: Payment,
): Promise<{ clientCode: string; customerName: string | null }> {
  const { rows } = await ctx.db.pool.query<{ code: string; name: string | null }>(
    `select c.code, (select u.name from customers u where u.tenant_id = t.id and u.id = $2) as name
     from tenants t join clients c on c.id = t.client_id where t.id = $1`,
    [tenantId, customerId],
  );
  return { clientCode: rows[0]?.code ?? '', customerName: rows[0]?.name ?? null };
}

/** How far its provider's callbacks are trusted; null where none is configured now. */
async function trustOf(ctx: Context, payment: Payment): Promise<Capabilities['callbackTrust'] | null> {
  if (!hasPaymentPorts(ctx.db)) return null;
  return (await providerOf(ctx, payment))?.capabilities.callbackTrust ?? null;
}

/** An observation's message is the exchanges that led to it, or what a provider sent by itself. */
function messagesIn(raw: string): PaymentMessage[] {
  const exchanges = exchangesIn(raw);
  return exchanges.map(({ operation, startedAtMs, durationMs, request, response, failure }) => ({
    direction: 'sent' as const,
    operation,
    atMs: startedAtMs,
    durationMs,
    method: request.method,
    url: request.url,
    status: response?.status ?? null,
    request: request.body,
    answer: response?.body ?? null,
    note: failure === null ? null : failure.reason,
  }));
}

/** Cut to a bound when it was kept, so it may be broken. */
function exchangesIn(raw: string): Exchange[] {
  if (!raw.startsWith('[{')) return [];
  try {
    const parsed: unknown = JSON.parse(raw);
    return Array.isArray(parsed) && parsed.every((one) => isExchange(one)) ? (parsed as Exchange[]) : [];
  } catch {
    return [];
  }
}

function isExchange(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && 'operation' in value && 'startedAtMs' in value && 'request' in value
  );
}
