import { recordChange } from '@/server/audit/record-change';
import { actOn, booksOfClient } from '@/server/clients/act-on';
import type { Context } from '@/server/kernel/context';
import { sqlNow } from '@/server/kernel/sql-time';
import { inTransaction } from '@/server/kernel/transaction';
import { openAccount } from '@/server/ledger/open-account';
import { type AccountTypeCode, type AccountView, readAccount } from './read';

export interface CreateAccountInput {
  readonly clientCode: string;
  readonly type: Exclude<AccountTypeCode, 'CUSTOMER_WALLET'>;
  readonly name: string;
  readonly currency: string;
  readonly minimumBalanceMinor: bigint;
  readonly canOverdraw: boolean;
  readonly status: 'active' | 'inactive';
  readonly statusDescription: string | null;
}

/**
 * Opens an account of a client's own. It is one more of its type: those that the system makes on the first use of a
 * currency stay the ones it posts to.
 * @throws Problem resource_missing: no such client, or not the caller's
 */
export async function createAccount(ctx: Context, input: CreateAccountInput): Promise<AccountView> {
  const acting = actOn(ctx, await booksOfClient(ctx, input.clientCode));
  const { tenantId } = acting.principal;
  const nowMs = acting.clock.fixedMs();
  return inTransaction(acting, async (tx) => {
    const nextId = (): string => acting.ledger.nextId();
    const { type, currency, minimumBalanceMinor, canOverdraw, status } = input;
    const { accountId } = await openAccount(
      tx,
      { tenantId, id: nextId(), type, currency, minimumBalanceMinor, canOverdraw, status, nowMs },
      nextId,
    );
    await tx.query(
      `insert into account_profiles (tenant_id, account_id, name, description, updated_at)
       values ($1, $3, $4, $5, ${sqlNow(2)})`,
      [tenantId, nowMs, accountId, input.name, input.statusDescription],
    );
    const account = await readAccount(acting, accountId, tx);
    await recordChange(acting, tx, {
      action: 'account.created',
      objectId: accountId,
      before: null,
      after: JSON.stringify({
        number: account.number,
        type,
        currency,
        account_name: input.name,
        status_description: input.statusDescription,
        status,
        minimum_balance_minor: String(minimumBalanceMinor),
        can_overdraw: canOverdraw,
        // As in the rows of later changes: from which entry on this held.
        sequence: 0,
        version: 0,
        order: 0,
      }),
    });
    return account;
  });
}
