import { formatId } from '@/contracts/ids';
import { ledgerAnswer } from '@/server/kernel/answer-slot';
import type { Context } from '@/server/kernel/context';
import { originOf } from '@/server/kernel/origin';
import type { DebitCommand, Outcome, ServiceVersion } from '@/server/ledger/core/types';
import { entryId } from '@/server/ledger/ids';
import { byHand } from './by-hand';
import { problemOf } from './refusal';
import { type TransactionView, viewOfPosted } from './transaction-view';

export interface DebitInput {
  readonly walletId: string;
  readonly amountMinor: bigint;
  readonly description: string;
  readonly reference: string | null;
  /** JSON text, stored and hashed as it is; null when absent. */
  readonly metadata: string | null;
  /** When given it must be the wallet's. */
  readonly currency?: string | null;
  readonly operation?: 'debit' | 'drawdown';
  /** Whose fees, limits and caps apply; none where there is none. */
  readonly service?: ServiceVersion | null;
}

export interface PostingResult {
  readonly transaction: TransactionView;
  /** The reference was there before: this is the first answer again. */
  readonly replayed: boolean;
}

/**
 * Takes money from a wallet, lots first in their order. The hot path: one submission, no other trip.
 * @throws Problem insufficient_funds, wallet_frozen, wallet_closed, resource_missing, reference_conflict …
 */
export async function debitWallet(ctx: Context, input: DebitInput): Promise<PostingResult> {
  const livemode = ctx.principal.mode === 'live';
  const toResult = (outcome: Outcome): PostingResult => postingResult(outcome, livemode);
  const outcome = await ctx.ledger.submit(debitCommand(ctx, input), ledgerAnswer(ctx, toResult));
  return toResult(outcome);
}

export function debitCommand(ctx: Context, input: DebitInput): DebitCommand {
  const id = ctx.ledger.nextId();
  return {
    kind: 'debit',
    accountType: 'CUSTOMER_WALLET',
    tenantId: ctx.principal.tenantId,
    id,
    ...byHand(ctx, 'transaction.debited', () => ({ objectId: entryId(id, 1), facts: movedFacts(input) })),
    origin: originOf(ctx),
    accountId: input.walletId,
    amountMinor: input.amountMinor,
    currency: input.currency ?? null,
    to: 'AVAILABLE_COLLECTIONS',
    operation: input.operation ?? 'debit',
    service: input.service ?? null,
    reference: input.reference,
    description: input.description,
    metadata: input.metadata,
    businessAtMs: null,
  };
}

/** What the audit log says of money that a person moved. */
export function movedFacts(input: {
  readonly walletId: string;
  readonly amountMinor: bigint;
  readonly reference: string | null;
  readonly description: string | null;
}) {
  return {
    wallet_id: formatId('wallet', input.walletId),
    amount_minor: String(input.amountMinor),
    reference: input.reference,
    description: input.description,
  };
}

/** What a debit or credit answers with, from the outcome alone. */
export function postingResult(outcome: Outcome, livemode: boolean): PostingResult {
  if (!outcome.ok) throw problemOf(outcome.refusal);
  if (outcome.posted === null) throw new Error('A debit or credit that succeeded has a journal.');
  return { transaction: viewOfPosted(outcome.posted, livemode), replayed: outcome.replayed };
}
