import type { Context } from '@/server/kernel/context';
import { accountWords } from '@/server/wallets/refusal';
import { findJournal, type TransactionId } from './find-journal';
import { type Reversal, type ReversalInput, reverseTransaction } from './reverse-transaction';
import { sourceFactsOf, sourceText } from './source-facts';
import { recordOfPosted } from './transaction-record';
import type { BothLegs } from './transfer-between-accounts';

export interface AccountReversalInput {
  readonly id: TransactionId;
  readonly reason: string | null;
  /** The original's words and data where left out. */
  readonly narration: string | null;
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly businessAtMs: number | null;
}

/** A reversal as `/api/v1` asks for it and shows it: the leg on the original's account, and its counter-leg. */
export async function reverseOnAccounts(ctx: Context, input: AccountReversalInput): Promise<BothLegs> {
  const found = await findJournal(ctx, input.id);
  const { journal } = found.original;
  const request: ReversalInput = {
    reason: input.reason,
    businessAtMs: input.businessAtMs,
    description: input.narration ?? journal.description,
    metadata: sourceText({ source: 'INTERNAL', data: input.data ?? sourceFactsOf(journal).data }),
    refusalWords: accountWords(found.numbers),
  };
  return reverseTransaction(ctx, found, request, bothLegsOf);
}

function bothLegsOf({ posted, found, livemode }: Reversal): BothLegs {
  const { numbers, serviceCode, books, original } = found;
  const facts = { numbers, serviceCode, clientCode: books.clientCode, livemode, original: original.journal };
  return { source: recordOfPosted(posted, 1, facts), destination: recordOfPosted(posted, 2, facts), replayed: false };
}
