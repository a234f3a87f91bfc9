import { z } from 'zod';
import { livemodeMeta, objectMeta } from './field-meta';

export const SEARCH_TYPES = [
  'wallet',
  'account',
  'customer',
  'client',
  'service',
  'payment',
  'refund',
  'topup',
  'payment_method',
  'journal',
  'transaction',
  'hold',
  'lot',
  'promotion',
  'promotion_import',
  'approval',
  'reconciliation',
  'audit_entry',
  'event',
  'webhook_endpoint',
  'webhook_delivery',
  'api_key',
  'user',
  'request',
  'note',
] as const;
export type SearchType = (typeof SEARCH_TYPES)[number];

export const searchQuery = z.strictObject({
  q: z
    .string()
    .max(128)
    .refine((text) => text.trim() !== '', 'must not be empty')
    .meta({
      description:
        'An id, an account number, a reference, a receipt, a phone in any form, or the beginnings of words of a name.',
      example: 'ama men',
    }),
  type: z
    .enum(SEARCH_TYPES, `must be one of ${SEARCH_TYPES.join(', ')}`)
    .optional()
    .meta({ description: 'Only records of this type.', example: 'wallet' }),
});

const text = (description: string, example: string | null) => ({ description, example });

export const searchResultSchema = z
  .object({
    type: z.enum(SEARCH_TYPES).meta({ description: 'What it is.', example: 'wallet' }),
    id: z.string().meta({ description: 'Its id, as everywhere in the API.', example: 'wal_a1b2c3' }),
    title: z.string().meta({ description: 'What people call it.', example: 'Ama Mensah' }),
    subtitle: z
      .string()
      .meta({ description: 'What tells it from its neighbours.', example: 'GHS wallet, account 10004127, active' }),
    status: z.string().nullable().meta(text('Where it stands, where it has a status.', 'active')),
    client: z
      .object({
        code: z.string().meta({ description: 'Its code.', example: 'KANk3J9sQa' }),
        name: z.string().meta({ description: 'Its name.', example: 'Kaneshie Motors' }),
      })
      .meta({ description: 'Whose it is.' }),
    path: z
      .array(z.string())
      .meta({ description: 'Where the console shows it, below mode and client.', example: ['wallets', 'wal_a1b2c3'] }),
    is_exact: z.boolean().meta({
      description: 'Whether what was asked names it: an id, a number, a reference, a receipt.',
      example: false,
    }),
  })
  .meta({ id: 'SearchResult', description: 'One record that was found.' });

export const searchSchema = z
  .object({
    object: z.literal('search').meta(objectMeta),
    query: z.string().meta({ description: 'What was asked.', example: 'ama men' }),
    data: z
      .array(searchResultSchema)
      .meta({ description: 'What was found: what is named first, then by type. At most 40.' }),
    livemode: z.boolean().meta(livemodeMeta),
  })
  .meta({ id: 'Search', description: 'What one box finds.' });

export type SearchObject = z.output<typeof searchSchema>;
export type SearchResultObject = z.output<typeof searchResultSchema>;
