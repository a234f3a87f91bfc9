import type { AccountObject } from '@/contracts/accounts';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { type Queryable, sqlMs, sqlNow } from '@/server/kernel/sql-time';
import type { AccountStatus } from '@/server/ledger/core/types';
import { HELD_JOIN, LOTS_JOIN } from './figures-sql';

export type AccountTypeCode = AccountObject['type'];

/** An account as of one instant: what has expired by then is in none of its figures, swept or not. */
export interface AccountView {
  readonly id: string;
  readonly number: string;
  readonly tenantId: string;
  readonly clientCode: string;
  readonly type: AccountTypeCode;
  readonly currency: string;
  readonly isSystem: boolean;
  /** Of a wallet. */
  readonly customerId: string | null;
  /** Of `PROVIDER_CLEARING`: whose it is. */
  readonly provider: string | null;
  /** As people gave it. */
  readonly name: string | null;
  readonly status: AccountStatus;
  readonly statusDescription: string | null;
  readonly balanceMinor: bigint;
  readonly heldMinor: bigint;
  readonly minimumBalanceMinor: bigint;
  readonly canOverdraw: boolean;
  /** When its last entry was posted; null before the first. */
  readonly lastActivityAtMs: number | null;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly livemode: boolean;
}

export interface AccountFilter {
  readonly type?: AccountTypeCode | undefined;
  readonly currency?: string | undefined;
  readonly status?: AccountStatus | undefined;
  readonly customerId?: string | undefined;
  /** Leaves customers' wallets out. */
  readonly withoutWallets?: boolean | undefined;
}

interface AccountRow {
  id: string;
  number: string;
  tenant_id: string;
  client_code: string;
  type: string;
  currency: string;
  is_system: boolean;
  customer_id: string | null;
  provider: string | null;
  name: string | null;
  status: string;
  status_description: string | null;
  balance_minor: string;
  expired_minor: string;
  held_minor: string;
  minimum_balance_minor: string;
  can_overdraw: boolean;
  last_activity_at_ms: string | null;
  created_at_ms: string;
  updated_at_ms: string;
  mode: string;
}

/** @param accounts SQL of the accounts wanted; $1 is the clock */
const accountSql = (accounts: string): string => `
  with clock as materialized (select ${sqlNow(1)} as now)
  select a.id, a.number, a.tenant_id, c.code as client_code, t.mode, a.type, a.currency, a.is_system, a.customer_id,
    a.provider, p.name, a.status, p.description as status_description, a.balance_minor, a.minimum_balance_minor, a.can_overdraw,
    coalesce(l.expired_minor, 0)::bigint as expired_minor, coalesce(h.held_minor, 0)::bigint as held_minor,
    ${sqlMs('e.posted_at')} as last_activity_at_ms, ${sqlMs('a.created_at')} as created_at_ms,
    ${sqlMs('coalesce(p.updated_at, a.created_at)')} as updated_at_ms
  from clock cross join lateral (${accounts}) a
  join tenants t on t.id = a.tenant_id
  join clients c on c.id = t.client_id
  left join account_profiles p on p.tenant_id = a.tenant_id and p.account_id = a.id
  ${HELD_JOIN} ${LOTS_JOIN}
  left join lateral (
    select j.posted_at from entries x
    join journals j on j.tenant_id = x.tenant_id and j.id = x.journal_id
    where x.tenant_id = a.tenant_id and x.account_id = a.id and x.sequence = a.sequence
    limit 1
  ) e on a.sequence > 0`;

const BY_ID = accountSql('select * from accounts x where x.tenant_id = $2 and x.id = $3');
const BY_NUMBER = accountSql('select * from accounts x where x.tenant_id = $2 and x.number = $3');

/**
 * An account of the caller's books by its id.
 * @throws Problem resource_missing
 */
export async function readAccount(ctx: Context, id: string, db: Queryable = ctx.db.pool): Promise<AccountView> {
  const { rows } = await db.query<AccountRow>(BY_ID, [ctx.clock.fixedMs(), ctx.principal.tenantId, id]);
  return toView(rows[0] ?? accountNotFound());
}

/** @throws Problem resource_missing */
export async function readAccountByNumber(ctx: Context, number: string): Promise<AccountView> {
  // A number too long for the column names nothing.
  if (!/^[0-9]{1,18}$/.test(number)) accountNotFound();
  const values = [ctx.clock.fixedMs(), ctx.principal.tenantId, number];
  const { rows } = await ctx.db.pool.query<AccountRow>(BY_NUMBER, values);
  const row = rows[0];
  return toView(row?.number === number ? row : accountNotFound());
}

/**
 * Newest first. Numbers are given in order and never change, so a page boundary stays where it is while rows arrive.
 * @param afterNumber of the last account of the page before
 * @param tenantId whose; null for every client's in the caller's mode, which is for the operator's people alone
 * @returns up to `limit + 1`: the one over says there is more
 */
export async function readAccounts(
  ctx: Context,
  tenantId: string | null,
  filter: AccountFilter,
  page: { readonly limit: number; readonly afterNumber: string | null },
): Promise<AccountView[]> {
  const values: unknown[] = [ctx.clock.fixedMs(), page.limit + 1];
  const conditions: string[] = [];
  const where = (sql: string, value: unknown): void => {
    if (value === undefined || value === null) return;
    values.push(value);
    conditions.push(`${sql}$${values.length}`);
  };
  if (tenantId === null) {
    values.push(ctx.principal.mode);
    conditions.push(`exists (select from tenants o where o.id = x.tenant_id and o.mode = $${values.length})`);
  } else where('x.tenant_id = ', tenantId);
  where('x.type = ', filter.type);
  // Said once more, so that the index of what is rare is known to do.
  const isOther = filter.type !== undefined && filter.type !== 'CUSTOMER_WALLET';
  if (isOther || filter.withoutWallets === true) conditions.push(`x.type <> 'CUSTOMER_WALLET'`);
  where('x.currency = ', filter.currency);
  where('x.status = ', filter.status);
  where('x.customer_id = ', filter.customerId);
  where('x.number < ', page.afterNumber);
  const sql = `${accountSql(`
    select * from accounts x where ${conditions.join(' and ')} order by x.number desc limit $2`)}
    order by a.number desc`;
  const { rows } = await ctx.db.pool.query<AccountRow>(sql, values);
  return rows.map(toView);
}

/** What may be spent without an overdraft: the same figure that a refusal for lack of funds names. */
export function availableOf(account: AccountView): bigint {
  return account.balanceMinor - account.heldMinor - account.minimumBalanceMinor;
}

export function accountNotFound(): never {
  throw new Problem('resource_missing', 'There is no such account.');
}

function toView(row: AccountRow): AccountView {
  return {
    id: row.id,
    number: row.number,
    tenantId: row.tenant_id,
    clientCode: row.client_code,
    type: row.type as AccountTypeCode,
    currency: row.currency,
    isSystem: row.is_system,
    customerId: row.customer_id,
    provider: row.provider,
    name: row.name,
    status: row.status as AccountStatus,
    statusDescription: row.status_description,
    balanceMinor: BigInt(row.balance_minor) - BigInt(row.expired_minor),
    heldMinor: BigInt(row.held_minor),
    minimumBalanceMinor: BigInt(row.minimum_balance_minor),
    canOverdraw: row.can_overdraw,
    lastActivityAtMs: row.last_activity_at_ms === null ? null : Number(row.last_activity_at_ms),
    createdAtMs: Number(row.created_at_ms),
    updatedAtMs: Number(row.updated_at_ms),
    livemode: row.mode === 'live',
  };
}
