import { z } from 'zod';
import { amountSchema } from './amount-schemas';
import { CHANNELS, MOBILE_CHANNELS } from './channels';
import { currencyMeta, idMeta, livemodeMeta, minorMeta, objectMeta, timeMeta } from './field-meta';
import { listQueryShape, listSchema } from './lists';
import { metadataSchema, metadataViewSchema } from './metadata';
import { isCurrency } from './money';
import { customerIdSchema, readableText, reasonSchema, referenceSchema } from './text';
import { dayOrInstant } from './wallets';

/** Where a payment stands (spec decision 29, and the steps between). */
export const PAYMENT_STATUSES = [
  'created',
  'submitting',
  'pending',
  'in_reconciliation',
  'succeeded',
  'failed',
  'canceled',
  'expired',
  'partially_refunded',
  'refunded',
  'reversed',
] as const;

/** The providers behind the channels, by their contracts (docs/providers.md). */
export const PAYMENT_PROVIDERS = ['mtn-momo', 'daraja', 'hubtel', 'paystack', 'vodacom-tz'] as const;

const DAY_MS = 86_400_000;
const CURRENCY_RULE = 'must be an ISO 4217 code of three letters, such as GHS';

const phoneSchema = z
  .string()
  .min(8)
  .max(20)
  .regex(/^\+?[0-9]+$/, 'must be digits with the country code, such as 233244123456')
  .meta({
    description: 'The payer’s wallet number in international form, with or without the plus sign.',
    example: '233200000000',
  });

const clientReferenceSchema = referenceSchema.meta({ description: 'Unique within your books for ever.' });

export const receivePaymentBody = z.strictObject({
  amount: amountSchema,
  currency: z
    .string(CURRENCY_RULE)
    .transform((code) => code.toUpperCase())
    .refine(isCurrency, CURRENCY_RULE)
    .default('GHS')
    .meta({
      description: 'ISO 4217 code, in either case. GHS when left out.',
      type: 'string',
      default: 'GHS',
      example: 'GHS',
    }),
  phone: phoneSchema,
  provider: z
    .enum(MOBILE_CHANNELS, `must be one of ${MOBILE_CHANNELS.join(', ')}`)
    .meta({ description: 'The network of the phone.', example: 'TELECEL' }),
  description: readableText(500).meta({ description: 'What the payer reads on the phone.', example: 'Union Dues' }),
  customerId: customerIdSchema.optional().meta({
    description: 'The customer it is for. Needed where the collection policy locks phones to registered numbers.',
    example: 'cus_abc123',
  }),
  walletId: z.string().max(64).optional().meta({
    description: 'The wallet to credit, `wal_…`. Without it the money goes to your collections.',
    example: 'wal_a1b2c3',
  }),
  callbackUrl: z.string().max(2_048).optional().meta({
    description: 'Where this payment’s callback goes, instead of the URL of the collection policy.',
    example: 'https://example.com/callbacks/pesewa',
  }),
  otpToken: z.string().max(128).optional().meta({
    description: 'From `POST /v1/payments/otp/verify`, where the collection policy asks for it.',
    example: 'otp_s3cr3t',
  }),
  metadata: metadataSchema
    .refine(
      (metadata) =>
        metadata['clientReference'] === undefined ||
        clientReferenceSchema.safeParse(metadata['clientReference']).success,
      'has a clientReference that is not 1 to 128 printable characters without spaces',
    )
    .optional()
    .meta({
      description:
        'Your own data. `clientReference` becomes the payment’s reference: unique within your books, and repeating it repeats the first answer.',
      example: { clientReference: '3jL2KlUy3vt21' },
    }),
});

