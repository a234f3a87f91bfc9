import { z } from 'zod';
import { amountSchema } from './amount-schemas';
import { currencyMeta, idMeta, livemodeMeta, minorMeta, objectMeta, pathIdMeta, timeMeta } from './field-meta';
import { listQueryShape, listSchema } from './lists';
import { metadataSchema, metadataViewSchema } from './metadata';
import { customerIdSchema, instantSchema } from './text';
import { dayOrInstant } from './wallets';

const DAY_MS = 86_400_000;

/** How long a checkout link works when nothing is said, and at the least and the most. */
export const TOP_UP_MINUTES_DEFAULT = 24 * 60;
export const TOP_UP_MINUTES_MIN = 5;
export const TOP_UP_MINUTES_MAX = 7 * 24 * 60;

/** Spec decision 29. */
export const TOP_UP_STATUSES = [
  'created',
  'processing',
  'pending',
  'in_reconciliation',
  'failed',
  'succeeded',
  'refunded',
  'canceled',
  'expired',
] as const;
export type TopUpStatus = (typeof TOP_UP_STATUSES)[number];

export const TOP_UP_SOURCES = ['checkout', 'automatic'] as const;
export type TopUpSource = (typeof TOP_UP_SOURCES)[number];

const urlSchema = z.url().max(2048);

export const createTopUpBody = z.strictObject({
  amount: amountSchema.meta({
    description:
      'What reaches the wallet, in the currency’s minor unit: 500 is GH₵5.00. A fee that the customer bears comes on top, and the checkout says so.',
  }),
  redirect_url: urlSchema.meta({
    description:
      'Where the customer goes after paying, with `topup_id` and `status` added to the query: https, on a host that you registered (`PUT /v1/checkout_settings`); `localhost` in test mode.',
    example: 'https://example.com/paid',
  }),
  cancel_url: urlSchema.optional().meta({
    description: 'Where the customer goes after giving up, under the same rules; `redirect_url` when left out.',
    example: 'https://example.com/cart',
  }),
  expires_at: instantSchema.optional().meta({
    description:
      'Until when the link works: 5 minutes to 7 days from now, 24 hours when left out. A payment begun before is seen to its end.',
    format: 'date-time',
    example: '2030-01-01T00:00:00Z',
  }),
  metadata: metadataSchema.optional(),
});

export const topUpParams = z.strictObject({ id: z.string().meta(pathIdMeta('top', 'top-up')) });

export const listTopUpsQuery = z.strictObject({
  status: z.enum(TOP_UP_STATUSES).optional().meta({ description: 'Only top-ups of this status.' }),
  ...listQueryShape,
});

export const topUpSchema = z
  .object({
    id: z.string().meta(idMeta('top', 'The top-up’s id.')),
    object: z.literal('topup').meta(objectMeta),
    wallet_id: z.string().meta(idMeta('wal', 'The wallet that is credited.')),
    amount: z.int().meta(minorMeta('What reaches the wallet.', 5_000)),
    currency: z.string().meta(currencyMeta),
    status: z.enum(TOP_UP_STATUSES).meta({
      description:
        'created: nobody has paid yet. processing, pending: a payment is under way. in_reconciliation: the provider has not said whether it was paid. failed: the last try did not work; another may, until `expires_at`. succeeded: the wallet is credited. refunded: given back, or taken back by the provider. canceled, expired: over without money.',
      example: 'created',
    }),
    failure_code: z.string().nullable().meta({
      description: 'Why the last try did not work, such as `insufficient_funds` or `cancelled`; null otherwise.',
      example: null,
    }),
    checkout_url: z.string().optional().meta({
      description:
        'Where the customer pays. It is a secret: whoever has it sees the top-up. Absent in events, of automatic top-ups, and once the top-up is over.',
      example: 'https://pay.example.com/pay/7cQ2mWf0LrT9sXyB4kHdZa',
    }),
    payment_number: z.string().meta({
      description: 'What the customer says on the phone; on the checkout, the prompt and the receipt.',
      example: '7K4M-2Q9X',
    }),
    payment_id: z.string().nullable().meta({
      description: 'The payment that its status follows; null before the first. Begins with `pay_`.',
      example: null,
    }),
    attempts: z.int().meta({ description: 'How many payments were tried.', example: 0 }),
    source: z.enum(TOP_UP_SOURCES).meta({
      description:
        'checkout: a link that a customer opens. automatic: a rule of the wallet started it, and it has no link.',
      example: 'checkout',
    }),
    payment_method_id: z.string().nullable().meta({
      description: 'The saved payment method of an automatic one, `pm_…`; null otherwise.',
      example: null,
    }),
    redirect_url: z.string().nullable().meta({
      description: 'As you sent it; null of an automatic one.',
      example: 'https://example.com/paid',
    }),
    cancel_url: z.string().nullable().meta({ description: 'As you sent it.', example: 'https://example.com/cart' }),
    metadata: metadataViewSchema,
    expires_at: z.string().meta(timeMeta('Until when the link works.', '2026-05-25T10:00:00Z')),
    created_at: z.string().meta(timeMeta('When it was made.')),
    updated_at: z.string().meta(timeMeta('When its status last changed.')),
    livemode: z.boolean().meta(livemodeMeta),
  })
  .meta({
    id: 'TopUp',
    description: 'Money on its way into a wallet: a checkout where a customer pays, or an automatic top-up.',
  });

export const listedTopUpSchema = topUpSchema
  .extend({
    client_code: z.string().meta({ description: 'The client whose books these are.', example: 'MARk3J9sQa' }),
    customer_id: z.string().meta({ description: 'The customer whose wallet it is.', example: 'cus_abc123' }),
    customer_name: z
      .string()
      .nullable()
      .meta({ description: 'The customer’s name, where one is known.', example: null }),
  })
  .omit({ checkout_url: true })
  .meta({ id: 'ListedTopUp', description: 'A top-up with the names a list shows beside it.' });

export const allTopUpsSchema = listSchema(listedTopUpSchema).meta({ id: 'ListedTopUpList' });

export const listAllTopUpsQuery = z.strictObject({
  status: z.enum(TOP_UP_STATUSES).optional().meta({ description: 'Only top-ups of this status.' }),
  wallet_id: z.string().max(64).optional().meta({ description: 'Only those of this wallet.', example: 'wal_a1b2c3' }),
  customer_id: customerIdSchema.optional(),
  payment_number: z
    .string()
    .regex(/^[0-9A-Za-z]{4}-?[0-9A-Za-z]{4}$/, 'must be eight characters, such as 7K4M-2Q9X')
    .optional()
    .meta({ description: 'What the customer says on the phone.', example: '7K4M-2Q9X' }),
  from: dayOrInstant
    .transform((value) => value.startMs)
    .optional()
    .meta({
      description: 'Made on or after this day (`2026-05-01`, UTC) or instant (ISO 8601 with its zone).',
      example: '2026-05-01',
    }),
  to: dayOrInstant
    .transform((value) => (value.day === null ? value.startMs : value.startMs + DAY_MS))
    .optional()
    .meta({
      description: 'Last day, included; or an instant, excluded. Same forms as `from`.',
      example: '2026-05-31',
    }),
  ...listQueryShape,
});

export const topUpListSchema = listSchema(topUpSchema).meta({ id: 'TopUpList' });

export type TopUpObject = z.output<typeof topUpSchema>;
