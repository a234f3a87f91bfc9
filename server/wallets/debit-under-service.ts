import type { Context } from '@/server/kernel/context';
import { type DebitInput, debitWallet, type PostingResult } from './debit-wallet';
import { serviceForWallet } from './service-for-wallet';

/** A debit under the fees, limits and caps of a client service. */
export async function debitUnderService(ctx: Context, input: DebitInput, code: string): Promise<PostingResult> {
  return debitWallet(ctx, { ...input, service: await serviceForWallet(ctx, input.walletId, code) });
}
