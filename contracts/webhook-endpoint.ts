import { z } from 'zod';
import { idMeta, livemodeMeta, objectMeta, timeMeta } from './field-meta';

/** The version of events' shapes that endpoints are sent. */
export const WEBHOOK_API_VERSION = '2026-11-01';

export const webhookEndpointSchema = z
  .object({
    id: z.string().meta(idMeta('we', 'The endpoint’s id.')),
    object: z.literal('webhook_endpoint').meta(objectMeta),
    url: z.string().meta({ description: 'Where events are sent.', example: 'https://example.com/webhooks' }),
    description: z.string().nullable().meta({ description: 'What it is for.', example: 'Billing server' }),
    events: z
      .array(z.string())
      .meta({ description: 'The types it is sent; `*` is every one, now and later.', example: ['wallet.debited'] }),
    api_version: z.string().meta({ description: 'The version of the events’ shapes.', example: WEBHOOK_API_VERSION }),
    status: z.enum(['enabled', 'disabled']).meta({
      description: 'A disabled endpoint is sent nothing; what happens meanwhile can be replayed.',
      example: 'enabled',
    }),
    disabled_reason: z.enum(['requested', 'failing', 'gone']).nullable().meta({
      description:
        '`requested`: by you. `failing`: nothing but failures for five days. `gone`: it answered 410. Null while enabled.',
      example: null,
    }),
    failing_since: z
      .string()
      .nullable()
      .meta(timeMeta('The first failure since the last success. Null when there is none.')),
    previous_secret_until: z
      .string()
      .nullable()
      .meta(timeMeta('Until when the secret before the last rotation signs too. Null when there is none.')),
    created_at: z.string().meta(timeMeta('When it was made.')),
    updated_at: z.string().meta(timeMeta('When it last changed.')),
    livemode: z.boolean().meta(livemodeMeta),
  })
  .meta({ id: 'WebhookEndpoint', description: 'A URL of yours that events are sent to.' });

export type WebhookEndpointObject = z.output<typeof webhookEndpointSchema>;
