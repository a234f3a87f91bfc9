import { ledgerAnswer } from '@/server/kernel/answer-slot';
import type { Context } from '@/server/kernel/context';
import type { Outcome } from '@/server/ledger/core/types';
import { problemOf } from './refusal';
import { type TransactionView, viewOfPosted } from './transaction-view';
import { type TransferInput, transferCommand } from './transfer-command';

export interface TransferResult {
  readonly source: TransactionView;
  readonly destination: TransactionView;
  readonly replayed: boolean;
}

/**
 * Moves money between two wallets of one client in one currency.
 * @throws Problem same_wallet, currency_mismatch, insufficient_funds, wallet_frozen, reference_conflict …
 */
export async function transferBetweenWallets(ctx: Context, input: TransferInput): Promise<TransferResult> {
  const livemode = ctx.principal.mode === 'live';
  const toResult = (outcome: Outcome): TransferResult => {
    if (!outcome.ok) throw problemOf(outcome.refusal);
    const { posted, replayed } = outcome;
    if (posted === null) throw new Error('A transfer that succeeded has a journal.');
    return { source: viewOfPosted(posted, livemode, 1), destination: viewOfPosted(posted, livemode, 2), replayed };
  };
  return toResult(await ctx.ledger.submit(transferCommand(ctx, input), ledgerAnswer(ctx, toResult)));
}
