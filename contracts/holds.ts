import { z } from 'zod';
import { amountSchema, currencySchema } from './amount-schemas';
import { currencyMeta, idMeta, livemodeMeta, minorMeta, objectMeta, pathIdMeta, timeMeta } from './field-meta';
import { listQueryShape, listSchema } from './lists';
import { metadataSchema, metadataViewSchema } from './metadata';
import { descriptionSchema, instantSchema, referenceSchema } from './text';
import { transactionSchema } from './transactions';

export const HOLD_DAYS_DEFAULT = 7;
export const HOLD_DAYS_MAX = 30;

export const HOLD_STATUSES = ['active', 'captured', 'voided', 'expired'] as const;

export const createHoldBody = z.strictObject({
  amount: amountSchema,
  currency: currencySchema.optional().meta({ description: 'ISO 4217 code. When given it must be the wallet’s.' }),
  description: descriptionSchema.nullish(),
  reference: referenceSchema.nullish(),
  expires_at: instantSchema.nullish().meta({
    description: `When the money is free again by itself: ${HOLD_DAYS_DEFAULT} days from now when left out, at most ${HOLD_DAYS_MAX}.`,
  }),
  metadata: metadataSchema.optional(),
});

export const captureHoldBody = z.strictObject({
  amount: amountSchema
    .optional()
    .meta({ description: 'What to take, in minor units. The whole hold when left out; a part frees the rest.' }),
  description: descriptionSchema.nullish().meta({ description: 'Of the debit; the hold’s when left out.' }),
  metadata: metadataSchema.optional(),
});

export const voidHoldBody = z.strictObject({});

export const holdParams = z.strictObject({ id: z.string().meta(pathIdMeta('hold', 'hold')) });

export const listHoldsQuery = z.strictObject({
  status: z.enum(HOLD_STATUSES).optional().meta({ description: 'Only holds of this status.' }),
  ...listQueryShape,
});

export const holdSchema = z
  .object({
    id: z.string().meta(idMeta('hold', 'The hold’s id.')),
    object: z.literal('hold').meta(objectMeta),
    wallet_id: z.string().meta(idMeta('wal', 'The wallet it is on.')),
    amount: z.int().meta(minorMeta('What was set aside.', 2500)),
    captured: z.int().meta(minorMeta('What a capture took of it; 0 until then.', 0)),
    currency: z.string().meta(currencyMeta),
    status: z
      .enum(HOLD_STATUSES)
      .meta({ description: 'Active until it is captured, voided or expires.', example: 'active' }),
    description: z
      .string()
      .nullable()
      .meta({ description: 'What it is for, as you sent it.', example: 'Ride to the airport' }),
    reference: z.string().nullable().meta({ description: 'Your own reference, or null.', example: 'ride_5512' }),
    metadata: metadataViewSchema,
    expires_at: z.string().meta(timeMeta('When the money is free again by itself.', '2026-05-31T10:00:00Z')),
    created_at: z.string().meta(timeMeta('When it was made.')),
    livemode: z.boolean().meta(livemodeMeta),
    lots: z
      .array(
        z.object({
          id: z.string().meta(idMeta('lot', 'The lot.')),
          amount: z.int().meta(minorMeta('How much of it.', 400)),
        }),
      )
      .optional()
      .meta({
        description: 'The promotional credits it pins, in readings. Absent when it sets aside paid money alone.',
      }),
    transaction: transactionSchema
      .optional()
      .meta({ description: 'The debit that a capture posted, in the answer to that capture.' }),
  })
  .meta({
    id: 'Hold',
    description: 'An amount set aside: it lowers what may be spent and posts nothing until it is captured.',
  });

export const holdListSchema = listSchema(holdSchema).meta({ id: 'HoldList' });

export type HoldObject = z.output<typeof holdSchema>;
