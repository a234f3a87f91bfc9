import type { Context } from '@/server/kernel/context';
import type { WalletView } from './read';
import { type StatusInput, setStatus } from './set-status';

/** Lets money out again. Unfreezing an active wallet changes nothing. */
export function unfreezeWallet(ctx: Context, input: StatusInput): Promise<WalletView> {
  return setStatus(ctx, input, 'active');
}
