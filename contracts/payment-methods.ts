import { z } from 'zod';
import { CHANNELS, MOBILE_CHANNELS } from './channels';
import { currencyMeta, idMeta, livemodeMeta, objectMeta, pathIdMeta, timeMeta } from './field-meta';
import { listQueryShape, listSchema } from './lists';
import { customerIdSchema, instantSchema, readableText } from './text';

export const PAYMENT_METHOD_TYPES = ['mobile_money', 'card'] as const;
export type PaymentMethodType = (typeof PAYMENT_METHOD_TYPES)[number];

export const PAYMENT_METHOD_STATUSES = ['active', 'detached'] as const;
export type PaymentMethodStatus = (typeof PAYMENT_METHOD_STATUSES)[number];

const consentBody = z
  .strictObject({
    statement: readableText(500).meta({
      description: 'What the customer agreed to, in the words that they saw.',
      example: 'Volta Data may ask this number for a top-up when my balance is low.',
    }),
    given_at: instantSchema.optional().meta({
      description: 'When they agreed; now when left out. Not in the future.',
      format: 'date-time',
      example: '2026-05-24T10:00:00Z',
    }),
  })
  .meta({ description: 'Nothing is saved without it. Kept as it comes, with who sent it.' });

export const createPaymentMethodBody = z.strictObject({
  customer_id: customerIdSchema.meta({ description: 'Whose it is.', example: 'cus_abc123' }),
  type: z.enum(PAYMENT_METHOD_TYPES).meta({
    description:
      'mobile_money: a phone, which is prompted each time. card: the one that paid `payment_id`, which is charged without its owner.',
    example: 'mobile_money',
  }),
  provider: z
    .enum(MOBILE_CHANNELS, `must be one of ${MOBILE_CHANNELS.join(', ')}`)
    .optional()
    .meta({ description: 'The network of the phone. For mobile_money.', example: 'MTN' }),
  phone: z
    .string()
    .min(8)
    .max(20)
    .regex(/^\+?[0-9]+$/, 'must be digits with the country code, such as 233244123456')
    .optional()
    .meta({
      description:
        'In international form. For mobile_money; where the collection policy locks phones it must be the customer’s registered one.',
      example: '233241234567',
    }),
  otp_token: z.string().max(128).optional().meta({
    description: 'From `POST /v1/payments/otp/verify`, where the collection policy asks for it.',
    example: 'otp_s3cr3t',
  }),
  payment_id: z.string().max(64).optional().meta({
    description:
      'A card payment of this customer that succeeded, `pay_…`: its card is saved, if its bank lets it be charged again. For card.',
    example: 'pay_0f1e2d3c4b5a69788796a5b4c3d2e1f0',
  }),
  consent: consentBody,
});

export const paymentMethodParams = z.strictObject({ id: z.string().meta(pathIdMeta('pm', 'payment method')) });

export const listPaymentMethodsQuery = z.strictObject({
  customer_id: customerIdSchema.optional().meta({ description: 'Only this customer’s.', example: 'cus_abc123' }),
  status: z.enum(PAYMENT_METHOD_STATUSES).optional().meta({ description: 'Only those of this status.' }),
  ...listQueryShape,
});

export const paymentMethodSchema = z
  .object({
    id: z.string().meta(idMeta('pm', 'The payment method’s id.')),
    object: z.literal('payment_method').meta(objectMeta),
    customer_id: z.string().meta({ description: 'Whose it is.', example: 'cus_abc123' }),
    type: z.enum(PAYMENT_METHOD_TYPES).meta({ description: 'A phone or a card.', example: 'mobile_money' }),
    status: z.enum(PAYMENT_METHOD_STATUSES).meta({
      description: 'detached: it is asked no more, and what a card was charged by is forgotten.',
      example: 'active',
    }),
    provider: z.enum(CHANNELS).meta({ description: 'The phone’s network, or `CARD`.', example: 'MTN' }),
    country: z.string().meta({ description: 'ISO 3166-1 alpha-2.', example: 'GH' }),
    currency: z.string().meta(currencyMeta),
    label: z.string().meta({
      description: 'How its owner knows it. The whole number is never shown.',
      example: 'MTN MoMo 024 ••• 4567',
    }),
    card: z
      .object({
        brand: z.string().nullable().meta({ description: 'As the provider names it.', example: 'visa' }),
        last_four: z.string().nullable().meta({ description: 'The last four digits.', example: '4081' }),
        expiry_month: z.string().nullable().meta({ description: 'Two digits.', example: '12' }),
        expiry_year: z.string().nullable().meta({ description: 'Four digits.', example: '2030' }),
      })
      .nullable()
      .meta({ description: 'Of a card; null of a phone.' }),
    consent: z
      .object({
        statement: z.string().meta({ description: 'What the customer agreed to.', example: 'Top up when I run low.' }),
        given_at: z.string().meta(timeMeta('When.')),
      })
      .meta({ description: 'As it was recorded.' }),
    created_at: z.string().meta(timeMeta('When it was saved.')),
    detached_at: z
      .string()
      .nullable()
      .meta({ description: 'When it was detached; null while it is active.', format: 'date-time', example: null }),
    livemode: z.boolean().meta(livemodeMeta),
  })
  .meta({ id: 'PaymentMethod', description: 'A phone or card that its owner agreed may be asked again.' });

export const paymentMethodListSchema = listSchema(paymentMethodSchema).meta({ id: 'PaymentMethodList' });

export type PaymentMethodObject = z.output<typeof paymentMethodSchema>;
