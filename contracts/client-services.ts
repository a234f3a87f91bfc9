import { z } from 'zod';
import { currencySchema } from './amount-schemas';
import { objectMeta, timeMeta } from './field-meta';
import { isActiveQuery, isActiveSchema } from './is-active';
import { listQueryShape, listSchema } from './lists';
import { AMOUNT_MAX } from './money';
import { instantSchema, readableText, reasonSchema } from './text';

/**
 * The payload of the document (`lipad-wallet-as-a-service.txt`, “Creating a Client Service”), with fields of ours that a
 * program written against it need not know. Amounts are major units without a currency: a service serves accounts of
 * several. They stay decimal text from here on; a JSON number is read by the digits it was written with.
 */

export const SERVICE_TRANSACTION_TYPES = ['CREDIT', 'DEBIT', 'TRANSFER'] as const;

/** No currency of ISO 4217 has more decimals; a percentage so fine is one part in a million. */
const DECIMALS_MAX = 4;

const RULE = `must be 0 or more, with ${DECIMALS_MAX} decimals at the most, as a number or as decimal text such as "1.50"`;
const LARGE_RULE = `must be at most ${AMOUNT_MAX}`;
const EXACT_RULE = 'has more digits than a JSON number keeps exactly';

/** Plain decimal text, 0 or more. A double that needs an exponent is too fine or too large anyway. */
const decimalSchema = z
  .union([z.number(), z.string().max(40)], RULE)
  .transform((given, context) => {
    const text = String(given);
    const match = /^([0-9]+)(?:\.([0-9]+))?$/.exec(text);
    const fraction = match?.[2]?.replace(/0+$/, '') ?? '';
    if (match === null || fraction.length > DECIMALS_MAX) {
      context.issues.push({ code: 'custom', message: RULE, input: given });
      return z.NEVER;
    }
    const whole = (match[1] ?? '').replace(/^0+(?=[0-9])/, '');
    return fraction === '' ? whole : `${whole}.${fraction}`;
  })
  .refine((text) => BigInt(text.split('.')[0] ?? '0') < BigInt(AMOUNT_MAX), LARGE_RULE)
  // The document shows these as JSON numbers, so only what such a number keeps can come back as it went in.
  .refine((text) => String(Number(text)) === text, EXACT_RULE);

const amountMeta = (description: string, example: number) => ({
  description: `${description} In major units of the account’s currency: 1.5 is KSh 1.50.`,
  type: 'number' as const,
  minimum: 0,
  example,
});

const PERCENTAGE_RULE = 'must be at most 100';
const percentageSchema = decimalSchema.refine((text) => Number(text) <= 100, PERCENTAGE_RULE);

const FEE_TYPE_RULE = 'must be FIXED or PERCENTAGE';

const namesShape = {
  client_service_name: readableText(200).meta({
    description: 'What the service is called.',
    example: 'Payout KES Nairobi',
  }),
  service_code: z
    .string()
    .min(1)
    .max(64)
    .regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without spaces')
    .meta({
      description: 'Your own word for the kind of service. Several services may share one.',
      example: 'CUSTOM_SERVICE',
    }),
};

const rulesShape = {
  has_transaction_fee: z.boolean().meta({
    description: 'Whether it charges a fee. With false nothing is charged, whatever the other fields say.',
    example: true,
  }),
  transaction_fee_type: z
    .enum(['FIXED', 'PERCENTAGE'], FEE_TYPE_RULE)
    .nullish()
    .meta({ description: 'What `transaction_fee` is. Needed when there is a fee.', example: 'FIXED' }),
  transaction_fee: decimalSchema.nullish().meta({
    description:
      'The fee: an amount in major units (FIXED), or percent of the transaction’s amount, 100 at the most (PERCENTAGE). Needed when there is a fee.',
    type: 'number',
    minimum: 0,
    example: 0,
  }),
  minimum_transaction_amount: decimalSchema.meta(amountMeta('The least amount of a transaction.', 1)),
  maximum_transaction_amount: decimalSchema.meta(
    amountMeta('The greatest amount of a transaction. Not less than the minimum.', 100),
  ),
  is_active: isActiveSchema.meta({
    description: 'Whether it takes transactions: 1 or 0; true and false are taken too.',
    example: 1,
  }),
};

const termsShape = { ...namesShape, ...rulesShape };

