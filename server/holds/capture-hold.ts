import { formatEntryId } from '@/contracts/ids';
import { ledgerAnswer } from '@/server/kernel/answer-slot';
import type { Context } from '@/server/kernel/context';
import { originOf } from '@/server/kernel/origin';
import type { Outcome } from '@/server/ledger/core/types';
import { byHand } from '@/server/wallets/by-hand';
import { problemOf } from '@/server/wallets/refusal';
import { type TransactionView, viewOfPosted } from '@/server/wallets/transaction-view';
import { type HoldView, readHold } from './read';

export interface CaptureHoldInput {
  readonly holdId: string;
  /** Null captures the whole hold; a part releases the rest. */
  readonly amountMinor: bigint | null;
  /** The hold's own where null. */
  readonly description: string | null;
  /** JSON text; the hold's own where null. */
  readonly metadata: string | null;
}

export interface CaptureResult {
  readonly hold: HoldView;
  readonly transaction: TransactionView;
  readonly replayed: boolean;
}

/**
 * Turns a hold, or the first part of it, into a debit of exactly what it pinned. One capture a hold: asking for the same
 * amount again is answered with the first.
 * @throws Problem resource_missing, hold_not_active, capture_exceeds_hold, wallet_frozen
 */
export async function captureHold(ctx: Context, input: CaptureHoldInput): Promise<CaptureResult> {
  const before = await readHold(ctx, input.holdId);
  const toResult = (outcome: Outcome): CaptureResult => {
    if (!outcome.ok) throw problemOf(outcome.refusal);
    if (outcome.posted === null) throw new Error('A capture that succeeded has a journal.');
    return {
      hold: { ...before, status: 'captured', capturedMinor: outcome.posted.journal.amountMinor },
      transaction: viewOfPosted(outcome.posted, before.livemode),
      replayed: outcome.replayed,
    };
  };
  const id = ctx.ledger.nextId();
  const outcome = await ctx.ledger.submit(
    {
      kind: 'capture',
      accountType: 'CUSTOMER_WALLET',
      tenantId: ctx.principal.tenantId,
      id,
      ...byHand(ctx, 'hold.captured', () => ({
        objectId: before.id,
        facts: {
          transaction_id: formatEntryId(id, 1),
          amount_minor: String(input.amountMinor ?? before.amountMinor),
        },
      })),
      origin: originOf(ctx),
      accountId: before.walletId,
      holdId: before.id,
      amountMinor: input.amountMinor,
      reference: null,
      description: input.description ?? before.description,
      metadata: input.metadata ?? before.metadata,
      businessAtMs: null,
    },
    ledgerAnswer(ctx, toResult),
  );
  return toResult(outcome);
}
