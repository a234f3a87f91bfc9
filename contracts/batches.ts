import { z } from 'zod';
import { amountSchema, currencySchema } from './amount-schemas';
import { objectMeta } from './field-meta';
import { metadataSchema } from './metadata';
import { descriptionSchema, instantSchema, referenceSchema } from './text';
import { clientServiceCodeSchema, transactionSchema } from './transactions';

/** Of an array in any body (the frame's bound), and of what the ledger takes at once. */
export const BATCH_ITEMS_MAX = 1_000;
/** Room for a thousand items with a kilobyte each. */
export const BATCH_BYTES_MAX = 1_048_576;

const walletId = (whose: string) =>
  z
    .string()
    .max(64)
    .optional()
    .meta({ description: `The ${whose} by its id. Give it or the account number.`, example: 'wal_a1b2c3' });

const accountNumber = (whose: string) =>
  z
    .string()
    .regex(/^[0-9]{1,18}$/, 'must be digits, such as 10000008')
    .optional()
    .meta({ description: `The ${whose} by its account number.`, example: '10000008' });

const reference = referenceSchema.meta({
  description:
    'Your own reference, unique per wallet and operation for ever. An item whose reference is known already is answered as the first time and moves nothing.',
  example: 'payroll_2026_05_0001',
});

const words = { description: descriptionSchema, reference, metadata: metadataSchema.optional() };

const debitItem = z
  .strictObject({
    type: z.literal('debit').meta({ description: 'Takes money out of a wallet.', example: 'debit' }),
    wallet_id: walletId('wallet'),
    account_number: accountNumber('wallet'),
    amount: amountSchema,
    client_service_code: clientServiceCodeSchema.optional(),
    ...words,
  })
  .check(oneNameOf('wallet_id', 'account_number'));

const creditItem = z
  .strictObject({
    type: z.literal('credit').meta({ description: 'Grants promotional credit.', example: 'credit' }),
    wallet_id: walletId('wallet'),
    account_number: accountNumber('wallet'),
    amount: amountSchema,
    expires_at: instantSchema.nullish().meta({
      description: 'The credit may be spent until just before this instant. Never expires when left out.',
    }),
    priority: z.int().min(0).max(100).default(50).meta({ description: '0 is spent first; paid money stands at 50.' }),
    ...words,
  })
  .check(oneNameOf('wallet_id', 'account_number'));

const transferItem = z
  .strictObject({
    type: z.literal('transfer').meta({ description: 'Moves money from wallet to wallet.', example: 'transfer' }),
    source_wallet_id: walletId('wallet the money leaves'),
    source_account_number: accountNumber('wallet the money leaves'),
    destination_wallet_id: walletId('wallet it arrives in'),
    destination_account_number: accountNumber('wallet it arrives in'),
    amount: amountSchema,
    currency: currencySchema.optional().meta({
      description: 'ISO 4217 code. Must be both wallets’ when given.',
      example: 'GHS',
    }),
    client_service_code: clientServiceCodeSchema.optional(),
    ...words,
  })
  .check(oneNameOf('source_wallet_id', 'source_account_number'))
  .check(oneNameOf('destination_wallet_id', 'destination_account_number'));

/** Which of two fields names an account: one of them, not both. */
function oneNameOf<A extends string, B extends string>(id: A, number: B) {
  return (context: z.core.ParsePayload<{ [K in A | B]?: string | undefined }>): void => {
    const { value, issues } = context;
    const given = value[id] !== undefined;
    if (given !== (value[number] !== undefined)) return;
    const message = given
      ? `and ${number} name the same thing twice: send one of them`
      : `is missing; send it or ${number}`;
    issues.push({ code: 'custom', path: [id], message, input: value });
  };
}

export const batchItemSchema = z
  .discriminatedUnion('type', [debitItem, creditItem, transferItem], {
    error: (issue) => (issue.code === 'invalid_union' ? 'must be debit, credit or transfer' : undefined),
  })
  .meta({ description: 'A debit, a credit or a transfer.' });

export type BatchItemInput = z.output<typeof batchItemSchema>;

export const batchBody = z.strictObject({
  atomic: z.boolean().default(false).meta({
    description: 'true: all items or none. false: each on its own, refused or not.',
    example: false,
  }),
  items: z
    .array(batchItemSchema)
    .min(1)
    .max(BATCH_ITEMS_MAX)
    .meta({ description: `1 to ${BATCH_ITEMS_MAX} items, decided in this order.` }),
});

const itemErrorShape = {
  type: z.string().meta({ description: 'What kind of error.', example: 'insufficient_funds' }),
  code: z
    .string()
    .meta({ description: 'The error code, as the single request would have it.', example: 'insufficient_funds' }),
  message: z.string().meta({ description: 'The same for people, with the figures.' }),
  param: z.string().nullable().meta({ description: 'The field at fault, or null.', example: 'items.1.amount' }),
  details: z.record(z.string(), z.unknown()).meta({ description: 'The figures, such as `shortfall`. Minor units.' }),
};

export const batchItemResultSchema = z
  .object({
    index: z.int().meta({ description: 'Which item of the request, from 0.', example: 0 }),
    status: z.enum(['succeeded', 'failed']).meta({ description: 'What became of it.', example: 'succeeded' }),
    replayed: z.boolean().optional().meta({
      description: 'Of a success: true when the reference was known, so that this is the first answer again.',
      example: false,
    }),
    transaction: transactionSchema.optional().meta({
      description: 'Of a success: the debit or credit; of a transfer the transaction on the source wallet.',
    }),
    destination_transaction: transactionSchema.optional().meta({
      description: 'Of a transfer that succeeded: the transaction on the destination wallet.',
    }),
    error: z.object(itemErrorShape).optional().meta({ description: 'Of a failure: why. Nothing was posted for it.' }),
  })
  .meta({ id: 'BatchItemResult', description: 'What became of one item of a batch.' });

const count = (description: string, example: number) => z.int().meta({ description, example });

export const batchSchema = z
  .object({
    object: z.literal('batch').meta(objectMeta),
    atomic: z.boolean().meta({ description: 'Whether it was all or nothing.', example: false }),
    counts: z
      .object({
        total: count('Items in the request.', 3),
        succeeded: count('Those that succeeded, replayed ones among them.', 2),
        failed: count('Those that were refused.', 1),
        replayed: count('Those whose reference was known already.', 0),
      })
      .meta({ description: 'How it went in all.' }),
    items: z.array(batchItemResultSchema).meta({ description: 'One for each item, in their order.' }),
    livemode: z.boolean().meta({ description: 'Whether these are live books.', example: false }),
  })
  .meta({ id: 'Batch', description: 'The answer to a batch of debits, credits and transfers.' });

export type BatchObject = z.output<typeof batchSchema>;
export type BatchItemResultObject = z.output<typeof batchItemResultSchema>;