const optionalShape = {
  transaction_types: z
    .array(z.enum(SERVICE_TRANSACTION_TYPES, 'must be CREDIT, DEBIT or TRANSFER'))
    .min(1)
    .max(SERVICE_TRANSACTION_TYPES.length)
    .refine((types) => new Set(types).size === types.length, 'must name each type once')
    .meta({ description: 'What it allows. Everything when left out.', example: ['CREDIT', 'DEBIT'] }),
  fee_bearer: z.enum(['client', 'customer'], 'must be client or customer').meta({
    description:
      'Who pays the fee: `client`, the account of the transaction; `customer`, the other party. Of a transfer the source account pays either way. `client` when left out.',
    example: 'client',
  }),
  minimum_transaction_fee: decimalSchema.nullable().meta(amountMeta('The least fee. None when left out.', 0.5)),
  maximum_transaction_fee: decimalSchema
    .nullable()
    .meta(amountMeta('The greatest fee, not less than the least. None when left out.', 50)),
  tax_on_fee_percentage: percentageSchema.meta({
    description: 'Tax on the fee, in percent of the fee, charged beside it. None when left out.',
    type: 'number',
    minimum: 0,
    maximum: 100,
    example: 16,
  }),
  daily_cap: decimalSchema
    .nullable()
    .meta(amountMeta('What one account may move under the service in a UTC day. No cap when left out.', 5_000)),
  monthly_cap: decimalSchema
    .nullable()
    .meta(amountMeta('What one account may move under the service in a UTC month. No cap when left out.', 50_000)),
  refund_fees_on_reversal: z.boolean().meta({
    description: 'Whether a reversal gives fee and tax back. It does when left out.',
    example: true,
  }),
};

const effectiveAtMeta = (what: string) => ({
  description: `${what} Not in the past. Now when left out.`,
  format: 'date-time',
  example: '2030-01-01T00:00:00Z',
});

export const createClientServiceBody = z.strictObject({
  client_code: z.string().min(1).max(64).meta({ description: 'Whose service it is.', example: 'LIPNZPMF7O' }),
  ...termsShape,
  ...z.strictObject(optionalShape).partial().shape,
  currency: currencySchema.nullish().meta({
    description:
      'The only currency whose accounts may use it; no amount may then be finer than its minor unit. Every currency when left out.',
    example: 'KES',
  }),
  effective_at: instantSchema.nullish().meta(effectiveAtMeta('When it takes effect; until then it is inactive.')),
});

export const updateClientServiceBody = z
  .strictObject({
    ...z.strictObject(termsShape).partial().shape,
    ...z.strictObject(optionalShape).partial().shape,
    effective_at: instantSchema.nullish().meta(effectiveAtMeta('When the new rules take effect.')),
    reason: reasonSchema.nullish(),
  })
  .meta({ description: 'What is left out stays; null takes a least or greatest fee or a cap away.' });

export const clientServiceParams = z.strictObject({
  client_service_code: z
    .string()
    .meta({ description: 'The service’s `client_service_code`, or its `client_service_id`.', example: 'PAY1CNAELX' }),
});

export const listClientServicesQuery = z.strictObject({
  ...listQueryShape,
  client_code: z.string().min(1).max(64).optional().meta({ description: 'Only this client’s.', example: 'LIPNZPMF7O' }),
  is_active: isActiveQuery.optional().meta({ description: 'Only those active (1) or inactive (0) now.' }),
  service_code: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .meta({ description: 'Only those with this `service_code`.', example: 'CUSTOM_SERVICE' }),
});

export const listClientServiceVersionsQuery = z.strictObject(listQueryShape);

const QUOTE_AMOUNT_RULE = 'must be more than 0';

export const quoteClientServiceBody = z.strictObject({
  transaction_type: z
    .enum(SERVICE_TRANSACTION_TYPES, 'must be CREDIT, DEBIT or TRANSFER')
    .meta({ description: 'What would be done.', example: 'CREDIT' }),
  transaction_amount: decimalSchema
    .refine((text) => text !== '0', QUOTE_AMOUNT_RULE)
    .meta({
      description: 'The amount, in major units, as a number or as decimal text.',
      type: 'number',
      example: 100.5,
    }),
  account_number: z.string().min(1).max(32).optional().meta({
    description: 'The account it would be on, of a transfer the source. Its use of the caps so far counts.',
    example: '10000110',
  }),
  currency: currencySchema
    .optional()
    .meta({ description: 'In place of `account_number`: what it would cost any account of this currency.' }),
});

