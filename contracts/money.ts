import { EXPONENTS, SIGNS } from './currencies';

/**
 * Amounts are bigint minor units inside and never a binary float in between (spec decision 8). `/v1` speaks integers of
 * minor units, `/api/v1` decimals of major units.
 */

/** Largest amount of the `/v1` family: 2^53 − 1, the largest integer every JSON reader keeps exact. */
export const AMOUNT_MAX = 9_007_199_254_740_991;

export function isCurrency(code: string): boolean {
  return EXPONENTS.has(code);
}

/** Digits after the point. @throws RangeError for a code that is not in ISO 4217. */
export function exponentOf(currency: string): number {
  const exponent = EXPONENTS.get(currency);
  if (exponent === undefined) throw new RangeError(`${currency} is not an active ISO 4217 currency.`);
  return exponent;
}

/** `GH₵1,500.00`: the currency's own sign, thousands grouped, a minus before everything (spec decision 9). */
export function formatMinor(amountMinor: bigint, currency: string): string {
  const negative = amountMinor < 0n;
  const [whole, fraction] = splitMinor(negative ? -amountMinor : amountMinor, exponentOf(currency));
  const point = fraction === '' ? '' : `.${fraction}`;
  return `${negative ? '-' : ''}${SIGNS.get(currency) ?? `${currency} `}${groupThousands(whole)}${point}`;
}

/** Plain major units, `1500.00` or `1500`: for decimals on the wire. */
export function formatMajor(amountMinor: bigint, currency: string): string {
  const negative = amountMinor < 0n;
  const [whole, fraction] = splitMinor(negative ? -amountMinor : amountMinor, exponentOf(currency));
  return `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Major units with four decimals, `1500.0000`, as `/api/v1` writes every amount. */
export function formatMajor4(amountMinor: bigint, currency: string): string {
  const negative = amountMinor < 0n;
  const [whole, fraction] = splitMinor(negative ? -amountMinor : amountMinor, exponentOf(currency));
  return `${negative ? '-' : ''}${whole}.${fraction.padEnd(4, '0')}`;
}

export type MajorProblem = 'malformed' | 'too_fine' | 'too_large';

/**
 * Major-unit decimal text to minor units. Finer than the minor unit is refused, never rounded; trailing zeros are not
 * finer. No exponent notation, no sign but a minus, no grouping.
 */
export function parseMajor(
  text: string,
  currency: string,
): { ok: true; amountMinor: bigint } | { ok: false; problem: MajorProblem } {
  const match = /^(-?)([0-9]{1,40})(?:\.([0-9]{1,40}))?$/.exec(text);
  if (match === null) return { ok: false, problem: 'malformed' };
  const [, sign, whole = '', fraction = ''] = match;
  const exponent = exponentOf(currency);
  const significant = fraction.replace(/0+$/, '');
  if (significant.length > exponent) return { ok: false, problem: 'too_fine' };
  const amountMinor = BigInt(whole + significant.padEnd(exponent, '0'));
  if (amountMinor > BigInt(AMOUNT_MAX)) return { ok: false, problem: 'too_large' };
  return { ok: true, amountMinor: sign === '-' ? -amountMinor : amountMinor };
}

function splitMinor(absoluteMinor: bigint, exponent: number): [whole: string, fraction: string] {
  const digits = String(absoluteMinor).padStart(exponent + 1, '0');
  const point = digits.length - exponent;
  return [digits.slice(0, point), digits.slice(point)];
}

function groupThousands(whole: string): string {
  return whole.length <= 3 ? whole : whole.replace(/\B(?=(?:[0-9]{3})+$)/g, ',');
}
