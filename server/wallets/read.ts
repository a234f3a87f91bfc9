import type { WalletStatus } from '@/contracts/wallets';
import { HELD_JOIN, LOTS_JOIN } from '@/server/accounts/figures-sql';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { type Queryable, sqlMs, sqlNow } from '@/server/kernel/sql-time';

/** A wallet as of one instant: what has expired by then is in none of its figures, swept or not. */
export interface WalletView {
  readonly id: string;
  readonly accountNumber: string;
  readonly customerId: string;
  readonly currency: string;
  readonly status: WalletStatus;
  readonly balanceMinor: bigint;
  readonly minimumBalanceMinor: bigint;
  readonly canOverdraw: boolean;
  readonly heldMinor: bigint;
  readonly promotionalMinor: bigint;
  readonly refundableMinor: bigint;
  /** What expired and no sweep has posted yet: the books' balance is higher by this. */
  readonly unpostedExpiryMinor: bigint;
  /** Null unless closed. */
  readonly refundDueMinor: bigint | null;
  /** JSON text. */
  readonly metadata: string;
  readonly createdAtMs: number;
  readonly closedAtMs: number | null;
  readonly livemode: boolean;
  /** The instant the figures are of. */
  readonly asOfMs: number;
}

export interface WalletFilter {
  readonly customerId?: string | undefined;
  readonly currency?: string | undefined;
  readonly status?: WalletStatus | undefined;
}

interface WalletRow {
  id: string;
  number: string;
  customer_id: string;
  currency: string;
  status: string;
  balance_minor: string;
  minimum_balance_minor: string;
  can_overdraw: boolean;
  held_minor: string;
  paid_held_minor: string;
  promotional_minor: string;
  expired_minor: string;
  refund_due_minor: string | null;
  metadata: string;
  created_at_ms: string;
  closed_at_ms: string | null;
  as_of_ms: string;
}

/**
 * The one statement behind every balance: one snapshot of the account, its lots and its holds, judged at one instant.
 * An expired hold counts for nothing and frees its lots; what a live hold pins of an expired lot stays valid.
 * @param accounts SQL of the accounts wanted; $1 is the tenant, $2 the clock
 */
const walletSql = (accounts: string): string => `
  with clock as materialized (select ${sqlNow(2)} as now)
  select a.id, a.number, a.customer_id, a.currency, a.status, a.balance_minor, a.minimum_balance_minor, a.can_overdraw,
    coalesce(h.held_minor, 0)::bigint as held_minor, coalesce(h.paid_held_minor, 0)::bigint as paid_held_minor,
    coalesce(l.promotional_minor, 0)::bigint as promotional_minor, coalesce(l.expired_minor, 0)::bigint as expired_minor,
    case when a.status = 'closed' then (coalesce(r.refund_due_minor, 0) + coalesce(late.late_minor, 0))::bigint end as refund_due_minor,
    coalesce(p.metadata, '{}') as metadata, ${sqlMs('a.created_at')} as created_at_ms,
    ${sqlMs('a.closed_at')} as closed_at_ms, ${sqlMs('clock.now')} as as_of_ms
  from clock cross join lateral (${accounts}) a
  left join account_profiles p on p.tenant_id = a.tenant_id and p.account_id = a.id
  ${HELD_JOIN} ${LOTS_JOIN}
  left join lateral (
    -- A close pairs each leg on the wallet with the leg after it: the part that went to REFUNDS_DUE is still owed.
    select sum(-e.amount_minor) as refund_due_minor
    from entries e
    join journals j on j.tenant_id = e.tenant_id and j.id = e.journal_id
    join accounts due on due.tenant_id = e.tenant_id and due.id = j.leg_accounts[e.leg + 1] and due.type = 'REFUNDS_DUE'
    where e.tenant_id = a.tenant_id and e.account_id = a.id and e.kind <> 'debit' and e.kind = 'close'
  ) r on a.status = 'closed'
  left join lateral (
    -- What was paid for it after its close.
    select sum(j.amount_minor) as late_minor
    from payments x
    join journals j on j.tenant_id = x.tenant_id and j.id = x.journal_id and j.kind = 'late_topup'
    where x.tenant_id = a.tenant_id and x.wallet_id = a.id and x.state <> 'reversed'
  ) late on a.status = 'closed'`;

