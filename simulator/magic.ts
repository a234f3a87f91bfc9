import { exponentOf } from '@/contracts/money';
import { DECISIONS, type Decision, type Plan } from './plan';

/** MTN's sandbox numbers, as its documentation gives them. Other numbers are phones that somebody answers. */
const MTN_NUMBERS: Readonly<Record<string, Plan>> = {
  '46733123450': { outcome: 'not_performed' },
  '46733123451': { outcome: 'decline' },
  '46733123452': { outcome: 'expire' },
  '46733123453': { outcome: 'pending' },
  '46733123454': { outcome: 'approve', delayMs: 30_000 },
  '46733123455': { outcome: 'payer_not_found' },
  '46733123456': { outcome: 'payee_not_allowed' },
  '46733123457': { outcome: 'not_allowed' },
  '46733123458': { outcome: 'wrong_environment' },
  '46733123459': { outcome: 'wrong_callback_host' },
  '46733123460': { outcome: 'wrong_currency' },
  '46733123461': { outcome: 'internal_error' },
  '46733123462': { outcome: 'unavailable' },
  '46733123463': { outcome: 'not_performed' },
};

/** Amounts that end in 404 and two digits: GHS 404.01, or 40 401 where only whole units go. Rare where people pay. */
export const MAGIC_AMOUNTS: readonly (readonly [ending: string, plan: Plan, says: string])[] = [
  ['00', { outcome: 'approve' }, 'approved at once'],
  ['01', { outcome: 'wrong_pin' }, 'wrong PIN'],
  ['02', { outcome: 'insufficient_funds' }, 'not enough funds'],
  ['03', { outcome: 'decline' }, 'declined by the payer'],
  ['04', { outcome: 'expire' }, 'ran out of time, at once'],
  ['05', { outcome: 'unreachable' }, 'phone not reached'],
  ['06', { outcome: 'limit_reached' }, 'over the payer’s limit'],
  ['07', { outcome: 'payer_not_found' }, 'no such account'],
  ['08', { outcome: 'internal_error' }, 'the provider’s own error'],
  ['09', { outcome: 'pending' }, 'pending for ever'],
  ['10', { outcome: 'approve', delayMs: 5_000 }, 'approved after 5 seconds'],
  ['11', { outcome: 'approve', callbacks: 3 }, 'approved, three callbacks at once'],
  ['12', { outcome: 'approve', callbacks: 0 }, 'approved, no callback'],
  ['13', { outcome: 'expire', lateSuccessMs: 60_000 }, 'ran out of time, paid a minute later'],
  ['14', { outcome: 'approve', reverseAfterMs: 60_000 }, 'approved, taken back a minute later'],
];

export function planOfNumber(provider: string, phone: string | null): Plan {
  return (provider === 'mtn-momo' && phone !== null && MTN_NUMBERS[phone]) || {};
}

export function planOfAmount(amountMinor: bigint, currency: string, wholeUnits: boolean): Plan {
  const counted = wholeUnits ? amountMinor / 10n ** BigInt(exponentOf(currency)) : amountMinor;
  const match = /404([0-9]{2})$/.exec(String(counted));
  return MAGIC_AMOUNTS.find(([ending]) => ending === match?.[1])?.[1] ?? {};
}

/** `X-Simulator-Outcome: decline`, for whoever calls a provider's path by hand. */
export function planOfHeader(value: string | undefined): Plan {
  const outcome = DECISIONS.find((decision): decision is Decision => decision === value?.trim());
  return outcome === undefined ? {} : { outcome };
}
