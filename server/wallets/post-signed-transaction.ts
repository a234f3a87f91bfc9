import type { Context } from '@/server/kernel/context';
import { creditWallet } from './credit-wallet';
import { debitWallet, type PostingResult } from './debit-wallet';

export interface SignedTransactionInput {
  readonly walletId: string;
  /** Negative draws down, positive credits; never zero. */
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly description: string;
  readonly reference: string | null;
  readonly metadata: string | null;
}

/** The product page's one call for both directions (spec decision 12). */
export function postSignedTransaction(ctx: Context, input: SignedTransactionInput): Promise<PostingResult> {
  if (input.amountMinor < 0n) {
    return debitWallet(ctx, { ...input, amountMinor: -input.amountMinor, operation: 'drawdown' });
  }
  return creditWallet(ctx, input);
}
