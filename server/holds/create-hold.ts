import { HOLD_DAYS_DEFAULT, HOLD_DAYS_MAX } from '@/contracts/holds';
import { ledgerAnswer } from '@/server/kernel/answer-slot';
import type { Context } from '@/server/kernel/context';
import { originOf } from '@/server/kernel/origin';
import { Problem } from '@/server/kernel/problem';
import type { Outcome } from '@/server/ledger/core/types';
import { byHand } from '@/server/wallets/by-hand';
import { movedFacts } from '@/server/wallets/debit-wallet';
import { readWallet, type WalletView } from '@/server/wallets/read';
import { problemOf } from '@/server/wallets/refusal';
import { type HoldView, readHoldByReference } from './read';

export interface CreateHoldInput {
  readonly walletId: string;
  readonly amountMinor: bigint;
  readonly currency: string | null;
  readonly description: string | null;
  readonly reference: string | null;
  /** JSON text. */
  readonly metadata: string | null;
  /** Null takes the default. */
  readonly expiresAtMs: number | null;
}

export interface HoldResult {
  readonly hold: HoldView;
  readonly replayed: boolean;
}

const DAY_MS = 86_400_000;

/**
 * Sets an amount aside until it is captured, voided or expires, and pins the lots it would use.
 * @throws Problem insufficient_funds, wallet_frozen, wallet_closed, expires_at_past, reference_conflict …
 */
export async function createHold(ctx: Context, input: CreateHoldInput): Promise<HoldResult> {
  // Read first: the database's clock for the default expiry, and what a repeated reference should answer with.
  const wallet = await readWallet(ctx, input.walletId);
  const earlier = input.reference === null ? null : await readHoldByReference(ctx, wallet.id, input.reference);
  const expiresAtMs = input.expiresAtMs ?? wallet.asOfMs + HOLD_DAYS_DEFAULT * DAY_MS;
  if (expiresAtMs > wallet.asOfMs + HOLD_DAYS_MAX * DAY_MS) {
    const message = `A hold lasts ${HOLD_DAYS_MAX} days at most.`;
    throw new Problem('parameter_invalid', message, { param: 'expires_at' });
  }
  const toResult = (outcome: Outcome): HoldResult => holdResult(outcome, input, wallet, earlier);
  const id = ctx.ledger.nextId();
  const outcome = await ctx.ledger.submit(
    {
      kind: 'hold',
      accountType: 'CUSTOMER_WALLET',
      tenantId: ctx.principal.tenantId,
      id,
      ...byHand(ctx, 'hold.created', () => ({ objectId: id, facts: movedFacts(input) })),
      origin: originOf(ctx),
      accountId: wallet.id,
      amountMinor: input.amountMinor,
      currency: input.currency,
      expiresAtMs,
      reference: input.reference,
      description: input.description,
      metadata: input.metadata,
      businessAtMs: null,
    },
    ledgerAnswer(ctx, toResult),
  );
  return toResult(outcome);
}

/** The ledger keeps what it decides by; the words beside it are the request's, or those of the first one. */
function holdResult(
  outcome: Outcome,
  input: CreateHoldInput,
  wallet: WalletView,
  earlier: HoldView | null,
): HoldResult {
  if (!outcome.ok) throw problemOf(outcome.refusal);
  const { hold, replayed } = outcome;
  if (hold === null) throw new Error('A hold that succeeded is in its outcome.');
  const words = replayed && earlier !== null ? earlier : input;
  return {
    replayed,
    hold: {
      id: hold.id,
      walletId: hold.accountId,
      currency: wallet.currency,
      amountMinor: hold.amountMinor,
      capturedMinor: hold.capturedMinor,
      status: hold.status,
      reference: hold.reference,
      description: words.description,
      metadata: words.metadata,
      expiresAtMs: hold.expiresAtMs,
      createdAtMs: hold.createdAtMs,
      livemode: wallet.livemode,
    },
  };
}
