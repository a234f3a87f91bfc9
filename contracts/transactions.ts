import { z } from 'zod';
import { amountSchema, currencySchema, signedAmountSchema } from './amount-schemas';
import { currencyMeta, idMeta, livemodeMeta, minorMeta, objectMeta, pathIdMeta, timeMeta } from './field-meta';
import { listQueryShape, listSchema } from './lists';
import { metadataSchema, metadataViewSchema } from './metadata';
import { descriptionSchema, instantSchema, reasonSchema, referenceSchema } from './text';
import { periodShape } from './wallets';

export const clientServiceCodeSchema = z.string().min(1).max(64).meta({
  description: 'The client service whose fees, limits and caps apply. None apply when left out.',
  example: 'PAY1CNAELX',
});

export const debitBody = z.strictObject({
  amount: amountSchema,
  description: descriptionSchema,
  reference: referenceSchema,
  metadata: metadataSchema.optional(),
  client_service_code: clientServiceCodeSchema.optional(),
});

export const creditBody = z.strictObject({
  amount: amountSchema,
  description: descriptionSchema,
  reference: referenceSchema,
  expires_at: instantSchema
    .nullish()
    .meta({ description: 'The credit may be spent until just before this instant. Never expires when left out.' }),
  priority: z.int().min(0).max(100).default(50).meta({ description: '0 is spent first; paid money stands at 50.' }),
  metadata: metadataSchema.optional(),
});

export const signedTransactionBody = z.strictObject({
  amount: signedAmountSchema,
  currency: currencySchema.meta({ description: 'ISO 4217 code. Must be the wallet’s.' }),
  description: descriptionSchema,
  reference: referenceSchema.nullish().meta({
    description:
      'Your own reference, unique per wallet and operation for ever. Without one every call moves money again.',
    example: 'meter_2026_05_28',
  }),
  metadata: metadataSchema.optional(),
});

export const reverseTransactionBody = z.strictObject({
  reason: reasonSchema.optional(),
  description: descriptionSchema.optional().meta({ description: 'The original’s when left out.' }),
  metadata: metadataSchema.optional(),
});

export const createTransferBody = z.strictObject({
  source_wallet_id: z.string().max(64).meta(idMeta('wal', 'Where the money leaves.')),
  destination_wallet_id: z
    .string()
    .max(64)
    .meta({ description: 'Where it comes to, in the same currency.', example: 'wal_a1b2c3' }),
  amount: amountSchema,
  currency: currencySchema.meta({ description: 'ISO 4217 code. Must be both wallets’.' }),
  reference: referenceSchema.meta({
    description:
      'Your own reference, unique per source wallet over its transfers for ever; repeating it repeats the first answer.',
    example: 'split_2026_05_28',
  }),
  description: descriptionSchema,
  metadata: metadataSchema.optional(),
  client_service_code: clientServiceCodeSchema.optional(),
});

export const previewDebitBody = z.strictObject({ amount: amountSchema });

export const TRANSACTION_FILTERS = ['topup', 'debit', 'credit', 'expiry'] as const;
export type TransactionFilter = (typeof TRANSACTION_FILTERS)[number];

export const listTransactionsQuery = z.strictObject({
  type: z
    .enum(TRANSACTION_FILTERS)
    .optional()
    .meta({ description: 'Only transactions of this type; `debit` lists drawdowns and hold captures too.' }),
  ...periodShape('wallet'),
  ...listQueryShape,
});

const transactionPathMeta = {
  description: 'The transaction’s id. Begins with `txn_` or `wtx_`, which name the same.',
  example: 'txn_a1b2c3',
};

export const transactionParams = z.strictObject({ id: z.string().meta(transactionPathMeta) });

export const walletTransactionParams = z.strictObject({
  id: z.string().meta(pathIdMeta('wal', 'wallet')),
  txn: z.string().meta(transactionPathMeta),
});

export const TRANSACTION_TYPES = [
  'debit',
  'drawdown',
  'credit',
  'topup',
  'expiry',
  'payment',
  'late_topup',
  'mismatch',
  'clawback',
  'refund_return',
  'transfer',
  'reversal',
  'close',
  'refund',
  'settlement',
  'funding',
  'adjustment',
] as const;

export const lotUseSchema = z.object({
  id: z.string().meta(idMeta('lot', 'The lot.')),
  amount: z.int().meta(minorMeta('How much of the lot.', 400)),
  use: z.enum(['grant', 'use', 'undo', 'expire', 'forfeit']).meta({
    description: 'What became of it: granted, used, given back by a reversal, expired, or forfeited by a close.',
    example: 'use',
  }),
});

