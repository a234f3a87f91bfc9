import { accountName } from '@/server/accounts/account-name';
import type { AccountTypeCode } from '@/server/accounts/read';
import type { Context } from '@/server/kernel/context';
import { originOf } from '@/server/kernel/origin';
import { Problem } from '@/server/kernel/problem';
import { sqlMs, sqlNow } from '@/server/kernel/sql-time';
import { readWallet } from '@/server/wallets/read';
import { problemOf } from '@/server/wallets/refusal';
import { positionsSql, sqlInstant } from './as-of';
import { readLines, type StatementLine } from './statement-lines';

export interface StatementAccount {
  readonly id: string;
  readonly number: string;
  readonly type: string;
  readonly name: string;
  readonly currency: string;
}

/** Bounds as the caller gave them, in epoch milliseconds: `from ≤ posted < to`. Null is the beginning, and now. */
export interface Period {
  readonly fromMs: number | null;
  readonly toMs: number | null;
}

export interface Statement {
  readonly account: StatementAccount;
  readonly livemode: boolean;
  readonly fromMs: number;
  readonly toMs: number;
  readonly openingMinor: bigint;
  readonly closingMinor: bigint;
  /** The account's last entry before the period, 0 for none, and its last one in it. */
  readonly openingSequence: bigint;
  readonly closingSequence: bigint;
  /** Oldest first, a page at a time; opening + the sum of amounts = closing. */
  readonly pages: () => AsyncGenerator<readonly StatementLine[], void, undefined>;
}

/**
 * An account's entries of a period, in the order of the books. Its bounds become sequences once, at the start:
 * neighbouring statements share their boundary, and what arrives while it is read is not in it. Entries never change, so
 * pages need no snapshot to agree.
 * @param accountId of one of the tenant's accounts
 * @throws Problem resource_missing, parameter_invalid
 */
export async function readStatement(ctx: Context, accountId: string, period: Period): Promise<Statement> {
  let bounds = await readBounds(ctx, accountId, period);
  const toMs = period.toMs ?? bounds.nowMs + 1;
  const fromMs = period.fromMs ?? Math.min(bounds.createdAtMs, toMs);
  if (fromMs > toMs) throw new Problem('parameter_invalid', 'from must not lie after to.', { param: 'from' });
  if (bounds.type === 'CUSTOMER_WALLET' && (await postExpired(ctx, accountId))) {
    bounds = await readBounds(ctx, accountId, period);
  }
  const { id, number, type, name, currency } = bounds;
  return {
    account: { id, number, type, name, currency },
    livemode: ctx.principal.mode === 'live',
    fromMs,
    toMs,
    openingMinor: bounds.openingMinor,
    closingMinor: bounds.closingMinor,
    openingSequence: bounds.openingSequence,
    closingSequence: bounds.closingSequence,
    pages: () => readLines(ctx, id, bounds.openingSequence, bounds.closingSequence),
  };
}

/** A statement shows entries; what has expired gets its entry first, so that closing and balance agree. */
async function postExpired(ctx: Context, walletId: string): Promise<boolean> {
  const { unpostedExpiryMinor } = await readWallet(ctx, walletId);
  if (unpostedExpiryMinor === 0n) return false;
  const outcome = await ctx.ledger.submit({
    kind: 'sweep',
    accountType: 'CUSTOMER_WALLET',
    tenantId: ctx.principal.tenantId,
    id: ctx.ledger.nextId(),
    origin: originOf(ctx),
    accountId: walletId,
  });
  if (!outcome.ok) throw problemOf(outcome.refusal);
  return true;
}

interface Bounds extends StatementAccount {
  readonly createdAtMs: number;
  readonly nowMs: number;
  /** Last entry before the period, 0 for none. */
  readonly openingSequence: bigint;
  readonly openingMinor: bigint;
  /** Last entry of the period. */
  readonly closingSequence: bigint;
  readonly closingMinor: bigint;
}

interface BoundsRow {
  id: string;
  number: string;
  type: string;
  name: string | null;
  customer_id: string | null;
  provider: string | null;
  currency: string;
  created_at_ms: string;
  now_ms: string;
  opening_sequence: string;
  opening_minor: string | null;
  closing_sequence: string;
  closing_minor: string | null;
}

const ACCOUNT = 'select * from accounts x where x.tenant_id = $1 and x.id = $3';
// Times are whole milliseconds, so the last entry before an instant is the last one at or before the millisecond before.
const justBefore = (parameter: number): string => `${sqlInstant(parameter)} - interval '1 millisecond'`;

/** One statement, so one snapshot: nothing posted meanwhile can come between the two bounds. */
const BOUNDS = `
  select a.id, a.number, a.type, n.name, a.customer_id, a.provider, a.currency, ${sqlMs('a.created_at')} as created_at_ms,
    ${sqlMs(sqlNow(2))} as now_ms, o.sequence as opening_sequence, o.balance_minor as opening_minor,
    c.sequence as closing_sequence, c.balance_minor as closing_minor
  from (${ACCOUNT}) a
  left join account_profiles n on n.tenant_id = a.tenant_id and n.account_id = a.id
  cross join ${positionsSql(ACCOUNT, justBefore(4))} o
  cross join ${positionsSql(ACCOUNT, `coalesce(${justBefore(5)}, 'infinity')`)} c`;

async function readBounds(ctx: Context, accountId: string, { fromMs, toMs }: Period): Promise<Bounds> {
  const values = [ctx.principal.tenantId, ctx.clock.fixedMs(), accountId, fromMs, toMs];
  const { rows } = await ctx.db.pool.query<BoundsRow>(BOUNDS, values);
  const row = rows[0];
  if (row === undefined) throw new Problem('resource_missing', 'There is no such account.');
  if (row.opening_minor === null || row.closing_minor === null) {
    throw new Error(`Account ${accountId} misses entries.`);
  }
  return {
    id: row.id,
    number: row.number,
    type: row.type,
    name: accountName({
      name: row.name,
      type: row.type as AccountTypeCode,
      currency: row.currency,
      customerId: row.customer_id,
      provider: row.provider,
    }),
    currency: row.currency,
    createdAtMs: Number(row.created_at_ms),
    nowMs: Number(row.now_ms),
    openingSequence: BigInt(row.opening_sequence),
    openingMinor: BigInt(row.opening_minor),
    closingSequence: BigInt(row.closing_sequence),
    closingMinor: BigInt(row.closing_minor),
  };
}
