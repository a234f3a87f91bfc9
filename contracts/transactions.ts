import { z } from 'zod';
import { listQueryShape, listSchema } from './lists';
import { metadataSchema, metadataViewSchema } from './metadata';
import { amountSchema, currencySchema, signedAmountSchema } from './money';
import { descriptionSchema, instantSchema, referenceSchema } from './text';

export const debitBody = z.strictObject({
  amount: amountSchema,
  description: descriptionSchema,
  reference: referenceSchema,
  metadata: metadataSchema.optional(),
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
  currency: currencySchema.meta({ description: 'Must be the wallet’s.' }),
  description: descriptionSchema,
  reference: referenceSchema.nullish(),
  metadata: metadataSchema.optional(),
});

export const previewDebitBody = z.strictObject({ amount: amountSchema });

export const TRANSACTION_FILTERS = ['topup', 'debit', 'credit', 'expiry'] as const;
export type TransactionFilter = (typeof TRANSACTION_FILTERS)[number];

export const listTransactionsQuery = z.strictObject({
  type: z.enum(TRANSACTION_FILTERS).optional().meta({ description: '`debit` lists drawdowns and hold captures too.' }),
  ...listQueryShape,
});

export const transactionParams = z.strictObject({ id: z.string().meta({ example: 'txn_a1b2c3' }) });

export const walletTransactionParams = z.strictObject({
  id: z.string().meta({ example: 'wal_a1b2c3' }),
  txn: z.string().meta({ example: 'txn_a1b2c3' }),
});

export const TRANSACTION_TYPES = [
  'debit',
  'drawdown',
  'credit',
  'topup',
  'expiry',
  'payment',
  'transfer',
  'reversal',
  'close',
  'refund',
  'settlement',
  'funding',
  'adjustment',
] as const;

export const lotUseSchema = z.object({
  id: z.string(),
  amount: z.int(),
  use: z.enum(['grant', 'use', 'undo', 'expire', 'forfeit']),
});

export const transactionSchema = z
  .object({
    id: z.string(),
    object: z.literal('wallet_transaction'),
    type: z.enum(TRANSACTION_TYPES),
    amount: z.int().meta({
      description:
        'Minor units. Unsigned where the type says the direction (debit, credit, topup, expiry, close); signed for drawdowns and for types that go both ways.',
    }),
    balance_before: z.int(),
    balance_after: z.int(),
    new_balance: z.int().meta({ description: 'The same as `balance_after`.' }),
    currency: z.string(),
    wallet_id: z.string(),
    description: z.string().nullable(),
    reference: z.string().nullable(),
    metadata: metadataViewSchema,
    created_at: z.string(),
    livemode: z.boolean(),
    hold_id: z.string().optional().meta({ description: 'The hold that this debit captured.' }),
    lots: z.array(lotUseSchema).optional().meta({ description: 'The promotional credits it granted, used or ended.' }),
  })
  .meta({ id: 'WalletTransaction' });

export const transactionListSchema = listSchema(transactionSchema).meta({ id: 'WalletTransactionList' });

export type TransactionObject = z.output<typeof transactionSchema>;

export const debitPreviewSchema = z
  .object({
    object: z.literal('debit_preview'),
    wallet_id: z.string(),
    amount: z.int(),
    currency: z.string(),
    allowed: z.boolean(),
    balance_before: z.int(),
    balance_after: z.int().nullable().meta({ description: 'Null when the debit would be refused.' }),
    available_after: z.int().nullable(),
    paid_amount: z.int().meta({ description: 'What the debit would take of paid money.' }),
    lots: z.array(
      z.object({
        id: z.string(),
        amount: z.int(),
        remaining_after: z.int(),
        priority: z.int(),
        expires_at: z.string().nullable(),
      }),
    ),
    refusal: z.object({ code: z.string(), message: z.string(), details: z.record(z.string(), z.unknown()) }).nullable(),
  })
  .meta({ id: 'DebitPreview' });

export type DebitPreviewObject = z.output<typeof debitPreviewSchema>;
