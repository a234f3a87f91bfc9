import { z } from 'zod';
import { allClientsSchema, rowClientSchema } from './all-clients';
import { amountSchema, currencySchema } from './amount-schemas';
import { currencyMeta, idMeta, livemodeMeta, minorMeta, objectMeta, pathIdMeta, timeMeta } from './field-meta';
import { listQueryShape, listSchema } from './lists';
import { metadataSchema, metadataViewSchema } from './metadata';
import { customerIdSchema, instantSchema, reasonSchema } from './text';

export const WALLET_STATUSES = ['active', 'frozen', 'inactive', 'closed'] as const;
export type WalletStatus = (typeof WALLET_STATUSES)[number];

export const openWalletBody = z.strictObject({
  customer_id: customerIdSchema.meta({ description: 'Customer to issue the wallet to; an unknown one is created.' }),
  currency: currencySchema,
  metadata: metadataSchema.optional(),
});

export const updateWalletBody = z
  .strictObject({
    metadata: metadataSchema.optional().meta({ description: 'Takes the place of all earlier metadata.' }),
    low_balance_threshold: amountSchema.nullish().meta({
      description:
        'When `available` falls under this, `wallet.balance_low` is sent, and `wallet.balance_recovered` when it is back. Null removes it.',
      example: 2000,
    }),
  })
  .meta({ description: 'What is left out stays as it is.' });

/** Of freeze, unfreeze and close, which the documents call with no body at all. */
export const reasonBody = z.strictObject({ reason: reasonSchema.nullish() });

/** Ids are read in the handler: one that cannot be a wallet's is a wallet that is not there. */
export const walletParams = z.strictObject({ id: z.string().meta(pathIdMeta('wal', 'wallet')) });

/** Ways to look for wallets that need somebody; each has an index, and they exclude one another. */
export const WALLET_VIEWS = ['refund_due', 'below_zero', 'credit_ending'] as const;
export type WalletViewName = (typeof WALLET_VIEWS)[number];

export const listWalletsQuery = z.strictObject({
  customer_id: customerIdSchema.optional().meta({ description: 'Only wallets of this customer.' }),
  currency: currencySchema.optional().meta({ description: 'Only wallets in this currency, an ISO 4217 code.' }),
  status: z.enum(WALLET_STATUSES).optional().meta({ description: 'Only wallets of this status.' }),
  view: z
    .enum(WALLET_VIEWS, `must be one of ${WALLET_VIEWS.join(', ')}`)
    .optional()
    .meta({
      description:
        'Only wallets that need somebody. refund_due: closed, with money still owed. below_zero: the balance is negative. credit_ending: promotional credit ends within seven days.',
      example: 'below_zero',
    }),
  all_clients: allClientsSchema,
  format: z
    .enum(['json', 'csv'])
    .default('json')
    .meta({ description: 'With `csv` every wallet that matches, as one file, whatever `limit` says.' }),
  ...listQueryShape,
});