const PREVIEW_AMOUNTS_MAX = 20;

/** A change as it would be sent, and what to try it on. */
export const previewClientServiceBody = z.strictObject({
  changes: z
    .strictObject({
      ...z.strictObject(rulesShape).partial().shape,
      ...z.strictObject(optionalShape).partial().shape,
    })
    .default({})
    .meta({ description: 'The rules as an update would name them. What is left out stays.', example: {} }),
  effective_at: instantSchema.nullish().meta(effectiveAtMeta('When the new rules would take effect.')),
  transaction_type: z
    .enum(SERVICE_TRANSACTION_TYPES, 'must be CREDIT, DEBIT or TRANSFER')
    .meta({ description: 'What would be done.', example: 'CREDIT' }),
  currency: currencySchema.meta({ description: 'Of the amounts, and of the transactions that are charged again.' }),
  transaction_amounts: z
    .array(decimalSchema.refine((text) => text !== '0', QUOTE_AMOUNT_RULE))
    .max(PREVIEW_AMOUNTS_MAX)
    .default([])
    .meta({
      description: `Up to ${PREVIEW_AMOUNTS_MAX} amounts, in major units, as numbers or decimal text.`,
      type: 'array',
      items: { type: 'number' },
      example: [500],
    }),
});

const ruleFields = {
  has_transaction_fee: z.boolean().meta({ description: 'Whether it charges a fee.', example: true }),
  transaction_fee_type: z
    .enum(['FIXED', 'PERCENTAGE'])
    .nullable()
    .meta({ description: 'What `transaction_fee` is. Null when none was ever set.', example: 'FIXED' }),
  transaction_fee: z
    .number()
    .meta({ description: 'The fee: major units or percent, as its type says. 0 when none was ever set.', example: 0 }),
  minimum_transaction_amount: z
    .number()
    .meta({ description: 'The least amount of a transaction, in major units.', example: 1 }),
  maximum_transaction_amount: z
    .number()
    .meta({ description: 'The greatest amount of a transaction, in major units.', example: 100 }),
  is_active: z
    .union([z.literal(0), z.literal(1)])
    .meta({ description: '1 when it takes transactions, 0 when it does not.', example: 1 }),
  transaction_types: z
    .array(z.enum(SERVICE_TRANSACTION_TYPES))
    .meta({ description: 'What it allows.', example: ['CREDIT', 'DEBIT', 'TRANSFER'] }),
  fee_bearer: z.enum(['client', 'customer']).meta({
    description: 'Who pays the fee: the account of the transaction (`client`) or the other party (`customer`).',
    example: 'client',
  }),
  minimum_transaction_fee: z
    .number()
    .nullable()
    .meta({ description: 'The least fee, in major units. Null when there is none.', example: null }),
  maximum_transaction_fee: z
    .number()
    .nullable()
    .meta({ description: 'The greatest fee, in major units. Null when there is none.', example: null }),
  tax_on_fee_percentage: z.number().meta({ description: 'Tax on the fee, in percent of the fee.', example: 0 }),
  daily_cap: z.number().nullable().meta({
    description: 'What one account may move in a UTC day, in major units. Null without a cap.',
    example: null,
  }),
  monthly_cap: z.number().nullable().meta({
    description: 'What one account may move in a UTC month, in major units. Null without a cap.',
    example: null,
  }),
  refund_fees_on_reversal: z
    .boolean()
    .meta({ description: 'Whether a reversal gives fee and tax back.', example: true }),
};

const versionIdMeta = {
  description: 'The version of the rules, in decimal digits. Transactions are decided under one.',
  example: '7',
};
const versionNumberMeta = { description: '1 for the first version, one more with each change.', example: 1 };

