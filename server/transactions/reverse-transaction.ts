import { formatEntryId } from '@/contracts/ids';
import { moneyEffect } from '@/server/approvals/effect';
import { mayNeedSecondPerson, requireSecondPerson } from '@/server/approvals/second-person';
import { actOn, requireActive } from '@/server/clients/act-on';
import { ledgerAnswer } from '@/server/kernel/answer-slot';
import type { Context } from '@/server/kernel/context';
import { originOf } from '@/server/kernel/origin';
import type { Outcome, PostedJournal, ReverseCommand } from '@/server/ledger/core/types';
import { entryId } from '@/server/ledger/ids';
import { problemOf, type RefusalWords } from '@/server/wallets/refusal';
import type { FoundJournal } from './find-journal';

export interface ReversalInput {
  /** For the audit log. */
  readonly reason: string | null;
  readonly businessAtMs: number | null;
  readonly description: string | null;
  readonly metadata: string | null;
  /** How a refusal is worded. */
  readonly refusalWords: RefusalWords;
}

export interface Reversal {
  readonly posted: PostedJournal;
  readonly found: FoundJournal;
  readonly livemode: boolean;
}

/**
 * Undoes a transaction: whole, once, fees as the original's service version says; lots get back what they gave. The
 * reason goes into the audit log with it.
 * @param resultOf what the operation renders. Pure: it may run inside the batch, for an Idempotency-Key's answer
 * @throws Problem already_reversed, not_reversible, insufficient_funds, client_inactive …
 */
export async function reverseTransaction<R>(
  ctx: Context,
  found: FoundJournal,
  input: ReversalInput,
  resultOf: (reversal: Reversal) => R,
): Promise<R> {
  requireActive(found.books);
  const on = actOn(ctx, found.books);
  const { original } = found;
  const livemode = on.principal.mode === 'live';
  const toResult = (outcome: Outcome): R => {
    if (!outcome.ok) throw problemOf(outcome.refusal, input.refusalWords);
    if (outcome.posted === null) throw new Error('A reversal that succeeded has a journal.');
    return resultOf({ posted: outcome.posted, found, livemode });
  };
  const id = ctx.ledger.nextId();
  const command: ReverseCommand = {
    kind: 'reverse',
    tenantId: found.books.tenantId,
    id,
    origin: originOf(on),
    original,
    refundFees: found.refundsFees,
    reference: null,
    description: input.description,
    metadata: input.metadata,
    businessAtMs: input.businessAtMs,
    audit: {
      action: 'transaction.reversed',
      objectId: entryId(original.journal.id, 1),
      reason: input.reason,
      before: null,
      after: JSON.stringify({ reversal: entryId(id, 1), fees_refunded: found.refundsFees }),
    },
  };
  if (mayNeedSecondPerson(on)) await requireSecondPersonForReversal(on, command, found, input);
  return toResult(await ctx.ledger.submit(command, ledgerAnswer(on, toResult)));
}

/** @throws SecondPersonNeeded, or what the reversal would be refused with */
async function requireSecondPersonForReversal(
  on: Context,
  command: ReverseCommand,
  { original: { journal }, leg, refundsFees }: FoundJournal,
  { reason, refusalWords }: ReversalInput,
): Promise<void> {
  const { amountMinor, currency, description, reference } = journal;
  const target = { type: 'transaction', id: formatEntryId(journal.id, leg) };
  await requireSecondPerson(on, { verb: 'reversal', amountMinor, currency, reason, target }, () =>
    moneyEffect(on, command, (refusal) => problemOf(refusal, refusalWords), {
      before: { reversed: false, kind: journal.kind, description, reference },
      after: { reversed: true, kind: journal.kind, description, reference, fees_refunded: refundsFees },
    }),
  );
}