const responseCode = z.string().meta({
  description:
    '0000 done, 0001 accepted, 2001 debit failed, 4000 request, 4070 declined by gateway, 4101 permission, 4103 payer.',
  example: '0001',
});
const message = z.string().meta({ description: 'The same for people.', example: 'Successful' });
const feeBearer = z.enum(['client', 'customer']).meta({
  description: 'Who bears the charges: the customer pays them on top, from the client they are taken off.',
  example: 'client',
});
const netAmount = z.int().meta(minorMeta('What reaches your books.', 75));
const amountCharged = z.int().meta(minorMeta('What the payer pays.', 80));
const reference = z
  .string()
  .meta({ description: 'Your reference, or the one made for you.', example: '3jL2KlUy3vt21' });

export const receivedPaymentSchema = z
  .object({
    success: z.literal(true).meta({ description: 'The request was accepted.' }),
    message,
    responseCode,
    data: z
      .object({
        id: z.string().meta({
          description: 'The payment’s id, `pay_` and 32 hex digits.',
          example: 'pay_09f84e20a283942e807128e8c21d08d6',
        }),
        reference,
        status: z.string().meta({ description: 'PROCESSING: the payer has been asked.', example: 'PROCESSING' }),
        amount: z.int().meta(minorMeta('What was asked for.', 80)),
        currency: z.string().meta(currencyMeta),
        phone: z.string().nullable().meta({ description: 'E.164 digits without a plus.', example: '233200000000' }),
        provider: z.enum(CHANNELS).meta({ description: 'The network.', example: 'TELECEL' }),
        description: z.string().meta({ description: 'What the payer reads.', example: 'Union Dues' }),
        createdAt: z.string().meta(timeMeta('When it was made.')),
        feeBearer,
        netAmount,
        amountCharged,
        nextStep: z.string().optional().meta({
          description: 'Where the payer has more to do than to answer the prompt: `otp` or `offline`.',
          example: 'otp',
        }),
      })
      .meta({ description: 'The payment.' }),
  })
  .meta({ id: 'ReceivedPayment', description: 'The immediate answer to a direct debit.' });

export const paymentStatusSchema = z
  .object({
    message,
    responseCode,
    data: z
      .object({
        date: z.string().meta(timeMeta('When it was paid; when it was made while it is not.')),
        status: z
          .enum(['Paid', 'Unpaid', 'Refunded'])
          .meta({ description: 'Whether you have the money.', example: 'Paid' }),
        transactionId: z
          .string()
          .meta({ description: 'The payment’s id without `pay_`.', example: '09f84e20a283942e807128e8c21d08d6' }),
        externalTransactionId: z
          .string()
          .nullable()
          .meta({ description: 'The network’s receipt.', example: '2116938399' }),
        paymentMethod: z
          .enum(['mobilemoney', 'card', 'bank'])
          .meta({ description: 'How it was paid.', example: 'mobilemoney' }),
        clientReference: reference,
        currencyCode: z.string().meta(currencyMeta),
        amount: z.int().meta(minorMeta('What was asked for.', 80)),
        charges: z.int().meta(minorMeta('Fee and tax; 0 while it is unpaid.', 5)),
        amountAfterCharges: z.int().meta(minorMeta('What reaches your books.', 75)),
        isFulfilled: z.literal(true).nullable().meta({ description: 'True once the money is yours.', example: true }),
        feeBearer,
        netAmount,
        amountCharged,
        paymentStatus: z
          .enum(PAYMENT_STATUSES)
          .meta({ description: 'Where it stands, exactly.', example: 'succeeded' }),
        isFinal: z
          .boolean()
          .meta({ description: 'Whether nothing more is expected to happen by itself.', example: true }),
        failureCode: z
          .string()
          .nullable()
          .meta({ description: 'Why it was not paid, such as `wrong_pin`.', example: null }),
      })
      .meta({ description: 'The payment as it stands.' }),
  })
  .meta({ id: 'PaymentStatus', description: 'The answer to a status check.' });

