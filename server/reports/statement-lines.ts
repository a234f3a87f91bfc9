import type { Context } from '@/server/kernel/context';
import { sqlMs } from '@/server/kernel/sql-time';
import type { JournalKind } from '@/server/ledger/core/types';
import { partOf, sourceIdOf } from '@/server/transactions/transaction-record';
import { type TransactionRow, toTransaction, transactionSql } from '@/server/wallets/read-transactions';
import type { TransactionView } from '@/server/wallets/transaction-view';

/** One entry of an account, with who was on the other side. */
export interface StatementLine extends TransactionView {
  readonly part: 'PRINCIPAL' | 'FEE' | 'TAX';
  /** Number of the account on the other side; null where there is none to name. */
  readonly otherNumber: string | null;
  /** The caller's own id as `/api/v1` writes it. */
  readonly sourceId: string | null;
  readonly businessAtMs: number;
}

interface LineRow extends TransactionRow {
  fee_minor: string;
  tax_minor: string;
  business_at_ms: string | null;
  other_number: string | null;
  reversal_of: string | null;
  original_operation: string | null;
  original_reference: string | null;
}

const PAGE_SIZE = 500;

// Legs come in pairs, 1 and 2, 3 and 4: of leg n the other one is ((n − 1) xor 1) + 1.
const PAGE = `
  select t.*, j.fee_minor, j.tax_minor, ${sqlMs('j.business_at')} as business_at_ms, j.reversal_of,
    o.number as other_number, r.operation as original_operation, r.reference as original_reference
  from (${transactionSql(`
    select * from entries x
    where x.tenant_id = $1 and x.account_id = $2 and x.sequence > $3 and x.sequence <= $4
    order by x.sequence limit $5`)}) t
  cross join lateral (select * from journals x where x.tenant_id = $1 and x.id = t.journal_id limit 1) j
  left join lateral (
    select x.number from accounts x
    where x.tenant_id = $1 and x.id = j.leg_accounts[((t.leg - 1) # 1) + 1] limit 1
  ) o on true
  left join lateral (
    select x.operation, x.reference from journals x where x.tenant_id = $1 and x.id = j.reversal_of limit 1
  ) r on true
  order by t.sequence`;

/**
 * The entries after one sequence up to another, oldest first.
 * @throws Error where one is not there: sequences have no gap, and a short statement must not look whole
 */
export async function* readLines(
  ctx: Context,
  accountId: string,
  after: bigint,
  last: bigint,
): AsyncGenerator<readonly StatementLine[], void, undefined> {
  let done = after;
  while (done < last) {
    const values = [ctx.principal.tenantId, accountId, String(done), String(last), PAGE_SIZE];
    const { rows } = await ctx.db.pool.query<LineRow>(PAGE, values);
    const reached = done + BigInt(rows.length);
    if (rows.length === 0 || BigInt(rows.at(-1)?.sequence ?? 0) !== reached) {
      throw new Error(`Entries ${done + 1n} to ${reached} of account ${accountId} are not all there.`);
    }
    yield rows.map((row) => toLine(ctx, row));
    done = reached;
  }
}

function toLine(ctx: Context, row: LineRow): StatementLine {
  const view = toTransaction(ctx, row);
  const original =
    row.reversal_of === null || row.original_operation === null
      ? null
      : { id: row.reversal_of, operation: row.original_operation, reference: row.original_reference };
  return {
    ...view,
    part: partOf({ feeMinor: BigInt(row.fee_minor), taxMinor: BigInt(row.tax_minor) }, row.leg),
    otherNumber: row.other_number,
    sourceId: sourceIdOf(
      { kind: row.kind as JournalKind, operation: row.operation, reference: row.reference },
      row.leg,
      original,
    ),
    businessAtMs: row.business_at_ms === null ? view.postedAtMs : Number(row.business_at_ms),
  };
}
