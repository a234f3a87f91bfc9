import { formatId } from '@/contracts/ids';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { type Queryable, sqlMs } from '@/server/kernel/sql-time';
import { idOfHex, publicHexOf } from './ids';
import { PAYMENT_COLUMNS, PAYMENTS, type Payment, type PaymentRow, toPayment } from './payment-row';
import type { PaymentDetail, PaymentState, TimelineEntry } from './types';

/**
 * @param named the reference, the `pay_` id or its bare hex (spec decision 17). A reference goes first: it is the caller's.
 * @throws Problem resource_missing: absent or another client's
 */
export async function readPayment(ctx: Context, named: string): Promise<PaymentDetail> {
  const payment = await findPayment(ctx, named);
  if (payment === null) throw paymentNotFound();
  return { ...payment, timeline: await readTimeline(ctx, payment) };
}

export async function findPayment(ctx: Context, named: string, db: Queryable = ctx.db.pool): Promise<Payment | null> {
  const hex = publicHexOf(named);
  const { rows } = await db.query<PaymentRow>(
    `select ${PAYMENT_COLUMNS} from ${PAYMENTS}
     where p.tenant_id = $1 and (p.reference = $2 or (p.id = $3 and p.public_hex = $4))
     order by p.reference = $2 desc limit 1`,
    [ctx.principal.tenantId, named, hex === null ? null : idOfHex(hex), hex],
  );
  return rows[0] === undefined ? null : toPayment(rows[0]);
}

/** By stored id, for other domains. */
export async function readPaymentById(ctx: Context, id: string): Promise<PaymentDetail> {
  const payment = await loadPayment(ctx.db.pool, ctx.principal.tenantId, id);
  if (payment === null) throw paymentNotFound();
  return { ...payment, timeline: await readTimeline(ctx, payment) };
}

/** @param lock `for update`: what is decided on the row holds until the transaction ends */
export async function loadPayment(db: Queryable, tenantId: string, id: string, lock = false): Promise<Payment | null> {
  const { rows } = await db.query<PaymentRow>(
    `select ${PAYMENT_COLUMNS} from ${PAYMENTS} where p.tenant_id = $1 and p.id = $2 ${lock ? 'for update of p' : ''}`,
    [tenantId, id],
  );
  return rows[0] === undefined ? null : toPayment(rows[0]);
}

export function paymentNotFound(): Problem {
  return new Problem('resource_missing', 'There is no such payment.', { param: 'reference' });
}

export interface PaymentFilter {
  readonly state?: PaymentState | undefined;
  readonly customerId?: string | undefined;
  readonly walletId?: string | undefined;
  readonly topUpId?: string | undefined;
  readonly phone?: string | undefined;
}

/**
 * Newest first.
 * @returns up to `limit + 1`: the one over says there is more
 */
export async function readPayments(
  ctx: Context,
  filter: PaymentFilter,
  page: { readonly limit: number; readonly afterId: string | null },
): Promise<Payment[]> {
  const values: unknown[] = [ctx.principal.tenantId, page.limit + 1];
  const conditions: string[] = [];
  const also = (sql: string, value: unknown): void => {
    if (value === undefined || value === null) return;
    values.push(value);
    conditions.push(`and ${sql} $${values.length}`);
  };
  also('p.state =', filter.state);
  also('p.customer_id =', filter.customerId);
  also('p.wallet_id =', filter.walletId);
  also('p.top_up_id =', filter.topUpId);
  also('p.phone =', filter.phone);
  also('p.id <', page.afterId);
  const { rows } = await ctx.db.pool.query<PaymentRow>(
    `select ${PAYMENT_COLUMNS} from ${PAYMENTS} where p.tenant_id = $1 ${conditions.join(' ')} order by p.id desc limit $2`,
    values,
  );
  return rows.map(toPayment);
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
}

async function readTimeline(ctx: Context, { tenantId, id }: Payment): Promise<TimelineEntry[]> {
  const { rows } = await ctx.db.pool.query<TimelineRow>(
    `select ${sqlMs('created_at')} as at_ms, kind, from_state, to_state, cause, source, actor, note, raw from (
       select id, created_at, 'transition' as kind, from_state, to_state, cause, source, actor, note, null as raw
       from payment_transitions where tenant_id = $1 and payment_id = $2
       union all
       select id, created_at, 'observation', null, null, coalesce(code, outcome), source, null, message, raw
       from payment_observations where tenant_id = $1 and payment_id = $2
     ) lines order by id limit 500`,
    [tenantId, id],
  );
  return rows.map((row) => ({
    atMs: Number(row.at_ms),
    kind: row.kind,
    from: row.from_state,
    to: row.to_state,
    cause: row.cause,
    source: row.source,
    actor: row.actor,
    note: row.note,
    raw: row.raw,
  }));
}

/** A wallet's public id, where the payment has one. */
export function walletIdOf({ walletId }: Pick<Payment, 'walletId'>): string | null {
  return walletId === null ? null : formatId('wallet', walletId);
}
