import { ledgerAnswer } from '@/server/kernel/answer-slot';
import type { Context } from '@/server/kernel/context';
import { PAID_PRIORITY } from '@/server/ledger/core/lots';
import type { Outcome } from '@/server/ledger/core/types';
import { type PostingResult, postingResult } from './debit-wallet';
import { originOf } from './origin';

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
  const outcome = await ctx.ledger.submit(
    {
      kind: 'credit',
      accountType: 'CUSTOMER_WALLET',
      tenantId: ctx.principal.tenantId,
      id: ctx.ledger.nextId(),
      origin: originOf(ctx),
      accountId: input.walletId,
      amountMinor: input.amountMinor,
      currency: input.currency ?? null,
      from: 'PROMOTION_EXPENSE',
      expiresAtMs: input.expiresAtMs ?? null,
      priority: input.priority ?? PAID_PRIORITY,
      service: null,
      reference: input.reference,
      description: input.description,
      metadata: input.metadata,
      businessAtMs: null,
    },
    ledgerAnswer(ctx, toResult),
  );
  return toResult(outcome);
}
