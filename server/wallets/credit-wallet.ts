import { formatId } from '@/contracts/ids';
import { moneyEffect } from '@/server/approvals/effect';
import { mayNeedSecondPerson, requireSecondPerson } from '@/server/approvals/second-person';
import { ledgerAnswer } from '@/server/kernel/answer-slot';
import type { Context } from '@/server/kernel/context';
import { originOf } from '@/server/kernel/origin';
import { PAID_PRIORITY } from '@/server/ledger/core/lots';
import type { CreditCommand, Outcome } from '@/server/ledger/core/types';
import { entryId } from '@/server/ledger/ids';
import { byHand } from './by-hand';
import { movedFacts, type PostingResult, postingResult } from './debit-wallet';
import { readWallet } from './read';
import { problemOf } from './refusal';

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
  const command = creditCommand(ctx, input);
  if (mayNeedSecondPerson(ctx)) await requireSecondPersonForCredit(ctx, command, input);
  const outcome = await ctx.ledger.submit(command, ledgerAnswer(ctx, toResult));
  return toResult(outcome);
}

/** @throws SecondPersonNeeded, or what the credit would be refused with */
async function requireSecondPersonForCredit(ctx: Context, command: CreditCommand, input: CreditInput): Promise<void> {
  const { currency } = await readWallet(ctx, input.walletId);
  const { amountMinor, description } = input;
  const target = { type: 'wallet', id: formatId('wallet', input.walletId) };
  await requireSecondPerson(ctx, { verb: 'credit', amountMinor, currency, reason: description, target }, () =>
    moneyEffect(ctx, command, (refusal) => problemOf(refusal), {
      before: null,
      after: {
        description,
        reference: input.reference,
        expires_at: command.expiresAtMs === null ? null : new Date(command.expiresAtMs).toISOString(),
        priority: command.priority,
      },
    }),
  );
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
