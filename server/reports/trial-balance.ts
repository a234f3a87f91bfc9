import type { TrialBalanceDetail } from '@/contracts/reports';
import { accountName } from '@/server/accounts/account-name';
import type { AccountTypeCode } from '@/server/accounts/read';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { sqlMs, sqlNow } from '@/server/kernel/sql-time';
import { positionsSql, sqlInstant } from './as-of';
import { openRowStream } from './row-stream';

export interface TrialBalance {
  readonly clientId: string;
  readonly livemode: boolean;
  readonly atMs: number;
  readonly detail: TrialBalanceDetail;
  /** By currency, type and number; one line for each type or, in detail, for each account. Once. */
  readonly pages: () => AsyncGenerator<readonly TrialLine[], void, undefined>;
  /** Ends what is under way at once: nobody reads any more. */
  readonly stop: () => void;
}

export interface TrialLine {
  readonly currency: string;
  readonly type: string;
  /** Null in a line that sums up a type. */
  readonly account: { readonly id: string; readonly number: string; readonly name: string } | null;
  readonly accounts: number;
  /** Sum of balances below zero, unsigned: balances are credit-positive. */
  readonly debitMinor: bigint;
  readonly creditMinor: bigint;
}

export interface TrialBalanceInput {
  /** Null is now. */
  readonly atMs: number | null;
  readonly currency: string | null;
  readonly detail: TrialBalanceDetail;
}

/**
 * The books of the tenant as of an instant: every account that was open or had moved by then, with what was posted at
 * that instant or before. What has expired counts from when it was posted, as everything does.
 *
 * Of a past instant the answer is always the same. One that has only just passed may still gain what was then being
 * posted; every answer is of one snapshot, so its columns agree regardless.
 * @throws Problem parameter_invalid, rate_limited
 */
export async function readTrialBalance(ctx: Context, input: TrialBalanceInput): Promise<TrialBalance> {
  const nowMs = await readNow(ctx);
  const atMs = input.atMs ?? nowMs;
  if (atMs > nowMs) throw new Problem('parameter_invalid', '`at` must not lie in the future.', { param: 'at' });
  const { principal } = ctx;
  const values = [principal.tenantId, atMs, input.currency];
  const head = {
    clientId: principal.clientId,
    livemode: principal.mode === 'live',
    atMs,
    detail: input.detail,
  };
  if (input.detail === 'types') {
    const { rows } = await ctx.db.pool.query<TypeRow>(BY_TYPE, values);
    const lines = rows.map(typeLine);
    return {
      ...head,
      async *pages() {
        yield lines;
      },
      stop: () => {},
    };
  }
  const { pages, stop } = openRowStream<AccountRow>(ctx, BY_ACCOUNT, values);
  return {
    ...head,
    async *pages() {
      for await (const rows of pages()) yield rows.map(accountLine);
    },
    stop,
  };
}

async function readNow({ db, clock }: Context): Promise<number> {
  const { rows } = await db.pool.query<{ now_ms: string }>(`select ${sqlMs(sqlNow(1))} as now_ms`, [clock.fixedMs()]);
  return Number(rows[0]?.now_ms);
}

const AT = sqlInstant(2);
const ACCOUNTS = 'select * from accounts x where x.tenant_id = $1 and ($3::text is null or x.currency = $3)';

/**
 * An account with entries by then was there, whatever its row says of when it was opened; else the columns could not agree.
 * A null balance means that the books are damaged, and is refused where it is read.
 */
const STOOD = `
  select a.tenant_id, a.id, a.number, a.currency, a.type, a.customer_id, a.provider, p.balance_minor
  from ${positionsSql(ACCOUNTS, AT)} p
  cross join lateral (select * from accounts x where x.tenant_id = p.tenant_id and x.id = p.id limit 1) a
  where a.created_at <= ${AT} or p.sequence > 0 or p.balance_minor is null`;

interface TypeRow {
  currency: string;
  type: string;
  accounts: string;
  unknown: string;
  debit_minor: string;
  credit_minor: string;
}

const BY_TYPE = `
  select s.currency, s.type, count(*) as accounts, count(*) filter (where s.balance_minor is null) as unknown,
    coalesce(-sum(s.balance_minor) filter (where s.balance_minor < 0), 0) as debit_minor,
    coalesce(sum(s.balance_minor) filter (where s.balance_minor > 0), 0) as credit_minor
  from (${STOOD}) s
  group by s.currency, s.type
  order by s.currency, s.type`;

function typeLine(row: TypeRow): TrialLine {
  if (row.unknown !== '0') throw new Error(`${row.unknown} accounts of type ${row.type} miss entries.`);
  return {
    currency: row.currency,
    type: row.type,
    account: null,
    accounts: Number(row.accounts),
    debitMinor: BigInt(row.debit_minor),
    creditMinor: BigInt(row.credit_minor),
  };
}

interface AccountRow {
  id: string;
  number: string;
  name: string | null;
  customer_id: string | null;
  provider: string | null;
  currency: string;
  type: string;
  balance_minor: string | null;
}

const BY_ACCOUNT = `
  select s.id, s.number, n.name, s.customer_id, s.provider, s.currency, s.type, s.balance_minor
  from (${STOOD}) s
  left join account_profiles n on n.tenant_id = s.tenant_id and n.account_id = s.id
  order by s.currency, s.type, s.number`;

function accountLine(row: AccountRow): TrialLine {
  if (row.balance_minor === null) throw new Error(`Account ${row.id} misses entries.`);
  const balanceMinor = BigInt(row.balance_minor);
  const { currency, type, customer_id: customerId, provider } = row;
  return {
    currency,
    type,
    account: {
      id: row.id,
      number: row.number,
      name: accountName({ name: row.name, type: type as AccountTypeCode, currency, customerId, provider }),
    },
    accounts: 1,
    debitMinor: balanceMinor < 0n ? -balanceMinor : 0n,
    creditMinor: balanceMinor > 0n ? balanceMinor : 0n,
  };
}
