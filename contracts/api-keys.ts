import { z } from 'zod';
import { listQueryShape, listSchema } from './lists';
import { keyScopeSchema } from './scopes';
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
    .max(20)
    .optional()
    .meta({
      description: 'What the key may do; what the key that asks may do when left out.',
      example: ['wallets:read'],
    }),
  expires_at: instantSchema.nullish().meta({ description: 'When it stops to work; never when left out.' }),
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
      description: 'How long the old key goes on working beside the new one.',
      type: 'integer',
      minimum: 0,
      maximum: ROTATION_OVERLAP_SECONDS_MAX,
      default: ROTATION_OVERLAP_SECONDS_DEFAULT,
    }),
});

export const revokeApiKeyBody = z.strictObject({
  reason: readableText(500).nullish().meta({ description: 'Why; kept in the audit log.' }),
});

export const apiKeyParams = z.strictObject({ id: z.string().meta({ example: 'key_01h9zq4vxk2m8' }) });

export const listApiKeysQuery = z.strictObject(listQueryShape);

export const apiKeySchema = z
  .object({
    id: z.string(),
    object: z.literal('api_key'),
    name: z.string(),
    hint: z.string().meta({ description: 'Enough of the secret to know it by.' }),
    scopes: z.array(z.string()),
    status: z.enum(['active', 'expired', 'revoked']),
    livemode: z.boolean(),
    created_at: z.string(),
    expires_at: z.string().nullable(),
    revoked_at: z.string().nullable(),
    last_used_at: z.string().nullable().meta({ description: 'To the minute.' }),
    replaced_by: z.string().nullable().meta({ description: 'The key that rotation put in its place.' }),
  })
  .meta({ id: 'ApiKey' });

export const newApiKeySchema = apiKeySchema
  .extend({
    secret: z
      .string()
      .optional()
      .meta({ description: 'Shown this once; stored only as a hash. Absent when the answer is replayed.' }),
  })
  .meta({ id: 'NewApiKey' });

export const apiKeyListSchema = listSchema(apiKeySchema).meta({ id: 'ApiKeyList' });

export type ApiKeyObject = z.output<typeof apiKeySchema>;
