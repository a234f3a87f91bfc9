import type { Context } from '@/server/kernel/context';
import { findJournal, type TransactionId } from '@/server/transactions/find-journal';
import { reverseTransaction } from '@/server/transactions/reverse-transaction';
import type { PostingResult } from './debit-wallet';
import { transactionNotFound } from './read-transactions';
import { WALLET_WORDS } from './refusal';
import { viewOfPosted } from './transaction-view';

export interface WalletReversalInput {
  readonly id: TransactionId;
  readonly reason: string | null;
  /** The original's when null. */
  readonly description: string | null;
  readonly metadata: string | null;
}

/**
 * A reversal as `/v1` asks for it: of a transaction on one of the tenant's wallets, shown on that wallet.
 * @throws Problem resource_missing, already_reversed, not_reversible, insufficient_funds …
 */
export async function reverseWalletTransaction(ctx: Context, input: WalletReversalInput): Promise<PostingResult> {
  // `/v1` acts on the books it is on, and looks for nothing in others.
  const here: Context = { ...ctx, principal: { ...ctx.principal, actsOnClient: true } };
  const found = await findJournal(here, input.id);
  const { journal, entries } = found.original;
  const accountId = entries[input.id.leg - 1]?.accountId;
  if (accountId === undefined || found.types.get(accountId) !== 'CUSTOMER_WALLET') return transactionNotFound();
  return reverseTransaction(
    here,
    found,
    {
      reason: input.reason,
      businessAtMs: null,
      description: input.description ?? journal.description,
      metadata: input.metadata,
      refusalWords: WALLET_WORDS,
    },
    ({ posted, livemode }) => ({ transaction: viewOfPosted(posted, livemode, input.id.leg), replayed: false }),
  );
}
