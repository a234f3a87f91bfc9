import { type Party, type PartyRow, partySql, toParty } from '@/server/journals/party';
import type { Context } from '@/server/kernel/context';
import { partOf } from '@/server/transactions/transaction-record';
import { type TransactionRow, toTransaction, transactionSql } from '@/server/wallets/read-transactions';
import type { TransactionView } from '@/server/wallets/transaction-view';
import { type Period, readStatement, type Statement } from './account-statement';

/** An entry of an account with its number and who was on the other side. */
export interface AccountEntry extends TransactionView {
  readonly sequence: string;
  readonly part: 'PRINCIPAL' | 'FEE' | 'TAX';
  readonly other: Party | null;
}

export interface AccountEntries {
  /** The period that the page is of. */
  readonly statement: Statement;
  /** Newest first, up to `limit + 1`: the one over says there is more. */
  readonly entries: readonly AccountEntry[];
}

// Legs come in pairs, 1 and 2, 3 and 4: of leg n the other one is ((n − 1) xor 1) + 1.
const PAGE = `
  select t.*, ${partySql('$1', 'j.leg_accounts[((t.leg - 1) # 1) + 1]')} as other
  from (${transactionSql(`
    select * from entries x
    where x.tenant_id = $1 and x.account_id = $2 and x.sequence > $3 and x.sequence <= $4
    order by x.sequence desc limit $5`)}) t
  cross join lateral (select * from journals x where x.tenant_id = $1 and x.id = t.journal_id limit 1) j
  order by t.sequence desc`;

/**
 * A page of an account’s statement, newest first. Sequences have no gap and never change: pages fit together whatever
 * arrives meanwhile.
 * @param accountId of one of the tenant's accounts
 * @param page.afterSequence last sequence of the page before
 * @throws Problem resource_missing, parameter_invalid
 */
export async function readAccountEntries(
  ctx: Context,
  accountId: string,
  period: Period,
  page: { readonly limit: number; readonly afterSequence: string | null },
): Promise<AccountEntries> {
  const statement = await readStatement(ctx, accountId, period);
  const { openingSequence, closingSequence } = statement;
  const before = page.afterSequence === null ? closingSequence : BigInt(page.afterSequence) - 1n;
  const last = before < closingSequence ? before : closingSequence;
  const values = [ctx.principal.tenantId, accountId, String(openingSequence), String(last), page.limit + 1];
  const { rows } = await ctx.db.pool.query<TransactionRow & { other: PartyRow | null }>(PAGE, values);
  const entries = rows.map(
    (row): AccountEntry => ({
      ...toTransaction(ctx, row),
      sequence: row.sequence,
      part: partOf({ feeMinor: BigInt(row.fee_minor), taxMinor: BigInt(row.tax_minor) }, row.leg),
      other: row.other === null ? null : toParty(row.other),
    }),
  );
  return { statement, entries };
}
