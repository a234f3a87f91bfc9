import { z } from 'zod';
import { AMOUNT_MAX, isCurrency } from './money';

/** Amounts and currencies as requests carry them. Apart from `money.ts`, which browsers take without a schema library. */

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
