import { z } from 'zod';
import { listQueryShape, listSchema } from './lists';

export const listLotsQuery = z.strictObject(listQueryShape);

export const lotSchema = z
  .object({
    id: z.string(),
    object: z.literal('lot'),
    wallet_id: z.string(),
    granted: z.int(),
    remaining: z.int().meta({ description: 'What a debit could take now.' }),
    held: z.int().meta({ description: 'What active holds have pinned; it stays valid for them past its expiry.' }),
    priority: z.int(),
    expires_at: z.string().nullable(),
    created_at: z.string(),
  })
  .meta({ id: 'Lot' });

export const lotListSchema = listSchema(lotSchema).meta({ id: 'LotList' });

export type LotObject = z.output<typeof lotSchema>;
