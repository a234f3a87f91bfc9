import { z } from 'zod';
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

const AMOUNT_RULE = `must be a whole number of minor units from 1 to ${AMOUNT_MAX} (500 is GH₵5.00)`;

/** An amount of the `/v1` family. */
export const amountSchema = z
  .number(AMOUNT_RULE)
  .refine((amount) => Number.isSafeInteger(amount) && amount >= 1, AMOUNT_RULE)
  .meta({
    description: 'Amount in the currency’s minor unit: 500 is GH₵5.00.',
    type: 'integer',
    minimum: 1,
    maximum: AMOUNT_MAX,
    example: 500,
  });

const SIGNED_AMOUNT_RULE =
  'must be a whole number of minor units, not 0: negative takes money out, positive puts money in (-500 takes GH₵5.00)';

/** The signed amount of `POST /v1/wallets/{id}/transactions`. */
export const signedAmountSchema = z
  .number(SIGNED_AMOUNT_RULE)
  .refine((amount) => Number.isSafeInteger(amount) && amount !== 0, SIGNED_AMOUNT_RULE)
  .meta({
    description: 'Signed amount in minor units: negative takes money out, positive puts money in.',
    type: 'integer',
    minimum: -AMOUNT_MAX,
    maximum: AMOUNT_MAX,
    example: -500,
  });

const CURRENCY_RULE = 'must be an ISO 4217 code of three capital letters, such as GHS';

export const currencySchema = z
  .string(CURRENCY_RULE)
  .refine(isCurrency, CURRENCY_RULE)
  .meta({ description: 'ISO 4217 code.', pattern: '^[A-Z]{3}$', example: 'GHS' });

function splitMinor(absoluteMinor: bigint, exponent: number): [whole: string, fraction: string] {
  const digits = String(absoluteMinor).padStart(exponent + 1, '0');
  const point = digits.length - exponent;
  return [digits.slice(0, point), digits.slice(point)];
}

function groupThousands(whole: string): string {
  return whole.length <= 3 ? whole : whole.replace(/\B(?=(?:[0-9]{3})+$)/g, ',');
}
