import { z } from 'zod';
import { currencyMeta, livemodeMeta, timeMeta } from './field-meta';
import { listQueryShape, listSchema } from './lists';
import { instantSchema, readableText, reasonSchema, referenceSchema } from './text';

/** Transactions, transfers and reversals as the `/api/v1` document has them. Amounts of requests are the renderer's. */

export const accountNumberSchema = z
  .string()
  .min(1)
  .max(32)
  .meta({ description: 'The account’s number, as its creation answered.', example: '10000110' });

export const clientServiceCodeSchema = z.string().min(1).max(64).meta({
  description:
    'The client service whose rules and fees apply: the code its creation answered, of the account’s client.',
  example: 'PAY1CNAELX',
});

const SOURCE_DATA_BYTES_MAX = 16_384;

export const sourceDataSchema = z
  .record(z.string(), z.unknown())
  .refine((data) => new TextEncoder().encode(JSON.stringify(data)).length <= SOURCE_DATA_BYTES_MAX, {
    error: `may take at most ${SOURCE_DATA_BYTES_MAX} bytes as JSON`,
  })
  .meta({
    description: `Your own data, kept and answered as sent; ${SOURCE_DATA_BYTES_MAX} bytes as JSON at most.`,
    example: { data: 'test' },
  });

const sourceSchema = z
  .string()
  .regex(/^[\x21-\x7e]{1,32}$/, 'must have 1 to 32 visible ASCII characters, such as EXTERNAL or INTERNAL')
  .meta({ description: 'Where the transaction comes from, e.g. `EXTERNAL` or `INTERNAL`.', example: 'EXTERNAL' });

const sourceIdMeta = {
  description:
    'Your own id, unique for ever per client and account over credits and debits together. The same id with the same account, type, amount and service repeats the first answer; with another it is refused.',
  example: '12325524445',
};

const narrationSchema = readableText(500, 0).meta({
  description: 'What the money was for, as a person reads it.',
  example: 'Test',
});

const businessDateSchema = instantSchema.meta({
  description:
    'When it happened in your books: ISO 8601 with its zone, to the millisecond. Any past date; a day ahead at the most. Order in our books is by posting.',
  example: '2024-07-29T12:34:56Z',
});

/** What every movement of money says beside its accounts and its amount. */
export const movementShape = {
  client_service_code: clientServiceCodeSchema,
  transaction_source: sourceSchema,
  source_transaction_id: referenceSchema.meta(sourceIdMeta),
  source_transaction_data: sourceDataSchema.optional(),
  transaction_narration: narrationSchema.optional(),
  transaction_date: businessDateSchema,
};

export const transactionCommandQuery = z.strictObject({
  command: z.enum(['CREDIT', 'DEBIT']).meta({
    description: '`CREDIT` adds money to the account, `DEBIT` takes money from it.',
    example: 'CREDIT',
  }),
});

export const reverseCommandQuery = z.strictObject({
  command: z.literal('REVERSE').meta({ description: 'What to do with the transaction.', example: 'REVERSE' }),
});

export const reversalBody = z.strictObject({
  reason: reasonSchema.optional(),
  transaction_narration: narrationSchema
    .optional()
    .meta({ description: 'The original’s when left out.', example: 'Sent twice' }),
  transaction_date: businessDateSchema.optional().meta({ description: 'The moment of posting when left out.' }),
  source_transaction_data: sourceDataSchema.optional().meta({ description: 'The original’s when left out.' }),
});

const transactionIdMeta = {
  description: 'The `transaction_id` of either leg, or an id of `/v1` that begins with `txn_`.',
  example: '7607',
};

export const accountTransactionParams = z.strictObject({ id: z.string().meta(transactionIdMeta) });

export const sourceTransactionParams = z.strictObject({
  source_transaction_id: z.string().max(160).meta({
    description: 'The source id as answers show it, `IFT1`, `IFT2`, `RVS1` or `RVS2` before it included.',
    example: '12325524445',
  }),
});

export const sourceTransactionQuery = z.strictObject({
  account_number: accountNumberSchema
    .optional()
    .meta({ description: 'Needed where the id was used on several accounts, or was a reference of `/v1`.' }),
});

export const listAccountTransactionsQuery = z.strictObject({
  account_number: accountNumberSchema.optional().meta({
    description: 'Every entry of this account, those of fees included, in the order of its books.',
  }),
  client_service_code: clientServiceCodeSchema.optional().meta({ description: 'Only under this client service.' }),
  client_code: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .meta({ description: 'Only of this client, for the operator’s people.', example: 'LIPNZPMF7O' }),
  transaction_type: z.enum(['CREDIT', 'DEBIT']).optional().meta({ description: 'Only of this direction.' }),
  from: instantSchema.optional().meta({ description: 'Posted at or after this instant.' }),
  to: instantSchema.optional().meta({ description: 'Posted before this instant.' }),
  source_transaction_id: z
    .string()
    .min(1)
    .max(160)
    .optional()
    .meta({ description: 'Only with this source id, as answers show it.', example: '12325524445' }),
  ...listQueryShape,
});

