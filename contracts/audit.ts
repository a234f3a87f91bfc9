import { z } from 'zod';
import { allClientsSchema, rowClientSchema } from './all-clients';
import { idMeta, livemodeMeta, objectMeta, pathIdMeta, timeMeta } from './field-meta';
import { listQueryShape, listSchema } from './lists';
import { dayOrInstant } from './wallets';

const DAY_MS = 86_400_000;
const NAME_MAX = 128;

const word = z
  .string()
  .min(1)
  .max(NAME_MAX)
  .regex(/^[\x21-\x7e]+$/, 'must be visible ASCII');

/** Filters of the audit log, by themselves and together. */
export const listAuditQuery = z.strictObject({
  actor: word.optional().meta({
    description: 'Only what this one did: a key’s id (`key_…`), a user’s (`usr_…`), or a name such as `operator`.',
    example: 'key_a1b2c3',
  }),
  action: z
    .string()
    .max(NAME_MAX)
    .regex(/^[a-z_]+\.[a-z_.]*$/, 'must be an action such as wallet.freeze, or its first part with the dot: wallet.')
    .optional()
    .meta({
      description: 'Only this action; every action that begins so when it ends with a dot.',
      example: 'wallet.',
    }),
  object_id: word.optional().meta({ description: 'Only what was done to this object.', example: 'wal_a1b2c3' }),
  request_id: word.optional().meta({ description: 'Only what this request did.', example: 'req_a1b2c3' }),
  from: dayOrInstant
    .transform((value) => value.startMs)
    .optional()
    .meta({
      description: 'First day (`2026-05-01`, UTC) or first instant (ISO 8601 with its zone).',
      example: '2026-05-01',
    }),
  to: dayOrInstant
    .transform((value) => (value.day === null ? value.startMs : value.startMs + DAY_MS))
    .optional()
    .meta({
      description: 'Last day, included; or an instant, excluded. Same forms as `from`.',
      example: '2026-05-31',
    }),
  format: z.enum(['json', 'csv', 'jsonl']).default('json').meta({
    description:
      'With `csv` or `jsonl` (an entry a line) every entry that matches, as one file, whatever `limit` says.',
  }),
  all_clients: allClientsSchema,
  ...listQueryShape,
});

export const auditParams = z.strictObject({ id: z.string().meta(pathIdMeta('aud', 'entry')) });

const sequence = z.int().meta({
  description: 'Its place in the chain of this set of books, from 1 on.',
  example: 42,
});

const hashMeta = (meaning: string) => ({
  description: `${meaning} Hex SHA-256.`,
  example: '9f2c4e0b7a6d5c1e8f3a2b4c6d7e8f9a0b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e',
});

const stateSchema = z.record(z.string(), z.unknown()).nullable();

const auditShape = {
  id: z.string().meta(idMeta('aud', 'The entry’s id.')),
  object: z.literal('audit_entry').meta(objectMeta),
  sequence: sequence.nullable().meta({
    description:
      'Its place in the chain of this set of books, from 1 on. Null only of an entry written past the chain.',
    example: 42,
  }),
  actor: z
    .object({
      type: z.string().meta({
        description: '`api_key`, `user`, `job`, or `operator` for what set-up did.',
        example: 'api_key',
      }),
      id: z.string().nullable().meta({ description: 'The key’s or user’s id, or null.', example: 'key_a1b2c3' }),
      name: z.string().nullable().meta({ description: 'The key’s or user’s name now.', example: 'Billing server' }),
      email: z
        .string()
        .nullable()
        .meta({ description: 'Of a user of your own; null for anybody else.', example: null }),
      role: z.string().nullable().meta({ description: 'The user’s role now; null of anybody else.', example: null }),
    })
    .meta({ description: 'Who did it.' }),
  credential: z.string().nullable().meta({
    description: 'What they proved it with: the key, or the session of a log-in. Null where there was none.',
    example: 'key_a1b2c3',
  }),
  address: z.string().nullable().meta({ description: 'Where the request came from.', example: '192.0.2.7' }),
  request_id: z.string().meta({ description: 'The request that did it.', example: 'req_a1b2c3' }),
  action: z.string().meta({ description: 'What was done.', example: 'wallet.freeze' }),
  target: z
    .object({
      type: z.string().meta({ description: 'The kind of object.', example: 'wallet' }),
      id: z.string().meta({ description: 'Its id, as everywhere in the API.', example: 'wal_a1b2c3' }),
      name: z.string().nullable().meta({
        description: 'What people call it now, where it has a name. Null in exports.',
        example: 'Ama Mensah, GHS',
      }),
    })
    .meta({ description: 'What it was done to.' }),
  reason: z.string().nullable().meta({ description: 'Why, in the words of who did it.', example: 'Disputed' }),
  before: stateSchema.meta({ description: 'What changed, as it was; null for what was not there.' }),
  after: stateSchema.meta({ description: 'What changed, as it is since.' }),
  changes: z
    .array(
      z.object({
        field: z.string().meta({ description: 'The field; a dot leads into an object.', example: 'status' }),
        before: z.unknown().meta({ description: 'Its value before. Null where it had none.', example: 'active' }),
        after: z.unknown().meta({ description: 'Its value after. Null where it has none.', example: 'frozen' }),
      }),
    )
    .meta({ description: 'The fields that differ between `before` and `after`.' }),
  hash: z.string().nullable().meta(hashMeta('Over the entry and `previous_hash`.')),
  previous_hash: z.string().nullable().meta(hashMeta('The `hash` of the entry before; zeros for the first.')),
  created_at: z.string().meta(timeMeta('When it was done, to the millisecond.', '2026-05-24T10:00:00.000Z')),
  livemode: z.boolean().meta(livemodeMeta),
  client: rowClientSchema,
};

