import { z } from 'zod';
import { AMOUNT_MAX, exponentOf, formatMajor, parseMajor } from '@/contracts/money';
import { Problem } from '@/server/kernel/problem';

/** A decimal of so many significant digits goes through a double and comes out as it was; of more it may not. */
const EXACT_DIGITS = 15;
const TEXT_DIGITS_MAX = 40;

const RULE =
  'must be an amount in major units, 0 or more, as a JSON number or as a decimal string without sign, exponent or grouping, such as "100.50"';
const INEXACT = `has more digits than a JSON number keeps exactly (${EXACT_DIGITS}): send it as a string`;

/** As `/api/v1` takes amounts: a JSON number or a string in major units. Parsed to plain decimal text, never to a float. */
export const majorAmountSchema = z
  .union([z.number(), z.string().max(TEXT_DIGITS_MAX + 1)], RULE)
  .transform((given, context) => {
    const text = typeof given === 'number' ? textOf(given) : given;
    if (text !== null && /^[0-9]+(?:\.[0-9]+)?$/.test(text)) return canonical(text);
    const tooFine = typeof given === 'number' && Number.isFinite(given) && given > 0;
    context.issues.push({ code: 'custom', message: tooFine ? INEXACT : RULE, input: given });
    return z.NEVER;
  })
  .meta({
    description:
      'In major units (100.5 is KSh 100.50), as a number or a string. Finer than the currency’s minor unit is refused, never rounded.',
    example: 100.5,
  });

/** The same, of what moves: not 0. */
export const positiveMajorAmountSchema = majorAmountSchema
  .refine((text) => text !== '0', 'must be more than 0')
  .meta({
    description:
      'More than 0, in major units (100.5 is KSh 100.50), as a number or a string. Finer than the currency’s minor unit is refused, never rounded.',
    example: 100.5,
  });

/**
 * Decimal text to minor units of a currency.
 * @param param the field it came in
 * @throws Problem parameter_invalid: finer than the minor unit, or too large
 */
export function minorOf(text: string, currency: string, param: string): bigint {
  const parsed = parseMajor(text, currency);
  if (parsed.ok) return parsed.amountMinor;
  throw new Problem('parameter_invalid', `\`${param}\` ${WHY[parsed.problem](currency)}.`, { param });
}

const WHY = {
  malformed: () => RULE,
  too_fine: (currency: string) => {
    const digits = exponentOf(currency);
    const rule = digits === 0 ? 'no decimals' : `${digits} decimals at the most`;
    return `is finer than the minor unit of ${currency}, which has ${rule}`;
  },
  too_large: (currency: string) => `must be at most ${formatMajor(BigInt(AMOUNT_MAX), currency)} ${currency}`,
} as const;

/** The digits a JSON number was written with, or null where a double may have changed them. */
function textOf(given: number): string | null {
  if (!Number.isFinite(given) || given < 0) return null;
  const text = String(given);
  const significant = text.replace('.', '').replace(/^0+/, '').replace(/0+$/, '');
  return text.includes('e') || significant.length > EXACT_DIGITS || given > Number.MAX_SAFE_INTEGER ? null : text;
}

/** `007.50` and `7.5` are one amount, and one text. */
function canonical(text: string): string {
  const [whole = '', fraction = ''] = text.split('.');
  const digits = fraction.replace(/0+$/, '');
  return `${whole.replace(/^0+(?=[0-9])/, '')}${digits === '' ? '' : `.${digits}`}`;
}