export const paymentSchema = z
  .object({
    id: z.string().meta({
      description: '`pay_` and 32 hex digits; the hex alone names it in callbacks.',
      example: 'pay_09f84e20a283942e807128e8c21d08d6',
    }),
    object: z.literal('payment').meta(objectMeta),
    reference,
    status: z.enum(PAYMENT_STATUSES).meta({ description: 'Where it stands.', example: 'succeeded' }),
    is_final: z.boolean().meta({ description: 'Whether nothing more is expected to happen by itself.', example: true }),
    amount: z.int().meta(minorMeta('What was asked for.', 80)),
    fee: z.int().meta(minorMeta('The fee.', 5)),
    tax: z.int().meta(minorMeta('The tax on the fee.', 0)),
    fee_bearer: feeBearer,
    amount_charged: amountCharged,
    net_amount: netAmount,
    amount_refunded: z.int().meta(minorMeta('What was given back, refunds under way included.', 0)),
    currency: z.string().meta(currencyMeta),
    channel: z.enum(CHANNELS).meta({ description: 'How it is paid.', example: 'TELECEL' }),
    country: z.string().meta({ description: 'ISO 3166-1 alpha-2.', example: 'GH' }),
    provider: z.string().meta({ description: 'The provider behind the channel.', example: 'hubtel' }),
    phone: z.string().nullable().meta({ description: 'E.164 digits without a plus.', example: '233200000000' }),
    customer_id: z.string().nullable().meta({ description: 'The customer it is for.', example: null }),
    wallet_id: z.string().nullable().meta(idMeta('wal', 'The wallet it credits; null for your collections.')),
    topup_id: z.string().nullable().meta(idMeta('top', 'The top-up it is of.')),
    transaction_id: z.string().nullable().meta(idMeta('txn', 'What brought the money into the books.')),
    description: z.string().meta({ description: 'What the payer reads.', example: 'Union Dues' }),
    metadata: metadataViewSchema,
    failure_code: z.string().nullable().meta({ description: 'Why it was not paid, or needs a person.', example: null }),
    provider_reference: z.string().nullable().meta({ description: 'The provider’s name for it.', example: null }),
    receipt: z.string().nullable().meta({ description: 'The receipt that the payer has too.', example: '2116938399' }),
    prompt_expires_at: z.string().nullable().meta(timeMeta('Until when the payer can answer.')),
    paid_at: z.string().nullable().meta(timeMeta('When it was paid.')),
    created_at: z.string().meta(timeMeta('When it was made.')),
    livemode: z.boolean().meta(livemodeMeta),
  })
  .meta({ id: 'Payment', description: 'An attempt to collect money from one payer.' });

export type PaymentObject = z.output<typeof paymentSchema>;

const clientCode = z.string().meta({ description: 'The client whose books these are.', example: 'MARk3J9sQa' });
const customerName = z
  .string()
  .nullable()
  .meta({ description: 'The customer’s name, where one is known.', example: null });

export const listedPaymentSchema = paymentSchema
  .extend({ client_code: clientCode, customer_name: customerName })
  .meta({ id: 'ListedPayment', description: 'A payment with the names a list shows beside it.' });

export const paymentListSchema = listSchema(listedPaymentSchema).meta({ id: 'PaymentList' });

export const PAYMENT_STAGES = ['accepted', 'submitted', 'waiting', 'confirming', 'posted'] as const;
export const REASONS_TO_BELIEVE = [
  'callback_signed',
  'callback_url_secret',
  'amount_agrees',
  'currency_agrees',
  'phone_agrees',
  'provider_confirmed',
] as const;

const timelineEntry = z.object({
  at: z.string().meta(timeMeta('When.')),
  kind: z
    .enum(['transition', 'observation'])
    .meta({ description: 'What happened to it, or what a provider said.', example: 'transition' }),
  from: z.string().nullable().meta({ description: 'The status before.', example: 'pending' }),
  to: z.string().nullable().meta({ description: 'The status after.', example: 'succeeded' }),
  cause: z.string().meta({ description: 'Why, in a word.', example: 'provider_said_paid' }),
  source: z.string().meta({ description: 'Where it was learned.', example: 'status' }),
  actor: z.string().nullable().meta({ description: 'Who moved it.', example: 'job:payments' }),
  outcome: z
    .string()
    .nullable()
    .meta({ description: 'Of an observation: succeeded, failed, pending or unknown.', example: null }),
  provider_code: z
    .string()
    .nullable()
    .meta({ description: 'Of an observation: the provider’s own code.', example: '500.001.1001' }),
  note: z.string().nullable().meta({ description: 'In words.', example: null }),
  raw: z.string().nullable().meta({ description: 'The provider’s message, secrets masked.', example: null }),
});

