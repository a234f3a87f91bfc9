import { z } from 'zod';
import { currencyMeta, idMeta, livemodeMeta, minorMeta, objectMeta, pathIdMeta, timeMeta } from './field-meta';
import { listQueryShape, listSchema } from './lists';
import { metadataSchema, metadataViewSchema } from './metadata';
import { currencySchema } from './money';
import { customerIdSchema, instantSchema, reasonSchema } from './text';

export const WALLET_STATUSES = ['active', 'frozen', 'inactive', 'closed'] as const;
export type WalletStatus = (typeof WALLET_STATUSES)[number];

export const openWalletBody = z.strictObject({
  customer_id: customerIdSchema.meta({ description: 'Customer to issue the wallet to; an unknown one is created.' }),
  currency: currencySchema,
  metadata: metadataSchema.optional(),
});

export const updateWalletBody = z.strictObject({
  metadata: metadataSchema.meta({ description: 'Takes the place of all earlier metadata.' }),
});

/** Of freeze, unfreeze and close, which the documents call with no body at all. */
export const reasonBody = z.strictObject({ reason: reasonSchema.nullish() });

/** Ids are read in the handler: one that cannot be a wallet's is a wallet that is not there. */
export const walletParams = z.strictObject({ id: z.string().meta(pathIdMeta('wal', 'wallet')) });

export const listWalletsQuery = z.strictObject({
  customer_id: customerIdSchema.optional().meta({ description: 'Only wallets of this customer.' }),
  currency: currencySchema.optional().meta({ description: 'Only wallets in this currency, an ISO 4217 code.' }),
  status: z.enum(WALLET_STATUSES).optional().meta({ description: 'Only wallets of this status.' }),
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

export const walletListSchema = listSchema(walletSchema).meta({ id: 'WalletList' });

export type WalletObject = z.output<typeof walletSchema>;

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
  format: z.enum(['csv']).default('csv').meta({ description: 'CSV is the one format there is.' }),
});