export const transactionSchema = z
  .object({
    id: z.string().meta({
      description: 'The transaction’s id. Begins with `txn_`, or `wtx_` in the answer to a signed amount.',
      example: 'txn_a1b2c3',
    }),
    object: z.literal('wallet_transaction').meta(objectMeta),
    type: z.enum(TRANSACTION_TYPES).meta({
      description: 'What it was. A drawdown is a debit posted as a signed amount.',
      example: 'debit',
    }),
    amount: z.int().meta({
      description:
        'In minor units. Unsigned where the type says the direction (debit, credit, topup, expiry, close); signed for drawdowns and for types that go both ways.',
      example: 500,
    }),
    balance_before: z.int().meta(minorMeta('The wallet’s balance just before it.', 15_000)),
    balance_after: z.int().meta(minorMeta('The wallet’s balance just after it.', 14_500)),
    new_balance: z.int().meta(minorMeta('The same as `balance_after`.', 14_500)),
    currency: z.string().meta(currencyMeta),
    wallet_id: z.string().meta(idMeta('wal', 'The wallet it moved money in or out of.')),
    description: z
      .string()
      .nullable()
      .meta({ description: 'What the money was for, as a person reads it.', example: '10 SMS messages sent' }),
    reference: z.string().nullable().meta({ description: 'Your own reference, or null.', example: 'sms_batch_8821' }),
    metadata: metadataViewSchema,
    created_at: z.string().meta(timeMeta('When it was posted to the books.', '2026-05-24T10:05:00Z')),
    livemode: z.boolean().meta(livemodeMeta),
    hold_id: z
      .string()
      .optional()
      .meta(idMeta('hold', 'The hold that this debit captured. Absent when there was none.')),
    fee: z
      .int()
      .optional()
      .meta(minorMeta('Fee of its client service, in entries of its own. Absent where no service was named.', 10)),
    tax: z.int().optional().meta(minorMeta('Tax on the fee, in entries of its own.', 2)),
    reversal_of: z.string().optional().meta(idMeta('txn', 'Of a reversal: the transaction it undid.')),
    reversed_by: z
      .string()
      .optional()
      .meta(idMeta('txn', 'The reversal that undid it, in readings. Absent while it stands.')),
    lots: z
      .array(lotUseSchema)
      .optional()
      .meta({ description: 'The promotional credits it granted, used or ended. Absent when there were none.' }),
  })
  .meta({ id: 'WalletTransaction', description: 'One change of a wallet’s balance, as it stands in the books.' });

export const listedTransactionSchema = transactionSchema
  .extend({
    sequence: z.int().meta({
      description: 'Its number among the wallet’s entries, which have none missing: what stands before it is one less.',
      example: 41,
    }),
  })
  .meta({ id: 'ListedTransaction', description: 'A transaction with its place in its wallet’s statement.' });
export const transactionListSchema = listSchema(listedTransactionSchema).meta({ id: 'WalletTransactionList' });

export type TransactionObject = z.output<typeof transactionSchema>;

export const transferSchema = z
  .object({
    id: z.string().meta(idMeta('txn', 'The transfer: its transaction on the source wallet.')),
    object: z.literal('transfer').meta(objectMeta),
    amount: z.int().meta(minorMeta('What was moved, without fees.', 500)),
    currency: z.string().meta(currencyMeta),
    source_wallet_id: z.string().meta(idMeta('wal', 'Where the money left.')),
    destination_wallet_id: z.string().meta(idMeta('wal', 'Where it came to.')),
    source_transaction: transactionSchema,
    destination_transaction: transactionSchema,
    created_at: z.string().meta(timeMeta('When it was posted to the books.', '2026-05-24T10:05:00Z')),
    livemode: z.boolean().meta(livemodeMeta),
  })
  .meta({ id: 'Transfer', description: 'Money moved from one wallet to another.' });

export type TransferObject = z.output<typeof transferSchema>;

export const debitPreviewSchema = z
  .object({
    object: z.literal('debit_preview').meta(objectMeta),
    wallet_id: z.string().meta(idMeta('wal', 'The wallet.')),
    amount: z.int().meta(minorMeta('The amount asked about.', 500)),
    currency: z.string().meta(currencyMeta),
    allowed: z.boolean().meta({ description: 'Whether a debit of this amount would succeed now.', example: true }),
    balance_before: z.int().meta(minorMeta('The balance now.', 14_500)),
    balance_after: z
      .int()
      .nullable()
      .meta(minorMeta('The balance after the debit, or null when it would be refused.', 14_000)),
    available_after: z
      .int()
      .nullable()
      .meta(minorMeta('What could be spent after the debit, or null when it would be refused.', 14_000)),
    paid_amount: z.int().meta(minorMeta('What the debit would take of paid money.', 100)),
    lots: z
      .array(
        z.object({
          id: z.string().meta(idMeta('lot', 'The lot.')),
          amount: z.int().meta(minorMeta('What the debit would take of it.', 400)),
          remaining_after: z.int().meta(minorMeta('What would be left of it.', 0)),
          priority: z.int().meta({ description: '0 to 100: 0 is spent first.', example: 50 }),
          expires_at: z
            .string()
            .nullable()
            .meta(timeMeta('When the lot expires. Null when it never does.', '2030-01-01T00:00:00Z')),
        }),
      )
      .meta({ description: 'The promotional credits it would use, in the order they would be spent.' }),
    refusal: z
      .object({
        code: z
          .string()
          .meta({ description: 'The error code the debit would answer with.', example: 'insufficient_funds' }),
        message: z.string().meta({ description: 'The same for people, with the figures.' }),
        details: z
          .record(z.string(), z.unknown())
          .meta({ description: 'The error’s figures, such as `shortfall`. Amounts in minor units.' }),
      })
      .nullable()
      .meta({ description: 'Why the debit would be refused. Null when it would not be.' }),
  })
  .meta({ id: 'DebitPreview', description: 'What a debit would do now.' });

export type DebitPreviewObject = z.output<typeof debitPreviewSchema>;