export const auditEntrySchema = z
  .object(auditShape)
  .meta({ id: 'AuditEntry', description: 'One change of anything besides money: who, what, why, from what to what.' });

export const auditListSchema = listSchema(auditEntrySchema).meta({ id: 'AuditEntryList' });

export const provenAuditEntrySchema = z
  .object({
    ...auditShape,
    proof: z
      .object({
        verified: z.boolean().meta({
          description: 'Whether `content` and `previous_hash` make `hash`, recomputed for this answer.',
          example: true,
        }),
        content: z.string().meta({
          description:
            'The entry as it is hashed: layout, then every stored field with its length in bytes before it, a dash for null.',
          example: '1|1:7|3:912|11:api_key:314|…',
        }),
        digest: z.string().meta(hashMeta('Of `content`.')),
        link: z.string().nullable().meta({
          description: 'What `hash` is the SHA-256 of: layout, `previous_hash`, tenant, sequence, stored id, `digest`.',
          example: '1|00…00|7|1|912|9f2c…',
        }),
        seal: z
          .object({
            id: z.string().meta({ description: 'The seal’s stored id.', example: '315' }),
            key_id: z.string().meta({ description: 'The key that signed it.', example: 'sealkey_1c9d' }),
            sequence: sequence.meta({ description: 'The audit log’s head that it signed.', example: 60 }),
            sealed_at: z.string().meta(timeMeta('When it was signed.')),
          })
          .nullable()
          .meta({ description: 'The first signed seal that covers the entry. Null until there is one.' }),
      })
      .meta({ description: 'What it takes to recompute the entry’s link by yourself.' }),
  })
  .meta({ id: 'ProvenAuditEntry', description: 'An entry of the audit log with the proof of its place in the chain.' });

export const auditVerificationSchema = z
  .object({
    object: z.literal('audit_verification').meta(objectMeta),
    verified: z.boolean().meta({ description: 'True when nothing is amiss.', example: true }),
    entries: z.int().meta({ description: 'How many entries there are.', example: 60 }),
    head: z
      .object({
        sequence: sequence.meta({ description: 'The last entry’s place; 0 of an empty log.', example: 60 }),
        hash: z.string().meta(hashMeta('The last entry’s.')),
      })
      .meta({ description: 'Where the chain ends. Keep it: a log rewritten later cannot lead there.' }),
    first_break: z
      .object({
        problem: z
          .enum(['link_missing', 'row_missing', 'row_altered', 'head_differs', 'row_unlinked', 'seal_differs'])
          .meta({ description: 'What is amiss.', example: 'row_altered' }),
        message: z.string().meta({ description: 'The same for people.' }),
        sequence: sequence.nullable().meta({ description: 'Where. Null for an entry without a place.', example: 12 }),
        entry_id: z.string().nullable().meta({ description: 'The entry, where one is named.', example: 'aud_a1b2c3' }),
      })
      .nullable()
      .meta({ description: 'The first thing amiss, or null.' }),
    livemode: z.boolean().meta(livemodeMeta),
  })
  .meta({ id: 'AuditVerification', description: 'What came of recomputing the whole chain of an audit log.' });

export type AuditEntryObject = z.output<typeof auditEntrySchema>;
export type ProvenAuditEntryObject = z.output<typeof provenAuditEntrySchema>;
export type AuditVerificationObject = z.output<typeof auditVerificationSchema>;
