import { z } from 'zod';
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
export const walletParams = z.strictObject({ id: z.string().meta({ example: 'wal_a1b2c3' }) });

export const listWalletsQuery = z.strictObject({
  customer_id: customerIdSchema.optional(),
  currency: currencySchema.optional(),
  status: z.enum(WALLET_STATUSES).optional(),
  ...listQueryShape,
});

export const walletSchema = z
  .object({
    id: z.string(),
    object: z.literal('wallet'),
    customer_id: z.string(),
    account_number: z.string().meta({ description: 'Eight digits or more, as `/api/v1` knows the account.' }),
    currency: z.string(),
    balance: z.int().meta({ description: 'Minor units, exact as of the answer: what has expired is not in it.' }),
    balance_formatted: z.string(),
    available: z.int().meta({ description: 'Balance less active holds less the minimum balance.' }),
    held: z.int().meta({ description: 'Set aside by active holds.' }),
    promotional: z.int().meta({ description: 'Part of the balance that was granted, not paid.' }),
    refundable: z.int().meta({ description: 'Paid money that no hold sets aside: what a refund could take now.' }),
    refund_due: z.int().optional().meta({ description: 'Of a closed wallet: what is still owed to the customer.' }),
    status: z.enum(WALLET_STATUSES),
    livemode: z.boolean(),
    metadata: metadataViewSchema,
    created_at: z.string(),
    closed_at: z.string().optional(),
  })
  .meta({ id: 'Wallet' });

export const walletListSchema = listSchema(walletSchema).meta({ id: 'WalletList' });

export type WalletObject = z.output<typeof walletSchema>;

const day = z.iso.date().transform((text) => ({ day: text, startMs: Date.parse(text) }));
const instant = instantSchema.transform((ms) => ({ day: null, startMs: ms }));
const dayOrInstant = z.union([day, instant], {
  error: 'must be a day such as 2026-05-31 (UTC) or a time with its zone such as 2026-05-31T18:00:00Z',
});

const DAY_MS = 86_400_000;

export const statementQuery = z.strictObject({
  from: dayOrInstant
    .transform((value) => value.startMs)
    .optional()
    .meta({ description: 'First day, or first instant, of the statement. The wallet’s beginning when left out.' }),
  to: dayOrInstant
    .transform((value) => (value.day === null ? value.startMs : value.startMs + DAY_MS))
    .optional()
    .meta({ description: 'Last day, included; or an instant, excluded. Now when left out.' }),
  format: z.enum(['csv']).default('csv'),
});
