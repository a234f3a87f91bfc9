import { z } from 'zod';
import { currencySchema } from './amount-schemas';
import { currencyMeta, idMeta, livemodeMeta, minorMeta, objectMeta, timeMeta } from './field-meta';
import { listQueryShape, listSchema } from './lists';
import { customerIdSchema, readableText, reasonSchema } from './text';
import { WALLET_STATUSES } from './wallets';

/** The types of the document (`lipad-wallet-as-a-service.txt`, “Creating a Wallet”): a client may have any number of each. */
export const CREATABLE_ACCOUNT_TYPES = [
  'FLOAT_ACCOUNT',
  'AVAILABLE_COLLECTIONS',
  'HYBRID_ACCOUNT',
  'ACQUIRER_RESERVE',
  'ROLLING_RESERVE',
  'COMMISSION_ACCOUNT',
  'COMMISSION_TAX_ACCOUNT',
] as const;

/** With wallets, which customers have, and those that the system makes for itself. */
export const ACCOUNT_TYPES = [
  ...CREATABLE_ACCOUNT_TYPES,
  'CUSTOMER_WALLET',
  'PROMOTION_EXPENSE',
  'EXTERNAL_SETTLEMENT',
  'REFUNDS_DUE',
  'SUSPENSE',
  'PROVIDER_CLEARING',
] as const;

export const ACCOUNT_STATUSES = ['ACTIVE', 'INACTIVE', 'FROZEN', 'CLOSED'] as const;

const NAME = { description: 'What people call the account.', example: 'Collection Account KES 2' };
const STATUS_DESCRIPTION = {
  description: 'What the account is for, or why it has its status.',
  example: 'Collection Account',
};
const MINIMUM_BALANCE = {
  description:
    'What must stay in the account, in major units (10.5 is KSh 10.50), 0 or more, as a number or a string. Finer than the currency’s minor unit is refused, never rounded.',
  example: 0,
};

/** @param amount how `/api/v1` reads an amount of major units */
export const createAccountBody = <A extends z.ZodType<string>>(amount: A) =>
  z.strictObject({
    client_code: readableText(64).meta({ description: 'The client’s `client_code`.', example: 'LIPNZPMF7O' }),
    account_type_code: z
      .enum(CREATABLE_ACCOUNT_TYPES)
      .meta({ description: 'The type of account.', example: 'FLOAT_ACCOUNT' }),
    account_name: readableText(200).meta(NAME),
    currency: currencySchema,
    minimum_balance: amount.meta(MINIMUM_BALANCE),
    can_overdraw: z
      .boolean()
      .default(false)
      .meta({ description: 'Whether the balance may go under the minimum, and under zero.', example: false }),
    status: z.enum(['ACTIVE', 'INACTIVE']).meta({
      description: 'An inactive account moves no money in or out until it is made active.',
      example: 'ACTIVE',
    }),
    status_description: readableText(500).nullish().meta(STATUS_DESCRIPTION),
  });

/** @param amount how `/api/v1` reads an amount of major units */
export const updateAccountBody = <A extends z.ZodType<string>>(amount: A) =>
  z
    .strictObject({
      account_name: readableText(200).optional().meta(NAME),
      status: z.enum(ACCOUNT_STATUSES).optional().meta({
        description: 'FROZEN takes money in and lets none out; INACTIVE does neither; CLOSED is for good.',
        example: 'FROZEN',
      }),
      status_description: readableText(500).nullish().meta(STATUS_DESCRIPTION),
      minimum_balance: amount.optional().meta(MINIMUM_BALANCE),
      can_overdraw: z
        .boolean()
        .optional()
        .meta({ description: 'Whether the balance may go under the minimum, and under zero.', example: false }),
      reason: reasonSchema.nullish(),
    })
    .meta({ description: 'What is left out stays as it is.' });

export const accountNumberParams = z.strictObject({
  account_number: z.string().meta({ description: 'The account’s number, or its `account_id`.', example: '10000110' }),
});

/** Ids are read in the handler: what cannot be one names nothing. */
export const accountParams = z.strictObject({
  id: z
    .string()
    .meta({ description: 'The account’s id, which begins with `act_`, or its number.', example: '10000110' }),
});

export const listApiAccountsQuery = z.strictObject({
  client_code: readableText(64)
    .optional()
    .meta({ description: 'Only accounts of this client.', example: 'LIPNZPMF7O' }),
  account_type_code: z.enum(ACCOUNT_TYPES).optional().meta({ description: 'Only accounts of this type.' }),
  currency: currencySchema.optional().meta({ description: 'Only accounts in this currency, an ISO 4217 code.' }),
  status: z.enum(ACCOUNT_STATUSES).optional().meta({ description: 'Only accounts of this status.' }),
  ...listQueryShape,
});

export const listAccountsQuery = z.strictObject({
  type: z.enum(ACCOUNT_TYPES).optional().meta({ description: 'Only accounts of this type.' }),
  currency: currencySchema.optional().meta({ description: 'Only accounts in this currency, an ISO 4217 code.' }),
  status: z.enum(WALLET_STATUSES).optional().meta({ description: 'Only accounts of this status.' }),
  customer_id: customerIdSchema.optional().meta({ description: 'Only wallets of this customer.' }),
  include_wallets: z
    .enum(['true', 'false'])
    .default('true')
    .transform((text) => text === 'true')
    .meta({
      description: 'With `false` only the accounts that are no customer’s wallet, which are few.',
      type: 'boolean',
      default: true,
    }),
  ...listQueryShape,
});

