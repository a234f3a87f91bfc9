import type { Context } from '@/server/kernel/context';
import type { WalletView } from './read';
import { type StatusInput, setStatus } from './set-status';

/**
 * Closes for good: open lots are forfeited to promotion expense, the paid remainder is owed to the customer.
 * @throws Problem holds_active, balance_negative, wallet_closed
 */
export function closeWallet(ctx: Context, input: StatusInput): Promise<WalletView> {
  return setStatus(ctx, input, 'closed');
}
