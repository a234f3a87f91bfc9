import { z } from 'zod';
import { amountSchema } from './amount-schemas';
import { MOBILE_CHANNELS } from './channels';
import { currencyMeta, idMeta, livemodeMeta, minorMeta, objectMeta, pathIdMeta, timeMeta } from './field-meta';
import { listQueryShape, listSchema } from './lists';
import { readableText, reasonSchema, referenceSchema } from './text';

/** Where a refund stands. `submitted` may have reached the provider; `in_reconciliation` is a question for a person. */
export const REFUND_STATUSES = ['pending', 'submitted', 'succeeded', 'failed', 'in_reconciliation'] as const;
export type RefundStatus = (typeof REFUND_STATUSES)[number];

export const REFUND_METHODS = ['provider', 'recorded'] as const;
export type RefundMethod = (typeof REFUND_METHODS)[number];

/** Where the money stood that is given back. */
export const REFUND_SOURCES = ['wallet', 'collections', 'due'] as const;
export type RefundSource = (typeof REFUND_SOURCES)[number];

/** How a provider gives money back: by undoing its own payment, or by sending money to a phone. */
export const REFUND_WAYS = ['refund', 'payout'] as const;
export type RefundWay = (typeof REFUND_WAYS)[number];

const paymentName = z.string().min(1).max(128).meta({
  description: 'The payment: its id or your reference of it.',
  example: 'pay_09f84e20a283942e807128e8c21d08d6',
});

export const createRefundBody = z.strictObject({
  payment: paymentName.optional().meta({
    description:
      'The payment to give back: its id or your reference of it. One of `payment`, `topup_id` and `wallet_id`.',
  }),
  topup_id: z.string().optional().meta(idMeta('top', 'The top-up to give back: its paid payment.')),
  wallet_id: z
    .string()
    .optional()
    .meta(idMeta('wal', 'A closed wallet, whose `refund_due` is paid out, whole or in part.')),
  amount: amountSchema.optional().meta({
    description:
      'What to give back, in minor units. All that is left of the payment, or all that is due, when left out. Never more than paid money: promotional credit is not refunded, and neither are fees.',
  }),
  method: z.enum(REFUND_METHODS, 'must be provider or recorded').meta({
    description:
      'provider: a payment provider gives it back. recorded: it was paid outside already, in cash or through a bank, and `reference` is that receipt.',
    example: 'provider',
  }),
  destination: z
    .strictObject({
      phone: z
        .string()
        .regex(/^\+?[0-9]{6,15}$/, 'must be a phone number in international form')
        .meta({ description: 'In international form.', example: '233244123456' }),
      channel: z.enum(MOBILE_CHANNELS, `must be one of ${MOBILE_CHANNELS.join(', ')}`).meta({
        description: 'The phone’s network.',
        example: 'MTN',
      }),
      name: readableText(100).meta({ description: 'Whose phone it is.', example: 'Ama Mensah' }),
    })
    .optional()
    .meta({
      description:
        'Who is paid what a close left due, with `method: provider`. A payment goes back to where it came from, so it has none.',
    }),
  reason: reasonSchema,
  reference: referenceSchema.meta({
    description:
      'Your own, unique among your refunds for ever: repeating it repeats the first answer and pays nobody twice.',
    example: 'refund_2231',
  }),
});

export const refundParams = z.strictObject({ id: z.string().meta(pathIdMeta('rfd', 'refund')) });

export const resolveRefundBody = z.strictObject({
  verdict: z.enum(['paid', 'unpaid'], 'must be paid or unpaid').meta({
    description: 'paid: the payee has it. unpaid: nobody has it, and the money goes back to where it was taken from.',
    example: 'paid',
  }),
  receipt: readableText(128)
    .optional()
    .meta({ description: 'The provider’s receipt, as you saw it.', example: '3018284' }),
  reason: reasonSchema,
});

export const listRefundsQuery = z.strictObject({
  status: z.enum(REFUND_STATUSES).optional().meta({
    description: 'Only refunds that stand there; `in_reconciliation` is the queue of those that need a person.',
  }),
  method: z.enum(REFUND_METHODS).optional().meta({ description: 'Only refunds of this method.' }),
  payment: paymentName.optional(),
  topup_id: z.string().optional().meta(idMeta('top', 'Only this top-up’s.')),
  wallet_id: z.string().optional().meta(idMeta('wal', 'Only this wallet’s.')),
  ...listQueryShape,
});

