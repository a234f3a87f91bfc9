import { z } from 'zod';
import { idMeta, minorMeta, objectMeta, timeMeta } from './field-meta';
import { listQueryShape, listSchema } from './lists';

export const listLotsQuery = z.strictObject(listQueryShape);

export const lotSchema = z
  .object({
    id: z.string().meta(idMeta('lot', 'The lot’s id.')),
    object: z.literal('lot').meta(objectMeta),
    wallet_id: z.string().meta(idMeta('wal', 'The wallet it is in.')),
    granted: z.int().meta(minorMeta('What the credit granted at first.', 900)),
    remaining: z.int().meta(minorMeta('What a debit could take now.', 400)),
    held: z.int().meta(minorMeta('What active holds have pinned; it stays valid for them past its expiry.', 0)),
    priority: z.int().meta({ description: '0 to 100: 0 is spent first, paid money stands at 50.', example: 50 }),
    expires_at: z
      .string()
      .nullable()
      .meta(
        timeMeta('It may be spent until just before this time. Null when it never expires.', '2030-01-01T00:00:00Z'),
      ),
    description: z
      .string()
      .nullable()
      .meta({ description: 'What the credit was for, in the words of who granted it.', example: 'Welcome bonus' }),
    reference: z
      .string()
      .nullable()
      .meta({ description: 'The reference it was granted under, or null.', example: 'promo_welcome_2026' }),
    created_at: z.string().meta(timeMeta('When it was granted.')),
  })
  .meta({ id: 'Lot', description: 'A promotional credit: what is left of it, and until when.' });

export const lotListSchema = listSchema(lotSchema).meta({ id: 'LotList' });

export type LotObject = z.output<typeof lotSchema>;
