import { formatMinor } from '@/contracts/money';
import { formatDuration } from './duration';
import { failureWords, providerName } from './names';
import type { Payment } from './request';
import { MISMATCHES, whoOf } from './sentence';

export interface WhatIsKnown {
  readonly known: string;
  readonly unknown: string;
  readonly next: string;
}

/** Each question that was put to the provider after its first answer, the newest first. */
export function asksOf({ timeline }: Pick<Payment, 'timeline'>): readonly Payment['timeline'][number][] {
  return timeline.filter(({ kind, source }) => kind === 'observation' && source === 'status').reverse();
}

/**
 * What can be said of a payment whose truth nobody tells, in three sentences: known, not known, next.
 * @param time how a moment is told
 * @param arrived what came in its place, where the books hold it in suspense
 */
export function whatIsKnown(
  payment: Payment,
  {
    nowMs,
    time,
    arrived,
  }: {
    readonly nowMs: number;
    readonly time: (ms: number) => string;
    readonly arrived: { readonly amount: number; readonly currency: string } | null;
  },
): WhatIsKnown {
  const isMismatch = payment.failure_code !== null && MISMATCHES.has(payment.failure_code);
  return {
    known: isMismatch ? cameInstead(payment, arrived) : soFar(payment, time),
    unknown: isMismatch
      ? 'Why it came like this, and so whether to credit it or to send it back.'
      : 'Whether the payer agreed, and so whether money left the account. So it is neither failed nor paid.',
    next: nextOf(payment, nowMs, time),
  };
}

function cameInstead(payment: Payment, arrived: { readonly amount: number; readonly currency: string } | null): string {
  const asked = formatMinor(BigInt(payment.amount_charged), payment.currency);
  const why = failureWords(payment.failure_code ?? '');
  if (arrived === null) return `${why} ${asked} was asked for.`;
  const came = formatMinor(BigInt(arrived.amount), arrived.currency);
  const receipt = payment.receipt === null ? '' : `, receipt ${payment.receipt}`;
  return `${why} ${asked} was asked for, ${came} came${receipt}. It stands in suspense.`;
}

function soFar(payment: Payment, time: (ms: number) => string): string {
  const provider = providerName(payment.provider);
  const taken = payment.stages.find(({ stage }) => stage === 'submitted')?.to ?? null;
  const callbacks = payment.messages.filter(({ direction }) => direction === 'received').length;
  return [
    taken === null
      ? `${provider} did not say that it took the request.`
      : `${provider} took it at ${time(Date.parse(taken))}.`,
    callbacks === 0
      ? 'No callback came.'
      : `${callbacks === 1 ? 'A callback' : `${callbacks} callbacks`} came and settled nothing.`,
    answersOf(payment),
  ].join(' ');
}

function answersOf(payment: Payment): string {
  const asks = asksOf(payment);
  if (asks.length === 0) return 'It was not asked again yet.';
  const answers = new Set(asks.map(answerOf));
  const times = asks.length === 1 ? 'once' : `${asks.length} times`;
  const [only] = answers;
  return answers.size === 1
    ? `Asked ${times}, it says “${only}”${asks.length > 1 ? ' each time' : ''}.`
    : `Asked ${times}, it says different things.`;
}

export function answerOf({ note, outcome, provider_code }: Payment['timeline'][number]): string {
  return note ?? provider_code ?? (outcome === 'pending' ? 'still waiting' : 'nothing that can be read');
}

function nextOf(payment: Payment, nowMs: number, time: (ms: number) => string): string {
  const at = payment.next_ask_at === null ? null : Date.parse(payment.next_ask_at);
  if (at === null) {
    return `${whoOf(payment)} is credited nothing until a person says what it was, with evidence. A provider’s word still settles it at any time.`;
  }
  const wait = at - nowMs;
  const when =
    wait <= 0
      ? 'at any moment'
      : wait < 60_000
        ? 'within a minute'
        : `in ${formatDuration(Math.ceil(wait / 60_000) * 60_000)}`;
  return `Asked again at ${time(at)}, ${when}, and on until a day has passed. Then it goes to a person. A callback settles it at any time.`;
}