export const refundSchema = z
  .object({
    id: z.string().meta(idMeta('rfd', 'The refund’s id.')),
    object: z.literal('refund').meta(objectMeta),
    reference: z.string().meta({ description: 'As you sent it.', example: 'refund_2231' }),
    status: z.enum(REFUND_STATUSES).meta({
      description:
        'pending: the money is set aside and nothing was sent. submitted: sent, not confirmed. succeeded: paid out. failed: nobody was paid, and the money is back. in_reconciliation: the provider does not say, and a person has to find out.',
      example: 'succeeded',
    }),
    method: z.enum(REFUND_METHODS).meta({ description: 'Through a provider, or outside.', example: 'provider' }),
    source: z.enum(REFUND_SOURCES).meta({
      description: 'Where the money stood: the wallet, your collections, or what a closed wallet left due.',
      example: 'wallet',
    }),
    amount: z.int().meta(minorMeta('What is given back.', 5_000)),
    currency: z.string().meta(currencyMeta),
    payment_id: z.string().nullable().meta({
      description: 'The payment it gives back; null for what a close left due. Begins with `pay_`.',
      example: 'pay_09f84e20a283942e807128e8c21d08d6',
    }),
    topup_id: z.string().nullable().meta(idMeta('top', 'The top-up it gives back.')),
    wallet_id: z.string().nullable().meta(idMeta('wal', 'The wallet it comes out of.')),
    reason: z.string().meta({ description: 'Why.', example: 'Paid twice by mistake' }),
    way: z.enum(REFUND_WAYS).nullable().meta({
      description: 'How the provider gives it back: undoing its own payment, or sending money. Null when recorded.',
      example: 'refund',
    }),
    provider: z.string().nullable().meta({ description: 'The provider that gives it back.', example: 'paystack' }),
    destination: z
      .object({
        phone: z.string().meta({ description: 'E.164 digits without a plus.', example: '233244123456' }),
        channel: z.string().meta({ description: 'The network.', example: 'MTN' }),
        name: z.string().meta({ description: 'Whose phone it is.', example: 'Ama Mensah' }),
      })
      .nullable()
      .meta({ description: 'Where a payout goes; null for the way back of the payment itself.' }),
    provider_reference: z.string().nullable().meta({ description: 'The provider’s name for it.', example: '3018284' }),
    receipt: z.string().nullable().meta({ description: 'The provider’s receipt.', example: '3018284' }),
    failure_code: z.string().nullable().meta({ description: 'Why it failed, or needs a person.', example: null }),
    transaction_id: z.string().nullable().meta(idMeta('txn', 'What took the money out of the books.')),
    return_transaction_id: z.string().nullable().meta(idMeta('txn', 'What brought it back after a failure.')),
    submitted_at: z.string().nullable().meta(timeMeta('When it was sent.')),
    ended_at: z.string().nullable().meta(timeMeta('When it succeeded or failed.')),
    created_at: z.string().meta(timeMeta('When it was made.')),
    updated_at: z.string().meta(timeMeta('When it last changed.')),
    livemode: z.boolean().meta(livemodeMeta),
  })
  .meta({ id: 'Refund', description: 'Money given back: of a payment, or what a closed wallet left due.' });

export type RefundObject = z.output<typeof refundSchema>;

export const refundDetailSchema = refundSchema
  .extend({
    timeline: z
      .array(
        z.object({
          at: z.string().meta(timeMeta('When.')),
          kind: z
            .enum(['transition', 'observation'])
            .meta({ description: 'What happened to it, or what a provider said.', example: 'transition' }),
          from: z.string().nullable().meta({ description: 'The status before.', example: 'submitted' }),
          to: z.string().nullable().meta({ description: 'The status after.', example: 'succeeded' }),
          cause: z.string().meta({ description: 'Why, in a word.', example: 'provider_said_paid' }),
          source: z.string().meta({ description: 'Where it was learned.', example: 'status' }),
          actor: z.string().nullable().meta({ description: 'Who moved it.', example: 'job:refunds' }),
          note: z.string().nullable().meta({ description: 'In words.', example: null }),
          raw: z.string().nullable().meta({ description: 'The provider’s message, secrets masked.', example: null }),
        }),
      )
      .meta({ description: 'Its history, oldest first.' }),
  })
  .meta({ id: 'RefundDetail', description: 'A refund with its history.' });

export const refundListSchema = listSchema(refundSchema).meta({ id: 'RefundList' });
