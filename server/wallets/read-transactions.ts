import type { TransactionFilter } from '@/contracts/transactions';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { sqlMs } from '@/server/kernel/sql-time';
import type { JournalKind, LotUse } from '@/server/ledger/core/types';
import { positionsSql, sqlInstant } from '@/server/reports/as-of';
import { type TransactionView, transactionView } from './transaction-view';

export interface TransactionRow {
  account_id: string;
  sequence: string;
  journal_id: string;
  leg: number;
  kind: string;
  amount_minor: string;
  balance_after_minor: string;
  operation: string;
  currency: string;
  description: string | null;
  reference: string | null;
  metadata: string | null;
  posted_at_ms: string;
  hold_id: string | null;
  fee_minor: string;
  tax_minor: string;
  service_version_id: string | null;
  reversal_of: string | null;
  reversed_by: string | null;
  lots: { lot: string; use: string; amount: string }[] | null;
}

/**
 * Entries with what their journals say. LATERAL with LIMIT keeps the look-ups on their keys whatever the planner
 * believes about table sizes.
 * @param entries SQL of the entries wanted
 */
export const transactionSql = (entries: string): string => `
  select e.account_id, e.sequence, e.journal_id, e.leg, e.kind, e.amount_minor, e.balance_after_minor,
    j.operation, j.currency, j.description, j.reference, j.metadata, ${sqlMs('j.posted_at')} as posted_at_ms, j.hold_id,
    j.fee_minor, j.tax_minor, j.service_version_id, j.reversal_of, r.id as reversed_by, u.lots
  from (${entries}) e
  cross join lateral (select * from journals x where x.tenant_id = e.tenant_id and x.id = e.journal_id limit 1) j
  left join lateral (
    select json_agg(json_build_object('lot', x.lot_id::text, 'use', x.use, 'amount', x.amount_minor::text)) as lots
    from lot_uses x where x.tenant_id = e.tenant_id and x.account_id = e.account_id and x.sequence = e.sequence
  ) u on true
  left join lateral (
    select x.id from journals x
    where x.tenant_id = j.tenant_id and x.reversal_of = j.id and x.reversal_of is not null limit 1
  ) r on true`;

const ONE = transactionSql(`
  select y.* from journals x
  cross join lateral (
    select * from entries z
    where z.tenant_id = x.tenant_id and z.account_id = x.leg_accounts[$3::int] and z.sequence = x.leg_sequences[$3::int]
  ) y
  join accounts w on w.tenant_id = y.tenant_id and w.id = y.account_id and w.type = 'CUSTOMER_WALLET'
  where x.tenant_id = $1 and x.id = $2`);

/**
 * @param walletId when given, the transaction must be on this wallet
 * @throws Problem resource_missing
 */
export async function readTransaction(
  ctx: Context,
  id: { readonly journalId: string; readonly leg: number },
  walletId: string | null = null,
): Promise<TransactionView> {
  const { rows } = await ctx.db.pool.query<TransactionRow>(ONE, [ctx.principal.tenantId, id.journalId, id.leg]);
  const row = rows[0];
  if (row === undefined || (walletId !== null && row.account_id !== walletId)) return transactionNotFound();
  return toTransaction(ctx, row);
}

export function transactionNotFound(): never {
  throw new Problem('resource_missing', 'There is no such transaction.');
}

export interface TransactionsWanted {
  readonly type?: TransactionFilter | undefined;
  readonly fromMs?: number | undefined;
  /** Excluded. */
  readonly toMs?: number | undefined;
}

const ACCOUNT = 'select * from accounts a where a.tenant_id = $1 and a.id = $2';

/**
 * Newest first, in the order of the books. A sequence never changes, so a page boundary stays where it is while rows
 * arrive. A period's bounds become sequences, so that neighbouring periods share their boundary.
 * @param page.afterSequence last sequence of the page before
 * @returns up to `limit + 1`: the one over says there is more
 */
export async function readTransactions(
  ctx: Context,
  walletId: string,
  { type, fromMs, toMs }: TransactionsWanted,
  page: { readonly limit: number; readonly afterSequence: string | null },
): Promise<(TransactionView & { readonly sequence: string })[]> {
  const values: unknown[] = [ctx.principal.tenantId, walletId, page.limit + 1];
  const conditions: string[] = [];
  if (type !== undefined) {
    values.push(type);
    conditions.push(`and x.kind = $${values.length}`);
    // Said with a constant, so that the planner may use the index of the few other kinds.
    if (type !== 'debit') conditions.push(`and x.kind <> 'debit'`);
  }
  // Times are whole milliseconds: the last entry before an instant is the last one at or before the millisecond before.
  const lastBefore = (ms: number): string => {
    values.push(ms - 1);
    return `(select z.sequence from ${positionsSql(ACCOUNT, sqlInstant(values.length))} z)`;
  };
  if (fromMs !== undefined) conditions.push(`and x.sequence > ${lastBefore(fromMs)}`);
  if (toMs !== undefined) conditions.push(`and x.sequence <= ${lastBefore(toMs)}`);
  if (page.afterSequence !== null) {
    values.push(page.afterSequence);
    conditions.push(`and x.sequence < $${values.length}`);
  }
  const sql = `${transactionSql(`
    select * from entries x
    where x.tenant_id = $1 and x.account_id = $2 ${conditions.join(' ')}
    order by x.sequence desc limit $3`)}
    order by e.sequence desc`;
  const { rows } = await ctx.db.pool.query<TransactionRow>(sql, values);
  return rows.map((row) => ({ ...toTransaction(ctx, row), sequence: row.sequence }));
}

export function toTransaction(ctx: Context, row: TransactionRow): TransactionView {
  return transactionView({
    journalId: row.journal_id,
    leg: row.leg,
    walletId: row.account_id,
    kind: row.kind as JournalKind,
    operation: row.operation,
    amountMinor: BigInt(row.amount_minor),
    balanceAfterMinor: BigInt(row.balance_after_minor),
    currency: row.currency,
    description: row.description,
    reference: row.reference,
    metadata: row.metadata,
    postedAtMs: Number(row.posted_at_ms),
    holdId: row.hold_id,
    charges:
      row.service_version_id === null ? null : { feeMinor: BigInt(row.fee_minor), taxMinor: BigInt(row.tax_minor) },
    reversalOf: row.reversal_of,
    ...(row.reversed_by !== null && { reversedBy: row.reversed_by }),
    livemode: ctx.principal.mode === 'live',
    lots: (row.lots ?? []).map((part) => ({
      lotId: part.lot,
      use: part.use as LotUse['use'],
      amountMinor: BigInt(part.amount),
    })),
  });
}