/** Fields in the document's order, then ours. The rules are those in force when the answer was made. */
export const clientServiceSchema = z
  .object({
    client_service_id: z.string().meta({ description: 'The service’s number, in decimal digits.', example: '1' }),
    client_service_code: z
      .string()
      .meta({ description: 'What transactions name the service by. It never changes.', example: 'PAY1CNAELX' }),
    client_code: z.string().meta({ description: 'Whose service it is.', example: 'LIPNZPMF7O' }),
    client_service_name: z.string().meta({ description: 'What it is called.', example: 'Payout KES Nairobi' }),
    service_code: z.string().meta({ description: 'Your own word for the kind of service.', example: 'CUSTOM_SERVICE' }),
    ...ruleFields,
    currency: z
      .string()
      .nullable()
      .meta({ description: 'The only currency whose accounts may use it. Null for every currency.', example: null }),
    version_id: z.string().meta(versionIdMeta),
    version_number: z.number().meta(versionNumberMeta),
    effective_at: z.string().meta(timeMeta('When these rules took effect.', '2026-05-24T10:00:00.000Z')),
    scheduled_versions: z
      .array(
        z.object({
          version_id: z.string().meta(versionIdMeta),
          version_number: z.number().meta(versionNumberMeta),
          effective_at: z.string().meta(timeMeta('When it will take effect.', '2030-01-01T00:00:00.000Z')),
        }),
      )
      .meta({ description: 'Changes to come, soonest first; `…/versions` has their rules.', example: [] }),
    created_at: z.string().meta(timeMeta('When it was made.', '2026-05-24T10:00:00.000Z')),
    updated_at: z.string().meta(timeMeta('When it was last changed.', '2026-05-24T10:00:00.000Z')),
  })
  .meta({ id: 'ClientService', description: 'A client’s named set of rules: what it allows and what it charges.' });

export const clientServiceListSchema = listSchema(clientServiceSchema).meta({ id: 'ClientServiceList' });

export const clientServiceVersionSchema = z
  .object({
    object: z.literal('client_service_version').meta(objectMeta),
    version_id: z.string().meta(versionIdMeta),
    version_number: z.number().meta(versionNumberMeta),
    client_service_code: z.string().meta({ description: 'The service.', example: 'PAY1CNAELX' }),
    ...ruleFields,
    is_in_force: z.boolean().meta({ description: 'Whether these are the rules that apply now.', example: true }),
    effective_at: z.string().meta(timeMeta('From when on it applies.', '2026-05-24T10:00:00.000Z')),
    created_at: z.string().meta(timeMeta('When it was made.', '2026-05-24T10:00:00.000Z')),
    created_by: z
      .string()
      .meta({ description: 'Who made it, as the audit log names them.', example: 'user:1099511627776' }),
    created_by_name: z
      .string()
      .nullable()
      .meta({ description: 'Their name, or their key’s; null where there is none.', example: 'Naa Adjeley' }),
  })
  .meta({
    id: 'ClientServiceVersion',
    description: 'The rules of a client service as of one change. It never changes.',
  });

export const clientServiceVersionListSchema = listSchema(clientServiceVersionSchema).meta({
  id: 'ClientServiceVersionList',
});

const moneyText = (description: string, example: string) =>
  z.string().meta({ description: `${description} In major units with four decimals.`, example });

export const clientServiceQuoteSchema = z
  .object({
    object: z.literal('client_service_quote').meta(objectMeta),
    client_service_code: z.string().meta({ description: 'The service.', example: 'PAY1CNAELX' }),
    version_id: z.string().meta(versionIdMeta),
    transaction_type: z.enum(SERVICE_TRANSACTION_TYPES).meta({ description: 'What would be done.', example: 'CREDIT' }),
    account_number: z
      .string()
      .nullable()
      .meta({ description: 'The account asked for. Null when only a currency was.', example: '10000110' }),
    currency: z.string().meta({ description: 'ISO 4217 code of the amounts.', example: 'KES' }),
    transaction_amount: moneyText('The amount asked for.', '100.5000'),
    transaction_fee: moneyText('The fee.', '2.0100'),
    tax_on_fee: moneyText('The tax on the fee.', '0.3200'),
    total_charges: moneyText('Fee and tax.', '2.3300'),
    fee_bearer: z.enum(['client', 'customer']).meta({ description: 'Who pays the charges.', example: 'client' }),
    total_amount: moneyText(
      'What leaves the paying side: the amount, and the charges where that side bears them.',
      '100.5000',
    ),
    net_amount: moneyText('What the account’s balance would change by; with a minus where money goes out.', '98.1700'),
    is_allowed: z.boolean().meta({
      description: 'Whether the service allows it. The account’s balance and status are not looked at.',
      example: true,
    }),
    refusal: z
      .object({
        code: z
          .string()
          .meta({ description: 'The error code that the transaction would get.', example: 'amount_above_maximum' }),
        message: z.string().meta({ description: 'The same in words.', example: 'The amount is above KSh 100.00.' }),
      })
      .nullable()
      .meta({ description: 'Why it is not allowed. Null when it is.', example: null }),
  })
  .meta({ id: 'ClientServiceQuote', description: 'What a transaction under a service would cost now.' });