const stageSchema = z.object({
  stage: z.enum(PAYMENT_STAGES).meta({
    description:
      'accepted: until we sent it. submitted: until the provider had it. waiting: until the payer answered, or could no more. confirming: until the provider’s word was enough. posted: until the books had it.',
    example: 'waiting',
  }),
  whose: z.enum(['us', 'provider', 'customer']).meta({ description: 'Whose time it was.', example: 'customer' }),
  from: z.string().meta(timeMeta('Its beginning.', '2026-06-06T12:00:01.120Z')),
  to: z.string().nullable().meta(timeMeta('Its end; null while it lasts.', '2026-06-06T12:00:43.870Z')),
  duration_ms: z.int().nullable().meta({ description: 'How long it took; null while it lasts.', example: 42_750 }),
});

const messageSchema = z.object({
  direction: z.enum(['sent', 'received']).meta({ description: 'By whom it began.', example: 'sent' }),
  operation: z.string().meta({ description: 'What it was for: initiate, status, callback …', example: 'initiate' }),
  at: z.string().meta(timeMeta('When it began.', '2026-06-06T12:00:01.120Z')),
  duration_ms: z.int().nullable().meta({ description: 'Until its answer, or until it was worked on.', example: 833 }),
  method: z.string().meta({ description: 'HTTP method.', example: 'POST' }),
  url: z.string().meta({ description: 'Where it went, secrets masked.', example: 'https://provider.example/requests' }),
  status: z.int().nullable().meta({ description: 'The answer’s status; null where none came.', example: 200 }),
  request: z.string().nullable().meta({ description: 'Its body, secrets and PINs masked.', example: null }),
  answer: z.string().nullable().meta({ description: 'The answer’s body, secrets masked.', example: null }),
  note: z.string().nullable().meta({ description: 'Why there is no answer, or what became of it.', example: null }),
});

export const paymentDetailSchema = listedPaymentSchema
  .extend({
    requested_at: z.string().meta(timeMeta('When it was made, to the millisecond.', '2026-06-06T12:00:00.311Z')),
    started_by: z
      .object({
        type: z.string().meta({ description: '`api_key`, `user`, or a word such as `payer`.', example: 'api_key' }),
        id: z.string().nullable().meta({ description: 'Whose, where it has an id.', example: 'key_a1b2c3' }),
      })
      .meta({ description: 'Who asked for it.' }),
    journal_id: z.string().nullable().meta(idMeta('jnl', 'The journal that brought the money into the books.')),
    provider_account: z
      .string()
      .meta({ description: 'Which of the provider’s accounts, under whose credentials.', example: 'hubtel' }),
    failure_message: z.string().nullable().meta({ description: 'Why not, in the provider’s words.', example: null }),
    asks: z.int().meta({ description: 'How often the provider was asked by schedule.', example: 1 }),
    next_ask_at: z.string().nullable().meta(timeMeta('When it is asked again; null when by nobody.')),
    believed: z.array(z.enum(REASONS_TO_BELIEVE)).meta({
      description: 'Why the news of its money was believed: each check that held. Empty while there is none.',
      example: ['callback_url_secret', 'amount_agrees', 'phone_agrees', 'provider_confirmed'],
    }),
    stages: z.array(stageSchema).meta({ description: 'Its time in pieces, and whose each was.' }),
    timeline: z.array(timelineEntry).meta({ description: 'Its history, oldest first.' }),
    messages: z
      .array(messageSchema)
      .meta({ description: 'What went over the wire, oldest first, secrets and PINs masked.' }),
  })
  .meta({ id: 'PaymentDetail', description: 'A payment with its history.' });

