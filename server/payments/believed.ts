import type { REASONS_TO_BELIEVE } from '@/contracts/payments';
import type { Capabilities } from '@/server/providers/provider';
import type { Payment } from './payment-row';

/** An observation, as far as it bears on being believed. */
export interface Heard {
  readonly source: 'initiation' | 'status' | 'callback';
  readonly outcome: string;
  readonly amountMinor: bigint | null;
  readonly currency: string | null;
  readonly phone: string | null;
  readonly isReversed: boolean;
}

export type ReasonToBelieve = (typeof REASONS_TO_BELIEVE)[number];

/**
 * Why the news of a payment's money was believed, in words of the contract: each check that the reducer made and that
 * held. Empty where no news of money came, or a person decided.
 */
export function reasonsToBelieve(
  payment: Pick<Payment, 'chargedMinor' | 'currency' | 'phone'>,
  heard: readonly Heard[],
  trust: Capabilities['callbackTrust'] | null,
): ReasonToBelieve[] {
  const paid = heard.filter(({ outcome, isReversed }) => outcome === 'succeeded' && !isReversed);
  if (paid.length === 0) return [];
  const callback = paid.find(({ source }) => source === 'callback');
  const asked = paid.some(({ source }) => source !== 'callback');
  const said = <T>(value: (one: Heard) => T | null, expected: T | null): boolean =>
    expected !== null &&
    paid.some((one) => value(one) === expected) &&
    paid.every((one) => (value(one) ?? expected) === expected);
  return [
    ...(callback !== undefined && trust === 'signed' ? (['callback_signed'] as const) : []),
    ...(callback !== undefined && trust !== 'signed' ? (['callback_url_secret'] as const) : []),
    ...(said((one) => one.amountMinor, payment.chargedMinor) ? (['amount_agrees'] as const) : []),
    ...(said((one) => one.currency, payment.currency) ? (['currency_agrees'] as const) : []),
    ...(said((one) => one.phone, payment.phone) ? (['phone_agrees'] as const) : []),
    ...(asked ? (['provider_confirmed'] as const) : []),
  ];
}
