import type { AccountRef } from '@/server/accounts/directory';
import { Problem } from '@/server/kernel/problem';
import type { AccountType } from '@/server/ledger/core/types';

/** What only the ledger itself posts to, as the other side of something. */
const COUNTER_ACCOUNTS: ReadonlySet<AccountType> = new Set([
  'EXTERNAL_SETTLEMENT',
  'PROMOTION_EXPENSE',
  'PROVIDER_CLEARING',
  'REFUNDS_DUE',
  'SUSPENSE',
]);

/**
 * @param param the field that named it
 * @throws Problem parameter_invalid
 */
export function requireMovable({ type, number }: AccountRef, param: string): void {
  if (!COUNTER_ACCOUNTS.has(type)) return;
  throw new Problem(
    'parameter_invalid',
    `Account ${number} is ${type}: it is the other side of transactions, and none is made on it directly.`,
    { param },
  );
}