export const walletSchema = z
  .object({
    id: z.string().meta(idMeta('wal', 'The wallet’s id.')),
    object: z.literal('wallet').meta(objectMeta),
    customer_id: z.string().meta({ description: 'Your own id of the customer it belongs to.', example: 'cus_abc123' }),
    account_number: z.string().meta({
      description: 'The number of its account in the books: eight digits or more.',
      example: '10000008',
    }),
    currency: z.string().meta(currencyMeta),
    balance: z
      .int()
      .meta(minorMeta('What is in it, exact as of the answer: credit that has expired does not count.', 14_500)),
    balance_formatted: z.string().meta({
      description: 'The balance for people: the currency’s own sign, thousands grouped.',
      example: 'GH₵145.00',
    }),
    available: z
      .int()
      .meta(minorMeta('What may be spent: the balance less active holds and the minimum balance.', 14_500)),
    held: z.int().meta(minorMeta('Set aside by active holds.', 0)),
    promotional: z.int().meta(minorMeta('The part of the balance that was granted, not paid.', 400)),
    refundable: z.int().meta(minorMeta('Paid money that no hold sets aside: what a refund could take now.', 14_100)),
    refund_due: z
      .int()
      .optional()
      .meta(minorMeta('Of a closed wallet: paid money still owed to the customer. Absent while it is open.', 14_100)),
    low_balance_threshold: z
      .int()
      .optional()
      .meta(minorMeta('What `available` is told to fall under, or to be back at. Absent while none is set.', 2_000)),
    status: z.enum(WALLET_STATUSES).meta({
      description: 'Frozen takes money in and lets none out; inactive does neither; closed is for good.',
      example: 'active',
    }),
    livemode: z.boolean().meta(livemodeMeta),
    metadata: metadataViewSchema,
    created_at: z.string().meta(timeMeta('When it was opened.')),
    closed_at: z
      .string()
      .optional()
      .meta(timeMeta('When it was closed. Absent while it is open.', '2026-06-01T09:30:00Z')),
  })
  .meta({ id: 'Wallet', description: 'What you owe one customer in one currency.' });

export const readWalletSchema = walletSchema
  .extend({
    customer_name: z.string().nullable().meta({
      description: 'What its customer is called. Null when you sent no name.',
      example: 'Ama Mensah',
    }),
    entries: z.int().meta({
      description: 'How many entries its account has: they are numbered from 1 to this without a gap.',
      example: 41,
    }),
    last_entry_at: z
      .string()
      .nullable()
      .meta(timeMeta('When money last moved in or out; null before the first time.', '2026-05-24T10:05:00Z')),
    auto_topup: z.enum(['active', 'paused', 'disabled']).nullable().meta({
      description: 'Status of its automatic top-up rule (`GET /v1/wallets/{id}/auto_topup`); null while it has none.',
      example: null,
    }),
  })
  .meta({
    id: 'ReadWallet',
    description: 'A wallet as it is read: with its customer’s name, and how much has happened.',
  });

export const listedWalletSchema = readWalletSchema
  .extend({ client: rowClientSchema })
  .meta({ id: 'ListedWallet', description: 'A wallet in a list, which may be of several clients.' });
export const walletListSchema = listSchema(listedWalletSchema).meta({ id: 'WalletList' });

export type WalletObject = z.output<typeof walletSchema>;
export type ReadWalletObject = z.output<typeof readWalletSchema>;
export type ListedWalletObject = z.output<typeof listedWalletSchema>;

const day = z.iso.date().transform((text) => ({ day: text, startMs: Date.parse(text) }));
const instant = instantSchema.transform((ms) => ({ day: null, startMs: ms }));
export const dayOrInstant = z.union([day, instant], {
  error: 'must be a day such as 2026-05-31 (UTC) or a time with its zone such as 2026-05-31T18:00:00Z',
});

const DAY_MS = 86_400_000;

/** Query fields of a statement. @param whose beginning a statement without `from` has: `wallet` */
export const periodShape = (whose: string) => ({
  from: dayOrInstant
    .transform((value) => value.startMs)
    .optional()
    .meta({
      description: `First day (\`2026-05-01\`, UTC) or first instant (ISO 8601 with its zone). The ${whose}’s beginning when left out.`,
      example: '2026-05-01',
    }),
  to: dayOrInstant
    .transform((value) => (value.day === null ? value.startMs : value.startMs + DAY_MS))
    .optional()
    .meta({
      description: 'Last day, included; or an instant, excluded. Same forms as `from`. Now when left out.',
      example: '2026-05-31',
    }),
});

export const statementQuery = z.strictObject({
  ...periodShape('wallet'),
  format: z.enum(['csv', 'pdf']).default('csv').meta({
    description: 'Without it the `Accept` header decides: `application/pdf` asks for PDF; anything else gets CSV.',
  }),
});