export const refreshedPaymentSchema = listedPaymentSchema
  .omit({ client_code: true, customer_name: true })
  .extend({
    asked: z.boolean().meta({
      description: 'False when it was asked a moment ago, and this is how it stands since.',
      example: true,
    }),
  })
  .meta({ id: 'RefreshedPayment', description: 'A payment as it stands after its provider was asked.' });

const count = (meaning: string, example: number) => z.int().meta({ description: meaning, example });
const statusCounts = z.object({
  status: z.enum(PAYMENT_STATUSES).meta({ description: 'Where they stand now.', example: 'succeeded' }),
  currency: z.string().meta(currencyMeta),
  payments: count('How many.', 1_240),
  amount: z.int().meta(minorMeta('What they asked for together.', 6_200_000)),
});
const successRate = z.number().nullable().meta({
  description:
    'Paid payments of those that have ended, 0 to 1, four decimals; null while none has. Refunded and reversed ones were paid; those under way and in reconciliation do not count.',
  example: 0.9312,
});
const rateShape = {
  payments: count('How many were made.', 1_332),
  succeeded: count('How many were paid.', 1_240),
  ended: count('How many were paid or certainly not.', 1_331),
  success_rate: successRate,
};

export const paymentReportQuery = z.strictObject({
  from: dayOrInstant
    .transform((value) => value.startMs)
    .optional()
    .meta({
      description:
        'First day (`2026-05-01`, UTC) or first instant (ISO 8601 with its zone). The last thirty days when left out.',
      example: '2026-05-01',
    }),
  to: dayOrInstant
    .transform((value) => (value.day === null ? value.startMs : value.startMs + DAY_MS))
    .optional()
    .meta({
      description: 'Last day, included; or an instant, excluded. Same forms as `from`. Now when left out.',
      example: '2026-05-31',
    }),
  currency: z
    .string(CURRENCY_RULE)
    .refine(isCurrency, CURRENCY_RULE)
    .optional()
    .meta({ description: 'Only payments in this currency.', example: 'GHS' }),
});

export const paymentReportSchema = z
  .object({
    object: z.literal('payment_report').meta(objectMeta),
    from: z.string().meta(timeMeta('First instant of the period.', '2026-05-01T00:00:00Z')),
    to: z.string().meta(timeMeta('End of the period, which does not belong to it.', '2026-06-01T00:00:00Z')),
    ...rateShape,
    statuses: z.array(statusCounts).meta({ description: 'The funnel: how many stand where, by currency.' }),
    channels: z
      .array(
        z.object({
          channel: z.enum(CHANNELS).meta({ description: 'How they were paid.', example: 'MTN' }),
          currency: z.string().meta(currencyMeta),
          ...rateShape,
          amount_succeeded: z.int().meta(minorMeta('What the paid ones asked for.', 6_100_000)),
          statuses: z.array(statusCounts).meta({ description: 'How many stand where.' }),
        }),
      )
      .meta({ description: 'The same by channel and currency.' }),
    days: z
      .array(
        z.object({
          day: z.string().meta({ description: 'The day they were made, UTC.', example: '2026-05-24' }),
          channel: z.enum(CHANNELS).meta({ description: 'How they were paid.', example: 'MTN' }),
          currency: z.string().meta(currencyMeta),
          ...rateShape,
          amount_succeeded: z.int().meta(minorMeta('What the paid ones asked for.', 210_000)),
        }),
      )
      .meta({ description: 'By day, channel and currency, oldest first; days without payments are left out.' }),
    livemode: z.boolean().meta(livemodeMeta),
  })
  .meta({ id: 'PaymentReport', description: 'What became of the payments made in a period.' });

export const paymentParams = z.strictObject({
  reference: z
    .string()
    .min(1)
    .max(128)
    .meta({ description: 'Your reference, the `pay_` id, or the id without `pay_`.', example: '3jL2KlUy3vt21' }),
});

