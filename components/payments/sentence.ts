import { formatMinor } from '@/contracts/money';
import { formatDuration } from './duration';
import { byWhich, failureWords, maskPhone, providerName } from './names';
import type { Payment } from './request';

/** A detail page's title: the amount stands out, and a second sentence says where the money is. */
export interface Sentence {
  readonly before: string;
  readonly amount: string;
  readonly after: string;
  readonly more: string;
}

export type Told = Pick<
  Payment,
  | 'status'
  | 'amount'
  | 'amount_charged'
  | 'amount_refunded'
  | 'currency'
  | 'channel'
  | 'provider'
  | 'phone'
  | 'customer_name'
  | 'wallet_id'
  | 'failure_code'
  | 'prompt_expires_at'
  | 'paid_at'
  | 'requested_at'
  | 'stages'
  | 'timeline'
>;

export const MISMATCHES: ReadonlySet<string> = new Set(['amount_mismatch', 'currency_mismatch', 'phone_mismatch']);

/** The name where there is one, else the number. */
export function whoOf({ customer_name, phone }: Pick<Told, 'customer_name' | 'phone'>): string {
  return customer_name ?? (phone === null ? 'Somebody' : maskPhone(phone));
}

/** Whether nobody can say how it went: held for a person, or asked about since its prompt was over. */
export function isUnknown({ status, prompt_expires_at }: Pick<Told, 'status' | 'prompt_expires_at'>, nowMs: number) {
  if (status === 'in_reconciliation') return true;
  return status === 'pending' && prompt_expires_at !== null && Date.parse(prompt_expires_at) < nowMs;
}

export function sentenceOf(payment: Told, nowMs: number): Sentence {
  const { status, currency, channel } = payment;
  const who = whoOf(payment);
  const charged = formatMinor(BigInt(payment.amount_charged), currency);
  const asked = formatMinor(BigInt(payment.amount), currency);
  const provider = providerName(payment.provider);
  const how = byWhich(channel);
  const place = payment.wallet_id === null ? 'your collections' : 'the wallet';
  const back = formatMinor(BigInt(payment.amount_refunded), currency);
  if (isUnknown(payment, nowMs)) return unknown(payment, who, charged, provider, nowMs);
  switch (status) {
    case 'succeeded':
      return {
        before: payment.wallet_id === null ? `${who} paid ` : `${who} topped up `,
        amount: payment.wallet_id === null ? charged : asked,
        after: ` ${how}.`,
        more: `${formatMinor(BigInt(payment.amount), currency)} is in ${place}${tookOf(payment)}.`,
      };
    case 'partially_refunded':
      return { before: `${who} paid `, amount: charged, after: ` ${how}.`, more: `${back} of it was given back.` };
    case 'refunded':
      return { before: `${who} was given back `, amount: back, after: '.', more: `It had been paid ${how}.` };
    case 'reversed':
      return {
        before: `${provider} took back `,
        amount: charged,
        after: ` that ${who} had paid.`,
        more: `It is out of ${place} again.`,
      };
    case 'failed':
      return {
        before: `${who} did not pay `,
        amount: charged,
        after: '.',
        more: `${failureWords(payment.failure_code ?? 'declined')} Nothing was credited.`,
      };
    case 'expired':
      return {
        before: `${who} did not answer in time: `,
        amount: charged,
        after: ' was not paid.',
        more: 'Nothing was credited. A late payment still would be.',
      };
    case 'canceled':
      return {
        before: `${who} was never asked for `,
        amount: charged,
        after: '.',
        more: 'It was called off before anything was sent.',
      };
    case 'pending':
      return {
        before: `${who} is being asked for `,
        amount: charged,
        after: ` ${how}.`,
        more: `Nothing is in ${place} yet.`,
      };
    default:
      return {
        before: `${provider} is being asked to collect `,
        amount: charged,
        after: ` from ${who}.`,
        more: `Nothing is in ${place} yet.`,
      };
  }
}

function unknown(payment: Told, who: string, charged: string, provider: string, nowMs: number): Sentence {
  if (payment.failure_code !== null && MISMATCHES.has(payment.failure_code)) {
    return {
      before: `${who} was asked for `,
      amount: charged,
      after: ', and something else came.',
      more: `${failureWords(payment.failure_code)} What came stands in suspense until a person decides.`,
    };
  }
  const silent = formatAge(nowMs - Date.parse(payment.requested_at));
  return {
    before: `We do not know yet whether ${who} paid `,
    amount: charged,
    after: '.',
    more: `Nothing is in ${payment.wallet_id === null ? 'your collections' : 'the wallet'}. ${provider} has said neither yes nor no for ${silent}.`,
  };
}

/** The step by which a person said how it was; null where nobody had to. */
export function settledOf({ timeline }: Pick<Payment, 'timeline'>): Payment['timeline'][number] | null {
  return timeline.findLast(({ kind, cause }) => kind === 'transition' && cause === 'resolved_by_hand') ?? null;
}

/** By the minute: the page is not rendered anew each second. */
function formatAge(ms: number): string {
  return ms < 60_000 ? 'a moment' : formatDuration(Math.floor(ms / 60_000) * 60_000);
}

/** `, 24.80 s after it was asked for`, by the pieces of its time. */
function tookOf({ stages, requested_at, timeline }: Told): string {
  if (settledOf({ timeline }) !== null) return ', since a person decided so';
  const end = stages.at(-1)?.to;
  if (end === null || end === undefined) return '';
  return `, ${formatDuration(Date.parse(end) - Date.parse(requested_at))} after it was asked for`;
}
