import type { RowClient } from '@/contracts/all-clients';
import type { AutoTopUpStatus } from '@/contracts/auto-top-ups';
import type { WalletStatus, WalletViewName } from '@/contracts/wallets';
import { HELD_JOIN, LOTS_JOIN } from '@/server/accounts/figures-sql';
import { type BooksOfList, ownBooks } from '@/server/clients/books-of-list';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { type Queryable, sqlMs, sqlNow } from '@/server/kernel/sql-time';
import { dueSql } from '@/server/refunds/due-sql';

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
  /** Null where no threshold is set. */
  readonly lowBalanceMinor: bigint | null;
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
  /** Those that need somebody. */
  readonly view?: WalletViewName | undefined;
}

/** A wallet with what stands beside it wherever one is looked at, and no verb needs. */
export interface WalletReading extends WalletView {
  readonly customerName: string | null;
  readonly entryCount: bigint;
  /** Null before the first. */
  readonly lastEntryAtMs: number | null;
  /** Status of its rule; null without one. */
  readonly autoTopUp: AutoTopUpStatus | null;
}

/** In a list; with its client where the list is of all of them. */
export interface ListedWallet extends WalletReading {
  readonly client: RowClient | null;
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
  low_balance_minor: string | null;
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

interface ReadingRow extends WalletRow {
  customer_name: string | null;
  sequence: string;
  last_entry_at_ms: string | null;
  auto_topup: AutoTopUpStatus | null;
}

const PLAIN = { columns: '', joins: '' };

/** Each by its key: LATERAL with LIMIT, whatever the planner believes about table sizes. */
const READING = {
  columns: `a.sequence, o.name as customer_name, ${sqlMs('z.posted_at')} as last_entry_at_ms, q.status as auto_topup,`,
  joins: `
  left join lateral (
    select y.name from customers y where y.tenant_id = a.tenant_id and y.id = a.customer_id limit 1
  ) o on true
  left join lateral (
    select j.posted_at from entries e
    cross join lateral (
      select y.posted_at from journals y where y.tenant_id = e.tenant_id and y.id = e.journal_id limit 1
    ) j
    where e.tenant_id = a.tenant_id and e.account_id = a.id and e.sequence = a.sequence limit 1
  ) z on true
  left join lateral (
    select y.status from auto_topup_rules y where y.tenant_id = a.tenant_id and y.wallet_id = a.id limit 1
  ) q on true`,
};

/**
 * The one statement behind every balance: one snapshot of the account, its lots and its holds, judged at one instant.
 * An expired hold counts for nothing and frees its lots; what a live hold pins of an expired lot stays valid.
 * @param accounts SQL of the accounts wanted; $1 is the tenant, $2 the clock
 * @param also further columns, each with a comma after it, and the joins that they need
 */
const walletSql = (accounts: string, also: { readonly columns: string; readonly joins: string } = PLAIN): string => `
  with clock as materialized (select ${sqlNow(2)} as now)
  select ${also.columns} a.id, a.number, a.customer_id, a.currency, a.status, a.balance_minor, a.minimum_balance_minor, a.can_overdraw,
    a.low_balance_minor,
    coalesce(h.held_minor, 0)::bigint as held_minor, coalesce(h.paid_held_minor, 0)::bigint as paid_held_minor,
    coalesce(l.promotional_minor, 0)::bigint as promotional_minor, coalesce(l.expired_minor, 0)::bigint as expired_minor,
    case when a.status = 'closed' then ${dueSql('a')} end as refund_due_minor,
    coalesce(p.metadata, '{}') as metadata, ${sqlMs('a.created_at')} as created_at_ms,
    ${sqlMs('a.closed_at')} as closed_at_ms, ${sqlMs('clock.now')} as as_of_ms
  from clock cross join lateral (${accounts}) a
  left join account_profiles p on p.tenant_id = a.tenant_id and p.account_id = a.id
  ${also.joins}
  ${HELD_JOIN} ${LOTS_JOIN}`;

const ONE = walletSql(`select * from accounts x where x.tenant_id = $1 and x.id = $3 and x.type = 'CUSTOMER_WALLET'`);

const ONE_READING = walletSql(
  `select * from accounts x where x.tenant_id = $1 and x.id = $3 and x.type = 'CUSTOMER_WALLET'`,
  READING,
);

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

/** The same for somebody who looks at it. @throws Problem resource_missing */
export async function readWalletInFull(ctx: Context, walletId: string): Promise<WalletReading> {
  const { principal, clock, db } = ctx;
  const { rows } = await db.pool.query<ReadingRow>(ONE_READING, [principal.tenantId, clock.fixedMs(), walletId]);
  return toReading(ctx, rows[0] ?? walletNotFound());
}

/** @throws Problem resource_missing */
export async function readCustomerWallet(ctx: Context, customerId: string, currency: string): Promise<WalletView> {
  const { principal, clock } = ctx;
  const values = [principal.tenantId, clock.fixedMs(), customerId, currency];
  const { rows } = await ctx.db.pool.query<WalletRow>(BY_CUSTOMER, values);
  return toWallet(ctx, rows[0] ?? walletNotFound());
}

/** How long before its end promotional credit counts as ending. */
const ENDING_DAYS = 7;

/**
 * Where the wallets of tenant `t` that a view names are found: by an index that is small because few rows are like that,
 * or by the lots that end. None is on a column that postings write, which would cost every posting an index entry.
 */
const CANDIDATES: Readonly<Record<WalletViewName, string>> = {
  refund_due: `select y.* from accounts y where y.tenant_id = t.id and y.status = 'closed' and y.status <> 'active'`,
  // Only what a provider takes back leaves a wallet below zero, or the permission to be there.
  below_zero: `
    select y.* from (
      select j.account_id from journals j where j.tenant_id = t.id and j.kind = 'clawback' and j.kind <> 'debit'
      union
      select z.id from accounts z where z.tenant_id = t.id and z.can_overdraw
    ) d cross join lateral (select * from accounts z where z.tenant_id = t.id and z.id = d.account_id limit 1) y`,
  credit_ending: `
    select y.* from (
      select distinct l.account_id from lots l
      where l.tenant_id = t.id and (l.remaining_minor > 0 or l.held_minor > 0) and l.expires_at is not null
        and l.expires_at > clock.now and l.expires_at <= clock.now + interval '${ENDING_DAYS} days'
    ) d cross join lateral (select * from accounts z where z.tenant_id = t.id and z.id = d.account_id limit 1) y`,
};

const VIEW_CONDITIONS: Readonly<Record<WalletViewName, string>> = {
  refund_due: `and ${dueSql('x')} > 0`,
  below_zero: 'and x.balance_minor < 0',
  credit_ending: '',
};

/**
 * Newest first. Ids are time-ordered and never change, so a page boundary stays where it is while rows arrive.
 * @param books whose wallets: the caller's, or every client's (`everyClient`)
 * @param page.afterId last id of the page before
 * @returns up to `limit + 1`: the one over says there is more
 */
export async function readWallets(
  ctx: Context,
  filter: WalletFilter,
  page: { readonly limit: number; readonly afterId: string | null },
  books: BooksOfList = ownBooks(ctx),
): Promise<ListedWallet[]> {
  const values: unknown[] = [books.value, ctx.clock.fixedMs(), page.limit + 1];
  const conditions: string[] = [];
  const where = (sql: string, value: unknown): void => {
    if (value === undefined || value === null) return;
    values.push(value);
    conditions.push(`and ${sql}$${values.length}`);
  };
  where('x.customer_id = ', filter.customerId);
  where('x.currency = ', filter.currency);
  where('x.status = ', filter.status);
  // Said with a constant, so that the planner may use the index of the few that are not.
  if (filter.status !== undefined && filter.status !== 'active') conditions.push(`and x.status <> 'active'`);
  where('x.id < ', page.afterId);
  const from = filter.view === undefined ? 'accounts' : `(${CANDIDATES[filter.view]})`;
  if (filter.view !== undefined) conditions.push(VIEW_CONDITIONS[filter.view]);
  const sql = `${walletSql(
    `select x.*, c.code as client_code, c.name as client_name
     from tenants t join clients c on c.id = t.client_id
     cross join lateral (
       select x.* from ${from} x
       where x.tenant_id = t.id and x.type = 'CUSTOMER_WALLET' ${conditions.join(' ')}
       order by x.id desc limit $3
     ) x
     where ${books.sql(1)}
     order by x.id desc limit $3`,
    { ...READING, columns: `a.client_code, a.client_name, ${READING.columns}` },
  )}
    order by a.id desc`;
  const { rows } = await ctx.db.pool.query<ReadingRow & { client_code: string; client_name: string }>(sql, values);
  return rows.map((row) => ({ ...toReading(ctx, row), client: books.clientOf(row) }));
}

const EXPORT_PAGE = 500;

/** Every wallet that matches, newest first, a page at a time: what a file of any length is made of. */
export async function* exportWallets(
  ctx: Context,
  filter: WalletFilter,
  afterId: string | null,
  books: BooksOfList,
): AsyncGenerator<readonly ListedWallet[]> {
  let after = afterId;
  for (;;) {
    const wallets = await readWallets(ctx, filter, { limit: EXPORT_PAGE, afterId: after }, books);
    const page = wallets.slice(0, EXPORT_PAGE);
    if (page.length > 0) yield page;
    if (wallets.length <= EXPORT_PAGE) return;
    after = page.at(-1)?.id ?? null;
  }
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
    lowBalanceMinor: row.low_balance_minor === null ? null : BigInt(row.low_balance_minor),
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

function toReading(ctx: Context, row: ReadingRow): WalletReading {
  return {
    ...toWallet(ctx, row),
    customerName: row.customer_name,
    entryCount: BigInt(row.sequence),
    lastEntryAtMs: row.last_entry_at_ms === null ? null : Number(row.last_entry_at_ms),
    autoTopUp: row.auto_topup,
  };
}
