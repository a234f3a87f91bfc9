import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { type Queryable, sqlMs, sqlNow } from '@/server/kernel/sql-time';
import type { HoldStatus } from '@/server/ledger/core/types';

/** A hold as of now: one past its expiry is expired, whether or not the sweep has ended it. */
export interface HoldView {
  readonly id: string;
  readonly walletId: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly capturedMinor: bigint;
  readonly status: HoldStatus;
  readonly reference: string | null;
  readonly description: string | null;
  /** JSON text. */
  readonly metadata: string | null;
  readonly expiresAtMs: number;
  /** Promotional credit that it pins, in readings. */
  readonly pins?: readonly { readonly lotId: string; readonly amountMinor: bigint }[];
  readonly createdAtMs: number;
  readonly livemode: boolean;
}

interface HoldRow {
  id: string;
  account_id: string;
  currency: string;
  amount_minor: string;
  captured_minor: string;
  status: string;
  reference: string | null;
  description: string | null;
  metadata: string | null;
  expires_at_ms: string;
  pins: { lot: string; amount: string }[] | null;
  created_at_ms: string;
}

/** @param holds SQL of the holds wanted; $1 is the tenant, $2 the clock */
const holdSql = (holds: string): string => `
  with clock as materialized (select ${sqlNow(2)} as now)
  select h.id, h.account_id, a.currency, h.amount_minor, h.captured_minor, h.reference, h.description, h.metadata,
    case when h.status = 'active' and h.expires_at <= clock.now then 'expired' else h.status end as status,
    -- Lot 0 is paid money.
    (select json_agg(json_build_object('lot', n.lot::text, 'amount', n.amount::text) order by n.place)
     from unnest(h.pin_lots, h.pin_amounts) with ordinality as n (lot, amount, place) where n.lot <> 0) as pins,
    ${sqlMs('h.expires_at')} as expires_at_ms, ${sqlMs('h.created_at')} as created_at_ms
  from clock cross join lateral (${holds}) h
  join accounts a on a.tenant_id = h.tenant_id and a.id = h.account_id and a.type = 'CUSTOMER_WALLET'`;

const ONE = holdSql('select * from holds x where x.tenant_id = $1 and x.id = $3');

/** @throws Problem resource_missing */
export async function readHold(ctx: Context, holdId: string): Promise<HoldView> {
  const { rows } = await ctx.db.pool.query<HoldRow>(ONE, [ctx.principal.tenantId, ctx.clock.fixedMs(), holdId]);
  const row = rows[0];
  if (row === undefined) throw new Problem('resource_missing', 'There is no such hold.');
  return toHold(ctx, row);
}

const BY_REFERENCE = holdSql('select * from holds x where x.tenant_id = $1 and x.account_id = $3 and x.reference = $4');

export async function readHoldByReference(
  ctx: Context,
  walletId: string,
  reference: string,
  db: Queryable = ctx.db.pool,
): Promise<HoldView | null> {
  const values = [ctx.principal.tenantId, ctx.clock.fixedMs(), walletId, reference];
  const { rows } = await db.query<HoldRow>(BY_REFERENCE, values);
  return rows[0] === undefined ? null : toHold(ctx, rows[0]);
}

/** What a status means now, of rows that no sweep has been over yet. */
const STATUS_CONDITIONS: Record<HoldStatus, string> = {
  active: `and x.status = 'active' and x.expires_at > clock.now`,
  expired: `and (x.status = 'expired' or x.status = 'active' and x.expires_at <= clock.now)`,
  captured: `and x.status = 'captured'`,
  voided: `and x.status = 'voided'`,
};

/**
 * Newest first by id, which never changes.
 * @param page.afterId last id of the page before
 * @returns up to `limit + 1`: the one over says there is more
 */
export async function readHolds(
  ctx: Context,
  walletId: string,
  status: HoldStatus | undefined,
  page: { readonly limit: number; readonly afterId: string | null },
): Promise<HoldView[]> {
  const values: unknown[] = [ctx.principal.tenantId, ctx.clock.fixedMs(), walletId, page.limit + 1];
  const conditions = [status === undefined ? '' : STATUS_CONDITIONS[status]];
  if (page.afterId !== null) {
    values.push(page.afterId);
    conditions.push(`and x.id < $${values.length}`);
  }
  const sql = `${holdSql(`
    select * from holds x where x.tenant_id = $1 and x.account_id = $3 ${conditions.join(' ')}
    order by x.id desc limit $4`)}
    order by h.id desc`;
  const { rows } = await ctx.db.pool.query<HoldRow>(sql, values);
  return rows.map((row) => toHold(ctx, row));
}

function toHold(ctx: Context, row: HoldRow): HoldView {
  return {
    id: row.id,
    walletId: row.account_id,
    currency: row.currency,
    amountMinor: BigInt(row.amount_minor),
    capturedMinor: BigInt(row.captured_minor),
    status: row.status as HoldStatus,
    reference: row.reference,
    description: row.description,
    metadata: row.metadata,
    expiresAtMs: Number(row.expires_at_ms),
    ...(row.pins !== null && {
      pins: row.pins.map(({ lot, amount }) => ({ lotId: lot, amountMinor: BigInt(amount) })),
    }),
    createdAtMs: Number(row.created_at_ms),
    livemode: ctx.principal.mode === 'live',
  };
}
