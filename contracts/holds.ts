import { z } from 'zod';
import { listQueryShape, listSchema } from './lists';
import { metadataSchema, metadataViewSchema } from './metadata';
import { amountSchema, currencySchema } from './money';
import { descriptionSchema, instantSchema, referenceSchema } from './text';
import { transactionSchema } from './transactions';

export const HOLD_DAYS_DEFAULT = 7;
export const HOLD_DAYS_MAX = 30;

export const HOLD_STATUSES = ['active', 'captured', 'voided', 'expired'] as const;

export const createHoldBody = z.strictObject({
  amount: amountSchema,
  currency: currencySchema.optional().meta({ description: 'When given it must be the wallet’s.' }),
  description: descriptionSchema.nullish(),
  reference: referenceSchema.nullish(),
  expires_at: instantSchema.nullish().meta({
    description: `When the money is free again by itself: ${HOLD_DAYS_DEFAULT} days from now when left out, at most ${HOLD_DAYS_MAX}.`,
  }),
  metadata: metadataSchema.optional(),
});

export const captureHoldBody = z.strictObject({
  amount: amountSchema.optional().meta({ description: 'The whole hold when left out; a part releases the rest.' }),
  description: descriptionSchema.nullish(),
  metadata: metadataSchema.optional(),
});

export const voidHoldBody = z.strictObject({});

export const holdParams = z.strictObject({ id: z.string().meta({ example: 'hold_a1b2c3' }) });

export const listHoldsQuery = z.strictObject({
  status: z.enum(HOLD_STATUSES).optional(),
  ...listQueryShape,
});

export const holdSchema = z
  .object({
    id: z.string(),
    object: z.literal('hold'),
    wallet_id: z.string(),
    amount: z.int(),
    captured: z.int(),
    currency: z.string(),
    status: z.enum(HOLD_STATUSES),
    description: z.string().nullable(),
    reference: z.string().nullable(),
    metadata: metadataViewSchema,
    expires_at: z.string(),
    created_at: z.string(),
    livemode: z.boolean(),
    transaction: transactionSchema.optional().meta({ description: 'The debit that a capture posted.' }),
  })
  .meta({ id: 'Hold' });

export const holdListSchema = listSchema(holdSchema).meta({ id: 'HoldList' });

export type HoldObject = z.output<typeof holdSchema>;