const ONE = walletSql(`select * from accounts x where x.tenant_id = $1 and x.id = $3 and x.type = 'CUSTOMER_WALLET'`);

/** The open one; once all are closed, the last. */
const BY_CUSTOMER = walletSql(`
  select * from accounts x
  where x.tenant_id = $1 and x.customer_id = $3 and x.currency = $4 and x.type = 'CUSTOMER_WALLET'
  order by x.status = 'closed', x.id desc limit 1`);

/** @throws Problem resource_missing: absent, another client's, or an account that is not a wallet. */
export async function readWallet(ctx: Context, walletId: string, db: Queryable = ctx.db.pool): Promise<WalletView> {
  const { principal, clock } = ctx;
  const { rows } = await db.query<WalletRow>(ONE, [principal.tenantId, clock.fixedMs(), walletId]);
  return toWallet(ctx, rows[0] ?? walletNotFound());
}

/** @throws Problem resource_missing */
export async function readCustomerWallet(ctx: Context, customerId: string, currency: string): Promise<WalletView> {
  const { principal, clock } = ctx;
  const values = [principal.tenantId, clock.fixedMs(), customerId, currency];
  const { rows } = await ctx.db.pool.query<WalletRow>(BY_CUSTOMER, values);
  return toWallet(ctx, rows[0] ?? walletNotFound());
}

/**
 * Newest first. Ids are time-ordered and never change, so a page boundary stays where it is while rows arrive.
 * @param afterId last id of the page before
 * @returns up to `limit + 1`: the one over says there is more
 */
export async function readWallets(
  ctx: Context,
  filter: WalletFilter,
  page: { readonly limit: number; readonly afterId: string | null },
): Promise<WalletView[]> {
  const values: unknown[] = [ctx.principal.tenantId, ctx.clock.fixedMs(), page.limit + 1];
  const conditions: string[] = [];
  const where = (sql: string, value: unknown): void => {
    if (value === undefined || value === null) return;
    values.push(value);
    conditions.push(`and ${sql}$${values.length}`);
  };
  where('x.customer_id = ', filter.customerId);
  where('x.currency = ', filter.currency);
  where('x.status = ', filter.status);
  where('x.id < ', page.afterId);
  const sql = `${walletSql(`
    select * from accounts x
    where x.tenant_id = $1 and x.type = 'CUSTOMER_WALLET' ${conditions.join(' ')}
    order by x.id desc limit $3`)}
    order by a.id desc`;
  const { rows } = await ctx.db.pool.query<WalletRow>(sql, values);
  return rows.map((row) => toWallet(ctx, row));
}

export function availableOf(wallet: WalletView): bigint {
  return wallet.balanceMinor - wallet.heldMinor - wallet.minimumBalanceMinor;
}

export function walletNotFound(): never {
  throw new Problem('resource_missing', 'There is no such wallet.');
}

function toWallet(ctx: Context, row: WalletRow): WalletView {
  const expired = BigInt(row.expired_minor);
  const balance = BigInt(row.balance_minor) - expired;
  const promotional = BigInt(row.promotional_minor);
  const refundable = balance - promotional - BigInt(row.paid_held_minor);
  return {
    id: row.id,
    accountNumber: row.number,
    customerId: row.customer_id,
    currency: row.currency,
    status: row.status as WalletStatus,
    balanceMinor: balance,
    minimumBalanceMinor: BigInt(row.minimum_balance_minor),
    canOverdraw: row.can_overdraw,
    heldMinor: BigInt(row.held_minor),
    promotionalMinor: promotional,
    refundableMinor: refundable > 0n ? refundable : 0n,
    unpostedExpiryMinor: expired,
    refundDueMinor: row.refund_due_minor === null ? null : BigInt(row.refund_due_minor),
    metadata: row.metadata,
    createdAtMs: Number(row.created_at_ms),
    closedAtMs: row.closed_at_ms === null ? null : Number(row.closed_at_ms),
    livemode: ctx.principal.mode === 'live',
    asOfMs: Number(row.as_of_ms),
  };
}
