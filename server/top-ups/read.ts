import type { TopUpSource, TopUpStatus } from '@/contracts/top-ups';
import { booksVisible } from '@/server/clients/act-on';
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
  /** A rule's has no page: these two are null. */
  readonly tokenSealed: string | null;
  readonly redirectUrl: string | null;
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
  readonly source: TopUpSource;
  /** Of an automatic one. */
  readonly paymentMethodId: string | null;
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
  token_sealed: string | null;
  redirect_url: string | null;
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
  source: TopUpSource;
  payment_method_id: string | null;
  as_of_ms: string;
}

/** What a payment does not hold open ends by its time; an automatic one that failed has failed. */
const NOW_STATUS = `case when t.source = 'checkout' and t.status in ('created', 'failed') and t.expires_at <= clock.now then 'expired' else t.status end`;

/**
 * @param topUps SQL of the top-ups wanted; $1 is the tenant, $2 the clock
 * @param also further columns, each with a comma after it
 */
const topUpSql = (topUps: string, also = ''): string => `
  with clock as materialized (select ${sqlNow(2)} as now)
  select ${also} t.id, t.wallet_id, t.currency, t.amount_minor, ${NOW_STATUS} as status, t.failure_code, t.number, t.token_sealed,
    t.redirect_url, t.cancel_url, t.metadata, t.attempts, ${sqlMs('t.claimed_until')} as claimed_until_ms,
    t.payment_reference, t.payment_public_id, t.draft, t.source, t.payment_method_id,
    ${sqlMs('t.approved_at')} as approved_at_ms,
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

export interface TopUpFilter {
  readonly status?: TopUpStatus | undefined;
  readonly walletId?: string | undefined;
  readonly customerId?: string | undefined;
  /** What the customer says on the phone, with or without its dash. */
  readonly number?: string | undefined;
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
}

export interface ListedTopUp {
  readonly topUp: TopUpView;
  readonly clientCode: string;
  readonly customerId: string;
  readonly customerName: string | null;
}

/** What a status of now may be stored as: time alone ends those that nobody pays. */
const storedAs = (status: TopUpStatus): readonly TopUpStatus[] =>
  status === 'expired' ? ['expired', 'created', 'failed'] : [status];

/**
 * Across wallets, newest first; of every client in the mode for one of the operator's people who named none.
 * @returns up to `limit + 1`: the one over says there is more
 */
export async function listTopUps(
  ctx: Context,
  filter: TopUpFilter,
  page: { readonly limit: number; readonly afterId: string | null },
): Promise<ListedTopUp[]> {
  const visible = booksVisible(ctx, 1);
  const values: unknown[] = [...visible.values, ctx.clock.fixedMs(), page.limit + 1];
  const add = (value: unknown): string => `$${values.push(value)}`;
  const conditions: string[] = [];
  if (filter.status !== undefined) {
    conditions.push(`x.status = any (${add(storedAs(filter.status))})`);
    conditions.push(`${NOW_STATUS.replaceAll('t.', 'x.')} = ${add(filter.status)}`);
  }
  if (filter.walletId !== undefined) conditions.push(`x.wallet_id = ${add(filter.walletId)}`);
  if (filter.customerId !== undefined) {
    conditions.push(`x.wallet_id in (
      select a.id from accounts a where a.tenant_id = n.id and a.customer_id = ${add(filter.customerId)})`);
  }
  if (filter.number !== undefined) conditions.push(`x.number = ${add(filter.number.replace('-', '').toUpperCase())}`);
  const instant = (ms: number): string => `timestamptz 'epoch' + ${add(ms)}::bigint * interval '1 millisecond'`;
  if (filter.fromMs !== undefined) conditions.push(`x.created_at >= ${instant(filter.fromMs)}`);
  if (filter.toMs !== undefined) conditions.push(`x.created_at < ${instant(filter.toMs)}`);
  if (page.afterId !== null) conditions.push(`x.id < ${add(page.afterId)}`);
  const { rows } = await ctx.db.pool.query<
    TopUpRow & { client_code: string; customer_id: string; customer_name: string | null }
  >(
    `${topUpSql(
      `select x.*, c.code as client_code from tenants n
       join clients c on c.id = n.client_id
       cross join lateral (
         select * from top_ups x where x.tenant_id = n.id ${conditions.map((one) => `and ${one}`).join(' ')}
         order by x.id desc limit $3
       ) x
       where ${visible.sql.replaceAll('t.', 'n.')}
       order by x.id desc limit $3`,
      't.client_code, a.customer_id, u.name as customer_name,',
    )}
     join accounts a on a.tenant_id = t.tenant_id and a.id = t.wallet_id
     join customers u on u.tenant_id = t.tenant_id and u.id = a.customer_id
     order by t.id desc`,
    values,
  );
  return rows.map((row) => ({
    topUp: toTopUp(row, ctx.principal.mode === 'live'),
    clientCode: row.client_code,
    customerId: row.customer_id,
    customerName: row.customer_name,
  }));
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
    source: row.source,
    paymentMethodId: row.payment_method_id,
    livemode,
    asOfMs: Number(row.as_of_ms),
  };
}