const previewQuoteSchema = z
  .object({
    transaction_fee: moneyText('The fee.', '10.0000'),
    tax_on_fee: moneyText('The tax on the fee.', '1.5000'),
    total_charges: moneyText('Fee and tax.', '11.5000'),
    total_amount: moneyText('What leaves the paying side.', '500.0000'),
    net_amount: moneyText('What the account’s balance would change by.', '488.5000'),
    refusal: z
      .object({
        code: z
          .string()
          .meta({ description: 'The error code that the transaction would get.', example: 'cap_exceeded' }),
        message: z.string().meta({ description: 'The same in words.', example: 'The amount is above GH₵100.00.' }),
      })
      .nullable()
      .meta({ description: 'Why it would not be allowed. Null when it would be.', example: null }),
  })
  .meta({ description: 'What it costs.' });

const count = (description: string, example: number) => z.int().meta({ description, example });

export const clientServicePreviewSchema = z
  .object({
    object: z.literal('client_service_preview').meta(objectMeta),
    client_service_code: z.string().meta({ description: 'The service.', example: 'PAY1CNAELX' }),
    base_version_number: z.number().meta({ description: 'The version that the change builds on.', example: 4 }),
    effective_at: z.string().meta(timeMeta('When the change would take effect.', '2026-07-01T00:00:00.000Z')),
    is_change: z.boolean().meta({ description: 'Whether any rule would be another.', example: true }),
    currency: z.string().meta({ description: 'ISO 4217 code of the amounts.', example: 'GHS' }),
    transaction_type: z.enum(SERVICE_TRANSACTION_TYPES).meta({ description: 'What would be done.', example: 'CREDIT' }),
    fee_bearer_before: z.enum(['client', 'customer']).meta({ description: 'Who pays now.', example: 'client' }),
    fee_bearer_after: z.enum(['client', 'customer']).meta({ description: 'Who would pay.', example: 'client' }),
    quotes: z
      .array(
        z.object({
          transaction_amount: moneyText('The amount.', '500.0000'),
          before: previewQuoteSchema,
          after: previewQuoteSchema,
        }),
      )
      .meta({ description: 'Each amount under the rules of then without the change, and with it.' }),
    last_30_days: z
      .object({
        from: z.string().meta(timeMeta('From when on.', '2026-04-24T10:00:00.000Z')),
        to: z.string().meta(timeMeta('Until when.', '2026-05-24T10:00:00.000Z')),
        transactions: count('Transactions under the service in the currency, reversals not counted.', 8412),
        fees_charged: moneyText('Fees as they were charged, before reversals.', '38960.0000'),
        tax_charged: moneyText('The tax on them.', '5844.0000'),
        fees_then: moneyText('Fees by the new rules.', '31204.5000'),
        tax_then: moneyText('The tax on those.', '4680.6800'),
        dearer: count('Transactions that would have cost more.', 212),
        cheaper: count('Transactions that would have cost less.', 6120),
        at_minimum_fee: count('Transactions that would have met the least fee.', 212),
        at_maximum_fee: count('Transactions that would have met the greatest fee.', 391),
        outside_limits: count('Transactions that the new limits would have refused; charged on paper all the same.', 0),
      })
      .nullable()
      .meta({ description: 'The last thirty days charged again. Null where they are too many to do at once.' }),
  })
  .meta({ id: 'ClientServicePreview', description: 'What a change of a service would come to.' });

export type CreateClientServiceBody = z.output<typeof createClientServiceBody>;
export type UpdateClientServiceBody = z.output<typeof updateClientServiceBody>;
export type ClientServiceObject = z.output<typeof clientServiceSchema>;
export type ClientServiceVersionObject = z.output<typeof clientServiceVersionSchema>;
export type ClientServicePreviewObject = z.output<typeof clientServicePreviewSchema>;
export type ClientServiceQuoteObject = z.output<typeof clientServiceQuoteSchema>;