const amountMeta = (meaning: string, example = '96.0000') => ({
  description: `${meaning} In major units with four decimals.`,
  example,
});

export const accountTransactionSchema = z
  .object({
    transaction_id: z.string().meta({ description: 'The transaction’s id, a whole number as text.', example: '7607' }),
    account: z.string().meta({ description: 'Number of the account it is on.', example: '10000110' }),
    client_service: z.string().meta({
      description: 'Code of the client service it was made under; `N/A` where none was named.',
      example: 'PAY1CNAELX',
    }),
    transaction_type: z
      .enum(['CREDIT', 'DEBIT'])
      .meta({ description: 'Whether money came to the account or left it.', example: 'CREDIT' }),
    currency: z.string().meta({ ...currencyMeta, example: 'KES' }),
    transaction_amount: z.string().meta(amountMeta('What was moved, without fees.')),
    previous_balance: z.string().meta(amountMeta('The account’s balance just before it.', '0.0000')),
    current_balance: z.string().meta(amountMeta('The account’s balance just after it: previous ± amount.')),
    other_party_account: z.string().meta({
      description:
        'Number of the account on the other side: the client’s settlement account of the currency, or the other account of a transfer.',
      example: '10000002',
    }),
    other_party_transaction_hash: z.string().meta({
      description: 'Hash of the entry on the other side, from its account’s chain: 64 hexadecimal digits.',
      example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    }),
    transaction_source: z.string().meta({ description: 'As sent; `INTERNAL` where none was.', example: 'EXTERNAL' }),
    source_transaction_id: z.string().meta({
      description:
        'Your own id. A transfer’s legs carry `IFT1` and `IFT2` before it, a reversal’s `RVS1` and `RVS2` before the original’s; `N/A` where there is none.',
      example: '121231234',
    }),
    source_transaction_data: z
      .record(z.string(), z.unknown())
      .meta({ description: 'Your own data, as sent.', example: { data: 'Dashboard' } }),
    transaction_narration: z
      .string()
      .meta({ description: 'What the money was for; empty where nothing was said.', example: '2131321' }),
    transaction_date: z
      .string()
      .meta(timeMeta('The business date as sent, or the moment of posting.', '2024-09-05T17:47:00.000Z')),
    client_code: z.string().meta({ description: 'The client whose books it is in.', example: 'LIPNZPMF7O' }),
    transaction_kind: z.string().meta({
      description: 'What it was: `credit`, `debit`, `transfer`, `reversal`, or another event of the books.',
      example: 'credit',
    }),
    entry: z.enum(['PRINCIPAL', 'FEE', 'TAX']).meta({
      description: 'Whether this entry moved the amount itself, its fee or the tax on the fee.',
      example: 'PRINCIPAL',
    }),
    transaction_fee: z.string().meta(amountMeta('Fee of the whole transaction, in entries of its own.', '1.0000')),
    tax_on_fee: z.string().meta(amountMeta('Tax on the fee, in entries of its own.', '0.1600')),
    fee_account: z
      .string()
      .nullable()
      .meta({ description: 'Number of the account that paid fee and tax. Null without any.', example: '10000110' }),
    reversal_of: z
      .string()
      .nullable()
      .meta({ description: 'Of a reversal: the first leg of what it undid. Null otherwise.', example: null }),
    reversed: z
      .boolean()
      .optional()
      .meta({ description: 'Whether it has been reversed. In readings alone.', example: false }),
    reversed_by: z
      .string()
      .nullable()
      .optional()
      .meta({ description: 'The first leg of its reversal, or null. In readings alone.', example: null }),
    created_at: z.string().meta(timeMeta('When it was posted to the books.', '2024-09-05T17:47:01.734Z')),
    livemode: z.boolean().meta(livemodeMeta),
  })
  .meta({ id: 'AccountTransaction', description: 'One entry of an account, with its other side.' });

export type AccountTransactionObject = z.output<typeof accountTransactionSchema>;

export const accountTransactionListSchema = listSchema(accountTransactionSchema).meta({ id: 'AccountTransactionList' });

export const bothLegsSchema = z
  .object({ source_transaction: accountTransactionSchema, destination_transaction: accountTransactionSchema })
  .meta({
    id: 'AccountTransfer',
    description:
      'Both legs of one movement. Of a transfer the source is where the money left; of a reversal it is the leg on the original’s account.',
  });

export type BothLegsObject = z.output<typeof bothLegsSchema>;