export const listPaymentsQuery = z.strictObject({
  status: z.enum(PAYMENT_STATUSES).optional().meta({
    description: 'Only payments that stand there; `in_reconciliation` is the queue of those that need a person.',
    example: 'succeeded',
  }),
  channel: z.enum(CHANNELS).optional().meta({ description: 'Only payments by this channel.', example: 'MTN' }),
  provider: z
    .enum(PAYMENT_PROVIDERS)
    .optional()
    .meta({ description: 'Only payments through this provider.', example: 'mtn-momo' }),
  customer_id: customerIdSchema.optional().meta({ description: 'Only this customer’s.', example: 'cus_abc123' }),
  wallet_id: z.string().max(64).optional().meta({ description: 'Only those into this wallet.', example: 'wal_a1b2c3' }),
  topup_id: z.string().max(64).optional().meta({ description: 'Only those of this top-up.', example: 'top_a1b2c3' }),
  phone: phoneSchema.optional(),
  search: readableText(128).optional().meta({
    description:
      'Only the payments that this names, whole: a reference, an id, the provider’s reference, a receipt or a phone.',
    example: 'TFH7K2M9QX',
  }),
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

export const cancelPaymentBody = z.strictObject({});
export const refreshPaymentBody = z.strictObject({});

export const resolvePaymentBody = z.strictObject({
  verdict: z.enum(['paid', 'unpaid'], 'must be paid or unpaid').meta({
    description:
      'paid: credit what came. unpaid: credit nothing; what stands in suspense goes back to the provider’s account.',
    example: 'paid',
  }),
  receipt: readableText(128)
    .optional()
    .meta({ description: 'The provider’s receipt, as you saw it.', example: '2116938399' }),
  reason: reasonSchema,
});

export const sendCodeBody = z.strictObject({ phone: phoneSchema });
export const verifyCodeBody = z.strictObject({
  phone: phoneSchema,
  code: z
    .string()
    .regex(/^[0-9]{6}$/, 'must be six digits')
    .meta({ description: 'The six digits that the payer read out.', example: '482913' }),
});

export const sentCodeSchema = z
  .object({
    success: z.literal(true).meta({ description: 'The request was accepted.' }),
    message,
    responseCode,
    data: z
      .object({
        phone: z.string().meta({ description: 'E.164 digits without a plus.', example: '233200000000' }),
        expiresAt: z.string().meta(timeMeta('Until when the code is valid.')),
        code: z.string().optional().meta({
          description: 'In test mode, where nothing sends messages: the code itself.',
          example: '482913',
        }),
      })
      .meta({ description: 'The code that was sent.' }),
  })
  .meta({ id: 'SentCode', description: 'A one-time code on its way.' });

export const verifiedCodeSchema = z
  .object({
    success: z.literal(true).meta({ description: 'The request was accepted.' }),
    message,
    responseCode,
    data: z
      .object({
        phone: z.string().meta({ description: 'E.164 digits without a plus.', example: '233200000000' }),
        otpToken: z.string().optional().meta({
          description: 'For one receive request with this phone. Absent when the answer is replayed.',
          example: 'otp_s3cr3t',
        }),
        expiresAt: z.string().meta(timeMeta('Until when the token is valid.')),
      })
      .meta({ description: 'The token that it was exchanged for.' }),
  })
  .meta({ id: 'VerifiedCode', description: 'What a right code is exchanged for.' });

const promptLimit = (most: number) =>
  z
    .number(`must be a whole number from 1 to ${most}`)
    .refine(
      (value) => Number.isInteger(value) && value >= 1 && value <= most,
      `must be a whole number from 1 to ${most}`,
    );

const policyMeta = {
  phone_policy: {
    description:
      'How people are kept from prompts they did not ask for. locked: the phone must be the customer’s registered one. otp: its owner reads out a code first. off: in test mode alone.',
    example: 'locked',
  },
  client_service_code: {
    description: 'The client service whose limits, fee and bearer apply to what is collected. Null charges nothing.',
    example: 'COLk3J9sQa',
  },
  callback_url: {
    description: 'Where the callback of every payment goes. Null for nowhere.',
    example: 'https://example.com/callbacks/pesewa',
  },
  prompts_per_phone_hour: { description: 'Prompts that one phone gets in an hour, at the most.', example: 10 },
  prompts_per_phone_day: { description: 'Prompts that one phone gets in a day, at the most.', example: 30 },
  prompts_per_day: { description: 'Prompts that you send in a day, at the most.', example: 100_000 },
};

const phonePolicySchema = z.enum(['locked', 'otp', 'off'], 'must be locked, otp or off');
const whole = (meta: { description: string; example: number }, maximum: number) => ({
  ...meta,
  type: 'integer' as const,
  minimum: 1,
  maximum,
});

export const updateCollectionPolicyBody = z.strictObject({
  phone_policy: phonePolicySchema.optional().meta(policyMeta.phone_policy),
  client_service_code: z.string().min(1).max(64).nullish().meta(policyMeta.client_service_code),
  callback_url: z.string().max(2_048).nullish().meta(policyMeta.callback_url),
  prompts_per_phone_hour: promptLimit(1_000).optional().meta(whole(policyMeta.prompts_per_phone_hour, 1_000)),
  prompts_per_phone_day: promptLimit(10_000).optional().meta(whole(policyMeta.prompts_per_phone_day, 10_000)),
  prompts_per_day: promptLimit(100_000_000).optional().meta(whole(policyMeta.prompts_per_day, 100_000_000)),
});

export const collectionPolicySchema = z
  .object({
    object: z.literal('collection_policy').meta(objectMeta),
    phone_policy: phonePolicySchema.meta(policyMeta.phone_policy),
    client_service_code: z.string().nullable().meta(policyMeta.client_service_code),
    callback_url: z.string().nullable().meta(policyMeta.callback_url),
    prompts_per_phone_hour: z.int().meta(policyMeta.prompts_per_phone_hour),
    prompts_per_phone_day: z.int().meta(policyMeta.prompts_per_phone_day),
    prompts_per_day: z.int().meta(policyMeta.prompts_per_day),
    livemode: z.boolean().meta(livemodeMeta),
  })
  .meta({ id: 'CollectionPolicy', description: 'Who may be prompted, what it costs, and who is told.' });

export type CollectionPolicyObject = z.output<typeof collectionPolicySchema>;

export const allowedIpsBody = z.strictObject({
  allowed_ips: z
    .array(z.string().min(2).max(45))
    .max(4, 'may have four addresses at the most')
    .meta({
      description: 'Up to four single IPv4 or IPv6 addresses; an empty list takes them away.',
      example: ['203.0.113.9'],
    }),
});

export const allowedIpsSchema = z
  .object({
    object: z.literal('api_key_addresses').meta(objectMeta),
    api_key_id: z.string().meta(idMeta('key', 'The key.')),
    allowed_ips: z
      .array(z.string())
      .meta({ description: 'Where its direct debits may come from.', example: ['203.0.113.9'] }),
  })
  .meta({ id: 'ApiKeyAddresses', description: 'Where a key’s direct debits may come from.' });

/** The error body of the payments family: the document's shape, and nothing beside it. */
export const paymentErrorSchema = z
  .object({
    success: z.literal(false).meta({ description: 'Nothing was done.' }),
    responseCode: z.string().meta({
      description: '4000 request, 4070 declined by gateway, 4101 permission, 4103 payer, 5000 our side.',
      example: '4000',
    }),
    message: z.string().meta({ description: 'For people. Its words may change.' }),
    errors: z
      .array(
        z.object({
          field: z.string().meta({ description: 'The field at fault, as you wrote it.', example: 'amount' }),
          message: z.string().meta({ description: 'What is expected of it.' }),
        }),
      )
      .meta({ description: 'Every field at fault.' }),
  })
  .meta({ id: 'PaymentError', description: 'Every refusal of this family has this shape.' });
export type PaymentErrorBody = z.output<typeof paymentErrorSchema>;
