import { z } from 'zod';
import { idMeta, livemodeMeta, objectMeta, pathIdMeta, timeMeta } from './field-meta';
import { listQueryShape, listSchema } from './lists';
import { keyScopeSchema } from './scope-schema';
import { SCOPES } from './scopes';
import { instantSchema, readableText } from './text';

/** A week: long enough for any roll-out, short enough that an old key does not linger. */
export const ROTATION_OVERLAP_SECONDS_MAX = 604_800;
export const ROTATION_OVERLAP_SECONDS_DEFAULT = 86_400;

const overlapRule = `must be a whole number of seconds from 0 to ${ROTATION_OVERLAP_SECONDS_MAX}`;

export const createApiKeyBody = z.strictObject({
  name: readableText(100).meta({ description: 'What the key is for.', example: 'Billing server' }),
  scopes: z
    .array(keyScopeSchema)
    .min(1)
    .max(SCOPES.length)
    .optional()
    .meta({
      description: 'What the key may do; `*` is everything. When left out, what the key that asks may do.',
      example: ['wallets:read'],
    }),
  expires_at: instantSchema.nullish().meta({ description: 'When the key stops working. Never when left out.' }),
});

export const rotateApiKeyBody = z.strictObject({
  overlap_seconds: z
    .number(overlapRule)
    .refine(
      (seconds) => Number.isInteger(seconds) && seconds >= 0 && seconds <= ROTATION_OVERLAP_SECONDS_MAX,
      overlapRule,
    )
    .default(ROTATION_OVERLAP_SECONDS_DEFAULT)
    .meta({
      description: 'How many seconds the old key goes on working beside the new one.',
      type: 'integer',
      minimum: 0,
      maximum: ROTATION_OVERLAP_SECONDS_MAX,
      default: ROTATION_OVERLAP_SECONDS_DEFAULT,
    }),
});

export const revokeApiKeyBody = z.strictObject({
  reason: readableText(500).nullish().meta({ description: 'Why; kept in the audit log.' }),
});

export const apiKeyParams = z.strictObject({ id: z.string().meta(pathIdMeta('key', 'key')) });

export const listApiKeysQuery = z.strictObject(listQueryShape);

export const apiKeySchema = z
  .object({
    id: z.string().meta(idMeta('key', 'The key’s id, which is no secret.')),
    object: z.literal('api_key').meta(objectMeta),
    name: z.string().meta({ description: 'What the key is for.', example: 'Billing server' }),
    hint: z.string().meta({ description: 'Enough of the secret to know it by.', example: 'sec_test_…9fQz' }),
    scopes: z
      .array(z.string())
      .meta({ description: 'What the key may do; `*` is everything.', example: ['wallets:read', 'wallets:write'] }),
    status: z
      .enum(['active', 'expired', 'revoked'])
      .meta({ description: 'Only an active key works.', example: 'active' }),
    livemode: z.boolean().meta(livemodeMeta),
    created_at: z.string().meta(timeMeta('When it was made.')),
    expires_at: z.string().nullable().meta(timeMeta('When it stops working. Null when it never does.')),
    revoked_at: z.string().nullable().meta(timeMeta('When it was revoked. Null when it was not.')),
    last_used_at: z.string().nullable().meta(timeMeta('Its last request, to the minute. Null before the first.')),
    replaced_by: z.string().nullable().meta({
      description: 'The key that a rotation put in its place, `key_…`. Null when there is none.',
      example: null,
    }),
  })
  .meta({ id: 'ApiKey', description: 'A secret that a program signs in with, and what it may do.' });

export const newApiKeySchema = apiKeySchema
  .extend({
    secret: z.string().optional().meta({
      description:
        'The secret, `sec_test_…` or `sec_live_…`: shown this once, stored only as a hash. Absent when the answer is replayed.',
      example: 'sec_test_…',
    }),
  })
  .meta({ id: 'NewApiKey', description: 'A key in the one answer that has its secret.' });

export const apiKeyListSchema = listSchema(apiKeySchema).meta({ id: 'ApiKeyList' });

export type ApiKeyObject = z.output<typeof apiKeySchema>;
