import { ledgerAnswer } from '@/server/kernel/answer-slot';
import type { Context } from '@/server/kernel/context';
import { originOf } from '@/server/kernel/origin';
import { PAID_PRIORITY } from '@/server/ledger/core/lots';
import type { CreditCommand, Outcome } from '@/server/ledger/core/types';
import { entryId } from '@/server/ledger/ids';
import { byHand } from './by-hand';
import { movedFacts, type PostingResult, postingResult } from './debit-wallet';

export interface CreditInput {
  readonly walletId: string;
  readonly amountMinor: bigint;
  readonly description: string;
  readonly reference: string | null;
  readonly metadata: string | null;
  readonly currency?: string | null;
  /** Null never expires. */
  readonly expiresAtMs?: number | null;
  /** 0 is spent first. */
  readonly priority?: number;
}

/**
 * Grants promotional money: one lot of the whole amount, paid for by promotion expense.
 * @throws Problem expires_at_past, wallet_closed, resource_missing, reference_conflict …
 */
export async function creditWallet(ctx: Context, input: CreditInput): Promise<PostingResult> {
  const livemode = ctx.principal.mode === 'live';
  const toResult = (outcome: Outcome): PostingResult => postingResult(outcome, livemode);
  const outcome = await ctx.ledger.submit(creditCommand(ctx, input), ledgerAnswer(ctx, toResult));
  return toResult(outcome);
}

export function creditCommand(ctx: Context, input: CreditInput): CreditCommand {
  const id = ctx.ledger.nextId();
  return {
    kind: 'credit',
    accountType: 'CUSTOMER_WALLET',
    tenantId: ctx.principal.tenantId,
    id,
    ...byHand(ctx, 'transaction.credited', () => ({ objectId: entryId(id, 1), facts: movedFacts(input) })),
    origin: originOf(ctx),
    accountId: input.walletId,
    amountMinor: input.amountMinor,
    currency: input.currency ?? null,
    from: 'PROMOTION_EXPENSE',
    operation: 'credit',
    expiresAtMs: input.expiresAtMs ?? null,
    priority: input.priority ?? PAID_PRIORITY,
    service: null,
    reference: input.reference,
    description: input.description,
    metadata: input.metadata,
    businessAtMs: null,
  };
}