const AMOUNT_4 = 'In major units with four decimals, as text.';
const isoMs = (meaning: string) => timeMeta(meaning, '2024-09-05T17:14:04.734Z');

/** Fields in the document's order, then ours. */
export const apiAccountSchema = z
  .object({
    account_id: z.string().meta({ description: 'The account’s id, in decimal digits.', example: '253519872811278336' }),
    account_number: z
      .string()
      .meta({ description: 'What other requests name the account by: eight digits or more.', example: '10000110' }),
    account_name: z.string().meta({
      description: 'What people call it. Of wallets and of the system’s own accounts: what they are.',
      example: 'Collection Account KES 2',
    }),
    currency: z.string().meta({ description: 'ISO 4217 code, three capital letters.', example: 'KES' }),
    minimum_balance: z.string().meta({ description: `What must stay in it. ${AMOUNT_4}`, example: '0.0000' }),
    can_overdraw: z.boolean().meta({ description: 'Whether the balance may go under the minimum.', example: false }),
    status: z.enum(ACCOUNT_STATUSES).meta({
      description: 'FROZEN takes money in and lets none out; INACTIVE does neither; CLOSED is for good.',
      example: 'ACTIVE',
    }),
    status_description: z.string().nullable().meta({
      description: 'What it is for, or why it has its status. Null when none was given.',
      example: 'Test account',
    }),
    created_at: z.string().meta(isoMs('When it was opened.')),
    updated_at: z.string().meta(isoMs('When anything but its money changed last.')),
    client_code: z.string().meta({ description: 'Whose account it is.', example: 'LIPNZPMF7O' }),
    account_type_code: z.enum(ACCOUNT_TYPES).meta({ description: 'The type of account.', example: 'FLOAT_ACCOUNT' }),
    current_balance: z.string().meta({
      description: `What is in it, exact as of the answer: credit that has expired does not count. ${AMOUNT_4}`,
      example: '96.0000',
    }),
    available_balance: z.string().meta({
      description: `The balance less active holds and the minimum balance. Below zero where an overdraft is used. ${AMOUNT_4}`,
      example: '96.0000',
    }),
    held_balance: z.string().meta({ description: `Set aside by active holds. ${AMOUNT_4}`, example: '0.0000' }),
    last_activity_at: z.string().nullable().meta(isoMs('When money last moved in or out. Null before the first time.')),
    customer_id: z
      .string()
      .nullable()
      .meta({ description: 'Of a wallet: the customer it belongs to. Null for any other account.', example: null }),
    wallet_id: z
      .string()
      .nullable()
      .meta({ description: 'Of a wallet: its id in `/v1`. Null for any other account.', example: null }),
    is_system: z.boolean().meta({
      description: 'True for those that are made on the first use of a currency. They cannot be changed.',
      example: false,
    }),
  })
  .meta({ id: 'ApiAccount', description: 'An account of a client in one currency.' });

export type ApiAccountObject = z.output<typeof apiAccountSchema>;
export const apiAccountListSchema = listSchema(apiAccountSchema).meta({ id: 'ApiAccountList' });

export const accountSchema = z
  .object({
    id: z.string().meta(idMeta('act', 'The account’s id.')),
    object: z.literal('account').meta(objectMeta),
    number: z.string().meta({ description: 'Its number in the books: eight digits or more.', example: '10000110' }),
    type: z.enum(ACCOUNT_TYPES).meta({ description: 'The type of account.', example: 'FLOAT_ACCOUNT' }),
    name: z.string().meta({
      description: 'What people call it. Of wallets and of the system’s own accounts: what they are.',
      example: 'Collection Account KES 2',
    }),
    currency: z.string().meta(currencyMeta),
    status: z.enum(WALLET_STATUSES).meta({
      description: 'Frozen takes money in and lets none out; inactive does neither; closed is for good.',
      example: 'active',
    }),
    status_description: z
      .string()
      .nullable()
      .meta({ description: 'What it is for, or why it has its status. Null when none was given.', example: null }),
    balance: z
      .number()
      .meta(minorMeta('Credits less debits, exact as of the answer: credit that has expired does not count.', 9600)),
    balance_formatted: z.string().meta({
      description: 'The balance for people: the currency’s own sign, thousands grouped.',
      example: 'KSh 96.00',
    }),
    available: z.number().meta(minorMeta('The balance less active holds and the minimum balance.', 9600)),
    held: z.number().meta(minorMeta('Set aside by active holds.', 0)),
    minimum_balance: z.number().meta(minorMeta('What must stay in it.', 0)),
    can_overdraw: z.boolean().meta({ description: 'Whether the balance may go under the minimum.', example: false }),
    is_system: z.boolean().meta({
      description: 'True for those that are made on the first use of a currency. They cannot be changed.',
      example: false,
    }),
    wallet_id: z
      .string()
      .nullable()
      .meta({ description: 'Of a wallet: its id. Null for any other account.', example: null }),
    customer_id: z
      .string()
      .nullable()
      .meta({ description: 'Of a wallet: the customer it belongs to. Null for any other account.', example: null }),
    livemode: z.boolean().meta(livemodeMeta),
    created_at: z.string().meta(timeMeta('When it was opened.')),
    updated_at: z.string().meta(timeMeta('When anything but its money changed last.')),
    last_activity_at: z
      .string()
      .nullable()
      .meta(timeMeta('When money last moved in or out. Null before the first time.')),
  })
  .meta({ id: 'Account', description: 'An account in the books: a wallet, one of your own, or one of the system’s.' });

export type AccountObject = z.output<typeof accountSchema>;
export const accountListSchema = listSchema(accountSchema).meta({ id: 'AccountList' });
