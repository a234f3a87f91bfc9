import type { TopUpStatus } from '@/contracts/top-ups';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { type Queryable, sqlMs, sqlNow } from '@/server/kernel/sql-time';

/** A top-up as of now: one past its time that no payment holds is expired, whether or not the job has ended it. */
export interface TopUpView {
  readonly id: string;
  readonly walletId: string;
  readonly currency: string;
  /** What reaches the wallet. */
  readonly amountMinor: bigint;
  readonly status: TopUpStatus;
  readonly failureCode: string | null;
  /** Eight characters, as stored. */
  readonly number: string;
  readonly tokenSealed: string;
  readonly redirectUrl: string;
  readonly cancelUrl: string | null;
  /** JSON text. */
  readonly metadata: string;
  readonly attempts: number;
  /** The try was begun and its payment may not be there yet. */
  readonly claimedUntilMs: number | null;
  readonly paymentReference: string | null;
  readonly paymentPublicId: string | null;
  /** JSON text (`draft.ts`). */
  readonly draft: string | null;
  readonly approvedAtMs: number | null;
  readonly askedAtMs: number | null;
  readonly expiresAtMs: number;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly livemode: boolean;
  /** The instant that this is of. */
  readonly asOfMs: number;
}

export interface TopUpRow {
  id: string;
  wallet_id: string;
  currency: string;
  amount_minor: string;
  status: string;
  failure_code: string | null;
  number: string;
  token_sealed: string;
  redirect_url: string;
  cancel_url: string | null;
  metadata: string;
  attempts: number;
  claimed_until_ms: string | null;
  payment_reference: string | null;
  payment_public_id: string | null;
  draft: string | null;
  approved_at_ms: string | null;
  asked_at_ms: string | null;
  expires_at_ms: string;
  created_at_ms: string;
  updated_at_ms: string;
  as_of_ms: string;
}

/** What a payment does not hold open ends by its time. */
const NOW_STATUS = `case when t.status in ('created', 'failed') and t.expires_at <= clock.now then 'expired' else t.status end`;

/** @param topUps SQL of the top-ups wanted; $1 is the tenant, $2 the clock */
const topUpSql = (topUps: string): string => `
  with clock as materialized (select ${sqlNow(2)} as now)
  select t.id, t.wallet_id, t.currency, t.amount_minor, ${NOW_STATUS} as status, t.failure_code, t.number, t.token_sealed,
    t.redirect_url, t.cancel_url, t.metadata, t.attempts, ${sqlMs('t.claimed_until')} as claimed_until_ms,
    t.payment_reference, t.payment_public_id, t.draft, ${sqlMs('t.approved_at')} as approved_at_ms,
    ${sqlMs('t.asked_at')} as asked_at_ms,
    ${sqlMs('t.expires_at')} as expires_at_ms, ${sqlMs('t.created_at')} as created_at_ms,
    ${sqlMs('t.updated_at')} as updated_at_ms, ${sqlMs('clock.now')} as as_of_ms
  from clock cross join lateral (${topUps}) t`;

const ONE = topUpSql('select * from top_ups x where x.tenant_id = $1 and x.id = $3');
/** Locks the row: the caller decides on what it reads. */
const ONE_LOCKED = `${ONE} `.replace('x.id = $3', 'x.id = $3 for update');

/** What requests, jobs and payments all have. */
export interface TopUpReader {
  readonly principal: Pick<Context['principal'], 'tenantId' | 'mode'>;
  readonly clock: Context['clock'];
  readonly db: Context['db'];
}

/** @throws Problem resource_missing */
export async function readTopUp(
  ctx: TopUpReader,
  topUpId: string,
  { tx = ctx.db.pool, lock = false }: { readonly tx?: Queryable; readonly lock?: boolean } = {},
): Promise<TopUpView> {
  const values = [ctx.principal.tenantId, ctx.clock.fixedMs(), topUpId];
  const { rows } = await tx.query<TopUpRow>(lock ? ONE_LOCKED : ONE, values);
  const row = rows[0];
  if (row === undefined) throw topUpNotFound();
  return toTopUp(row, ctx.principal.mode === 'live');
}

export function topUpNotFound(): Problem {
  return new Problem('resource_missing', 'There is no such top-up.');
}

/**
 * Newest first by id, which never changes.
 * @param page.afterId last id of the page before
 * @returns up to `limit + 1`: the one over says there is more
 */
export async function readTopUps(
  ctx: TopUpReader,
  walletId: string,
  status: TopUpStatus | undefined,
  page: { readonly limit: number; readonly afterId: string | null },
): Promise<TopUpView[]> {
  const values: unknown[] = [ctx.principal.tenantId, ctx.clock.fixedMs(), walletId, page.limit + 1];
  const conditions: string[] = [];
  if (status !== undefined) {
    values.push(status);
    conditions.push(`and ${NOW_STATUS.replaceAll('t.', 'x.')} = $${values.length}`);
  }
  if (page.afterId !== null) {
    values.push(page.afterId);
    conditions.push(`and x.id < $${values.length}`);
  }
  const sql = `${topUpSql(`
    select * from top_ups x where x.tenant_id = $1 and x.wallet_id = $3 ${conditions.join(' ')}
    order by x.id desc limit $4`)}
    order by t.id desc`;
  const { rows } = await ctx.db.pool.query<TopUpRow>(sql, values);
  return rows.map((row) => toTopUp(row, ctx.principal.mode === 'live'));
}

/** Whether a new payment may be tried: nothing is under way and the link has not ended. */
export function isPayable(topUp: Pick<TopUpView, 'status'>): boolean {
  return topUp.status === 'created' || topUp.status === 'failed';
}

/** Whether the link leads to anything but the end: the checkout can still change it. */
export function isOpen({ status }: Pick<TopUpView, 'status'>): boolean {
  return !['succeeded', 'refunded', 'canceled', 'expired'].includes(status);
}

/** Sayable: `7K4M-2Q9X`. */
export function paymentNumberOf({ number }: Pick<TopUpView, 'number'>): string {
  return `${number.slice(0, 4)}-${number.slice(4)}`;
}

function toTopUp(row: TopUpRow, livemode: boolean): TopUpView {
  const ms = (text: string | null): number | null => (text === null ? null : Number(text));
  return {
    id: row.id,
    walletId: row.wallet_id,
    currency: row.currency,
    amountMinor: BigInt(row.amount_minor),
    status: row.status as TopUpStatus,
    failureCode: row.failure_code,
    number: row.number,
    tokenSealed: row.token_sealed,
    redirectUrl: row.redirect_url,
    cancelUrl: row.cancel_url,
    metadata: row.metadata,
    attempts: row.attempts,
    claimedUntilMs: ms(row.claimed_until_ms),
    paymentReference: row.payment_reference,
    paymentPublicId: row.payment_public_id,
    draft: row.draft,
    approvedAtMs: ms(row.approved_at_ms),
    askedAtMs: ms(row.asked_at_ms),
    expiresAtMs: Number(row.expires_at_ms),
    createdAtMs: Number(row.created_at_ms),
    updatedAtMs: Number(row.updated_at_ms),
    livemode,
    asOfMs: Number(row.as_of_ms),
  };
}
