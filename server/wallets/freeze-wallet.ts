import type { Context } from '@/server/kernel/context';
import type { WalletView } from './read';
import { type StatusInput, setStatus } from './set-status';

/** Stops money out: debits, transfers out and holds. Money in is taken still. Freezing twice changes nothing. */
export function freezeWallet(ctx: Context, input: StatusInput): Promise<WalletView> {
  return setStatus(ctx, input, 'frozen');
}
