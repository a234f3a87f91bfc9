import { ledgerAnswer } from '@/server/kernel/answer-slot';
import type { Context } from '@/server/kernel/context';
import { originOf } from '@/server/kernel/origin';
import type { Outcome } from '@/server/ledger/core/types';
import { byHand } from '@/server/wallets/by-hand';
import { problemOf } from '@/server/wallets/refusal';
import { type HoldView, readHold } from './read';

/**
 * Gives a hold back: the money is free again, and what of its lots has expired meanwhile expires now.
 * @throws Problem resource_missing, hold_not_active
 */
export async function voidHold(ctx: Context, input: { readonly holdId: string }): Promise<HoldView> {
  const before = await readHold(ctx, input.holdId);
  const toResult = (outcome: Outcome): HoldView => {
    if (!outcome.ok) throw problemOf(outcome.refusal);
    return { ...before, status: outcome.hold?.status ?? 'voided' };
  };
  const outcome = await ctx.ledger.submit(
    {
      kind: 'void',
      accountType: 'CUSTOMER_WALLET',
      tenantId: ctx.principal.tenantId,
      id: ctx.ledger.nextId(),
      ...byHand(ctx, 'hold.voided', () => ({ objectId: before.id, facts: { status: 'voided' } })),
      origin: originOf(ctx),
      accountId: before.walletId,
      holdId: before.id,
    },
    ledgerAnswer(ctx, toResult),
  );
  return toResult(outcome);
}
