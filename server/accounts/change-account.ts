import { actOn, requireActive } from '@/server/clients/act-on';
import type { Context } from '@/server/kernel/context';
import { originOf } from '@/server/kernel/origin';
import type { AccountStatus, AccountWords } from '@/server/ledger/core/types';
import { accountWords, problemOf } from '@/server/wallets/refusal';
import type { AccountRef } from './directory';
import { type AccountView, readAccount } from './read';

/** What is undefined stays as it is. */
export interface AccountChanges {
  readonly name?: string | undefined;
  readonly status?: AccountStatus | undefined;
  readonly statusDescription?: string | null | undefined;
  readonly minimumBalanceMinor?: bigint | undefined;
  readonly canOverdraw?: boolean | undefined;
  readonly reason: string | null;
}

/**
 * Changes an account, wallets too: all that was asked for in one command of the ledger, or nothing.
 * @throws Problem account_closed, account_is_system, balance_not_zero, balance_negative, holds_active,
 *   minimum_balance_not_met, client_inactive
 */
export async function changeAccount(ctx: Context, account: AccountRef, changes: AccountChanges): Promise<AccountView> {
  const acting = actOn(ctx, account.books);
  // Closing a wallet moves what is left in it.
  if (changes.status === 'closed') requireActive(account.books);
  const before = await readAccount(acting, account.id);
  const words = newWords(before, changes);
  const { status = null, minimumBalanceMinor = null, canOverdraw = null } = changes;
  if (words === null && status === null && minimumBalanceMinor === null && canOverdraw === null) return before;
  const outcome = await acting.ledger.submit({
    kind: 'change_account',
    tenantId: acting.principal.tenantId,
    id: acting.ledger.nextId(),
    origin: originOf(acting),
    accountId: account.id,
    status,
    minimumBalanceMinor,
    canOverdraw,
    mayEndInactive: true,
    words,
    reason: changes.reason,
  });
  if (!outcome.ok) throw problemOf(outcome.refusal, accountWords(new Map([[account.id, account.number]])));
  return readAccount(acting, account.id);
}

/** What people wrote anew; null when it is what stands there already. */
function newWords(before: AccountView, { name, statusDescription }: AccountChanges): AccountWords | null {
  const words = {
    ...(name !== undefined && name !== before.name && { name }),
    ...(statusDescription !== undefined && statusDescription !== before.statusDescription && { statusDescription }),
  };
  return Object.keys(words).length === 0 ? null : words;
}
