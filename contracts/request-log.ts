import { z } from 'zod';
import { idMeta, livemodeMeta, objectMeta, pathIdMeta, timeMeta } from './field-meta';
import { listQueryShape, listSchema } from './lists';
import { dayOrInstant } from './wallets';

const DAY_MS = 86_400_000;

export const loggedRequestSchema = z
  .object({
    id: z.string().meta(idMeta('req', 'The request’s id, as `Request-Id` told it.')),
    object: z.literal('request').meta(objectMeta),
    method: z.string().meta({ description: 'The method.', example: 'POST' }),
    path: z.string().meta({
      description: 'The path without its query, cut to 256 characters.',
      example: '/v1/wallets/wal_a1b2c3/debit',
    }),
    status: z.int().meta({ description: 'The answer’s status.', example: 402 }),
    error_code: z.string().nullable().meta({ description: 'The code of a refusal.', example: 'insufficient_funds' }),
    duration_ms: z.number().meta({ description: 'How long it took, in milliseconds.', example: 4.21 }),
    caller: z
      .object({
        type: z.enum(['api_key', 'user', 'nobody']).meta({ description: 'What asked.', example: 'api_key' }),
        id: z.string().nullable().meta({ description: 'The key’s or user’s id.', example: 'key_a1b2c3' }),
        name: z.string().nullable().meta({ description: 'Its name now.', example: 'Billing server' }),
      })
      .meta({ description: 'Who asked.' }),
    address: z.string().nullable().meta({ description: 'Where the request came from.', example: '192.0.2.7' }),
    created_at: z.string().meta(timeMeta('When it was answered, to the millisecond.', '2026-05-24T10:05:00.120Z')),
    livemode: z.boolean().meta(livemodeMeta),
  })
  .meta({ id: 'LoggedRequest', description: 'A request to the API and how it was answered.' });

export const loggedRequestDetailSchema = z
  .object({
    ...loggedRequestSchema.shape,
    results: z
      .array(
        z.object({
          type: z.enum(['journal', 'payment', 'event']).meta({ description: 'What it is.', example: 'journal' }),
          id: z.string().meta(idMeta('jnl', 'Its id.')),
          title: z.string().meta({
            description: 'A journal’s kind, a payment’s reference, an event’s type.',
            example: 'debit',
          }),
        }),
      )
      .meta({ description: 'What it brought about: at most 20 of each type.' }),
  })
  .meta({ id: 'LoggedRequestDetail', description: 'A request, how it was answered, and what it brought about.' });

export type LoggedRequestObject = z.output<typeof loggedRequestSchema>;
export type LoggedRequestDetailObject = z.output<typeof loggedRequestDetailSchema>;

export const loggedRequestListSchema = listSchema(loggedRequestSchema).meta({ id: 'LoggedRequestList' });

export const loggedRequestParams = z.strictObject({ id: z.string().meta(pathIdMeta('req', 'request')) });

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'] as const;
const CALLERS = ['api_key', 'user'] as const;
const STATUSES = ['2xx', '3xx', '4xx', '5xx', 'error'] as const;

export const listRequestsQuery = z.strictObject({
  api_key_id: z.string().max(64).optional().meta(idMeta('key', 'Only what this key asked.')),
  caller: z
    .enum(CALLERS, `must be one of ${CALLERS.join(', ')}`)
    .optional()
    .meta({ description: 'Only what keys asked, or only what people did.', example: 'api_key' }),
  status: z
    .enum(STATUSES, `must be one of ${STATUSES.join(', ')}`)
    .optional()
    .meta({ description: 'Only answers of this class; `error` is 4xx and 5xx.', example: 'error' }),
  method: z
    .enum(METHODS, `must be one of ${METHODS.join(', ')}`)
    .optional()
    .meta({ description: 'Only this method.', example: 'POST' }),
  path: z
    .string()
    .max(256)
    .regex(/^\/[\x21-\x7e]*$/, 'must begin with a slash')
    .optional()
    .meta({ description: 'Only paths that begin so.', example: '/v1/wallets' }),
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
    .meta({ description: 'Last day, included; or an instant, excluded. Same forms as `from`.', example: '2026-05-31' }),
  ...listQueryShape,
});
