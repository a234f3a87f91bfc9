import type { RefundMethod } from '@/contracts/refunds';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { type Queryable, sqlMs } from '@/server/kernel/sql-time';
import { REFUND_COLUMNS, REFUNDS, type Refund, type RefundRow, type RefundState, toRefund } from './refund-row';

export interface RefundStep {
  readonly atMs: number;
  readonly kind: 'transition' | 'observation';
  readonly from: RefundState | null;
  readonly to: RefundState | null;
  readonly cause: string;
  readonly source: string;
  readonly actor: string | null;
  readonly note: string | null;
  readonly raw: string | null;
}

export interface RefundDetail extends Refund {
  readonly timeline: readonly RefundStep[];
}

/** @throws Problem resource_missing: absent or another client's */
export async function readRefund(ctx: Context, id: string): Promise<RefundDetail> {
  const refund = await loadRefund(ctx.db.pool, ctx.principal.tenantId, id);
  if (refund === null) throw refundNotFound();
  return { ...refund, timeline: await readSteps(ctx, refund) };
}

/** @param lock `for update`: what is decided on the row holds until the transaction ends */
export async function loadRefund(db: Queryable, tenantId: string, id: string, lock = false): Promise<Refund | null> {
  const { rows } = await db.query<RefundRow>(
    `select ${REFUND_COLUMNS} from ${REFUNDS} where r.tenant_id = $1 and r.id = $2 ${lock ? 'for update of r' : ''}`,
    [tenantId, id],
  );
  return rows[0] === undefined ? null : toRefund(rows[0]);
}

export async function findByReference(db: Queryable, tenantId: string, reference: string): Promise<Refund | null> {
  const { rows } = await db.query<RefundRow>(
    `select ${REFUND_COLUMNS} from ${REFUNDS} where r.tenant_id = $1 and r.reference = $2`,
    [tenantId, reference],
  );
  return rows[0] === undefined ? null : toRefund(rows[0]);
}

export function refundNotFound(): Problem {
  return new Problem('resource_missing', 'There is no such refund.');
}

export interface RefundFilter {
  readonly state?: RefundState | undefined;
  readonly method?: RefundMethod | undefined;
  readonly paymentId?: string | undefined;
  readonly topUpId?: string | undefined;
  readonly walletId?: string | undefined;
}

/**
 * Newest first.
 * @returns up to `limit + 1`: the one over says there is more
 */
export async function readRefunds(
  ctx: Context,
  filter: RefundFilter,
  page: { readonly limit: number; readonly afterId: string | null },
): Promise<Refund[]> {
  const values: unknown[] = [ctx.principal.tenantId, page.limit + 1];
  const conditions: string[] = [];
  const also = (sql: string, value: unknown): void => {
    if (value === undefined || value === null) return;
    values.push(value);
    conditions.push(`and ${sql} $${values.length}`);
  };
  also('r.state =', filter.state);
  also('r.method =', filter.method);
  also('r.payment_id =', filter.paymentId);
  also('r.top_up_id =', filter.topUpId);
  also('r.wallet_id =', filter.walletId);
  also('r.id <', page.afterId);
  const { rows } = await ctx.db.pool.query<RefundRow>(
    `select ${REFUND_COLUMNS} from ${REFUNDS} where r.tenant_id = $1 ${conditions.join(' ')} order by r.id desc limit $2`,
    values,
  );
  return rows.map(toRefund);
}

interface StepRow {
  at_ms: string;
  kind: RefundStep['kind'];
  from_state: RefundState | null;
  to_state: RefundState | null;
  cause: string;
  source: string;
  actor: string | null;
  note: string | null;
  raw: string | null;
}

async function readSteps(ctx: Context, { tenantId, id }: Refund): Promise<RefundStep[]> {
  const { rows } = await ctx.db.pool.query<StepRow>(
    `select ${sqlMs('created_at')} as at_ms, kind, from_state, to_state, cause, source, actor, note, raw
     from refund_steps where tenant_id = $1 and refund_id = $2 order by id limit 500`,
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
