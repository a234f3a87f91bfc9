import { z } from 'zod';
import { EVENT_TYPES, eventTypeSchema } from './events';
import { idMeta, livemodeMeta, objectMeta, pathIdMeta, timeMeta } from './field-meta';
import { listQueryShape, listSchema } from './lists';
import { instantSchema, readableText, reasonSchema } from './text';
import { WEBHOOK_API_VERSION, webhookEndpointSchema } from './webhook-endpoint';

/** The rules are checked where it is known which hosts this deployment vouches for. */
const urlSchema = z.string().min(1).max(2_048).meta({
  description: 'An https URL on the public internet. Redirects are not followed.',
  format: 'uri',
  example: 'https://example.com/webhooks',
});

const eventsSchema = z
  .array(z.enum(['*', ...EVENT_TYPES], 'must be * or a type of the event catalogue, /docs/events'))
  .min(1)
  .max(EVENT_TYPES.length)
  .meta({
    description: 'The types to send; `*` for every one, now and later.',
    example: ['wallet.debited', 'wallet.credited'],
  });

const descriptionSchema = readableText(200).nullish().meta({
  description: 'What it is for.',
  example: 'Billing server',
});

export const createWebhookEndpointBody = z.strictObject({
  url: urlSchema,
  events: eventsSchema.default(['*']),
  description: descriptionSchema,
  api_version: z
    .literal(WEBHOOK_API_VERSION, `must be ${WEBHOOK_API_VERSION}`)
    .default(WEBHOOK_API_VERSION)
    .meta({ description: 'The version of the events’ shapes; there is one.' }),
});

export const updateWebhookEndpointBody = z.strictObject({
  url: urlSchema.optional(),
  events: eventsSchema.optional(),
  description: descriptionSchema,
  reason: reasonSchema.nullish(),
});

export const webhookReasonBody = z.strictObject({ reason: reasonSchema.nullish() });
export const emptyBody = z.strictObject({});

export const testWebhookEndpointBody = z.strictObject({
  type: eventTypeSchema.default('wallet.debited').meta({ description: 'The type whose example to send.' }),
});

export const replayWebhookEventsBody = z.strictObject({
  from: instantSchema.meta({ description: 'First instant, ISO 8601 with its zone.', example: '2026-05-24T00:00:00Z' }),
  to: instantSchema.meta({ description: 'Last instant, excluded.', example: '2026-05-25T00:00:00Z' }),
  types: z
    .array(eventTypeSchema)
    .min(1)
    .max(EVENT_TYPES.length)
    .optional()
    .meta({ description: 'Only these types. Those of the endpoint when left out.', example: ['wallet.debited'] }),
  undelivered_only: z.boolean().default(false).meta({
    description: 'Leave out what this endpoint has taken already.',
  }),
});

export const webhookEndpointParams = z.strictObject({ id: z.string().meta(pathIdMeta('we', 'endpoint')) });
export const webhookDeliveryParams = z.strictObject({ id: z.string().meta(pathIdMeta('whd', 'delivery')) });
export const listWebhookEndpointsQuery = z.strictObject(listQueryShape);

export const DELIVERY_STATUSES = ['pending', 'succeeded', 'failed', 'canceled'] as const;

export const listWebhookDeliveriesQuery = z.strictObject({
  status: z.enum(DELIVERY_STATUSES).optional().meta({ description: 'Only deliveries of this status.' }),
  ...listQueryShape,
});

export const listEventDeliveriesQuery = z.strictObject(listQueryShape);

export const newWebhookEndpointSchema = webhookEndpointSchema
  .extend({
    secret: z.string().optional().meta({
      description:
        'What deliveries are signed with, `whsec_…`: shown this once, stored encrypted. Absent when the answer is replayed.',
      example: 'whsec_…',
    }),
  })
  .meta({ id: 'NewWebhookEndpoint', description: 'An endpoint in the one answer that has its secret.' });

export const deletedWebhookEndpointSchema = z
  .object({
    id: z.string().meta(idMeta('we', 'The endpoint’s id.')),
    object: z.literal('webhook_endpoint').meta(objectMeta),
    deleted: z.literal(true).meta({ description: 'It is gone.' }),
  })
  .meta({ id: 'DeletedWebhookEndpoint', description: 'What is left of an endpoint.' });

export const webhookEndpointListSchema = listSchema(webhookEndpointSchema).meta({ id: 'WebhookEndpointList' });

export const callbackSecretSchema = z
  .object({
    object: z.literal('callback_secret').meta(objectMeta),
    secret: z.string().optional().meta({
      description: 'What callbacks are signed with, `whsec_…`: shown this once. Absent when the answer is replayed.',
      example: 'whsec_…',
    }),
    previous_secret_until: z
      .string()
      .nullable()
      .meta(timeMeta('Until when the secret before signs too. Null when there was none.')),
    livemode: z.boolean().meta(livemodeMeta),
  })
  .meta({ id: 'CallbackSecret', description: 'What verifies the payment callbacks that go to a URL of a request.' });

export const callbackSecretStateSchema = z
  .object({
    object: z.literal('callback_secret').meta(objectMeta),
    is_set: z.boolean().meta({
      description: 'Whether you have made one; until then nobody can verify your callbacks.',
      example: true,
    }),
    rotated_at: z.string().nullable().meta(timeMeta('When it was made last. Null when it never was.')),
    previous_secret_until: z
      .string()
      .nullable()
      .meta(timeMeta('Until when the secret before signs too. Null when there was none.')),
    livemode: z.boolean().meta(livemodeMeta),
  })
  .meta({ id: 'CallbackSecretState', description: 'Whether payment callbacks can be verified, and since when.' });

const attemptSchema = z.object({
  number: z.int().meta({ description: '1, 2, 3 …', example: 1 }),
  url: z.string().meta({ description: 'Where it was sent.', example: 'https://example.com/webhooks' }),
  started_at: z.string().meta(timeMeta('When it was sent.')),
  duration_ms: z.int().meta({ description: 'How long it took, in milliseconds.', example: 84 }),
  http_status: z.int().nullable().meta({ description: 'The answer’s status. Null when none came.', example: 200 }),
  failure: z.string().nullable().meta({
    description:
      'Why no answer came: `timed_out`, `connection_refused`, `tls_failed`, `destination_refused` … or null.',
    example: null,
  }),
  response_body: z
    .string()
    .nullable()
    .meta({ description: 'The first 4 kB of the answer. Null when none came.', example: 'ok' }),
});

const deliveryShape = {
  id: z.string().meta(idMeta('whd', 'The delivery’s id.')),
  object: z.literal('webhook_delivery').meta(objectMeta),
  endpoint_id: z
    .string()
    .nullable()
    .meta({ description: 'The endpoint it goes to, `we_…`. Null of a callback.', example: 'we_a1b2c3' }),
  event_id: z.string().nullable().meta({
    description: 'The event it brings, `evt_…`. Null of an example and of a callback.',
    example: 'evt_a1b2c3',
  }),
  type: z.string().meta({ description: 'The event’s type.', example: 'wallet.debited' }),
  reason: z
    .enum(['event', 'resend', 'replay', 'test', 'callback'])
    .meta({ description: 'Why it was made.', example: 'event' }),
  status: z.enum(DELIVERY_STATUSES).meta({
    description: 'Pending while attempts remain; canceled when its endpoint was disabled or deleted before.',
    example: 'succeeded',
  }),
  attempts: z.int().meta({ description: 'How many attempts were made.', example: 1 }),
  next_attempt_at: z.string().nullable().meta(timeMeta('When it is tried next. Null once it has ended.')),
  created_at: z.string().meta(timeMeta('When it was made.')),
  ended_at: z.string().nullable().meta(timeMeta('When it ended. Null while it is pending.')),
  livemode: z.boolean().meta(livemodeMeta),
};

export const webhookDeliverySchema = z
  .object(deliveryShape)
  .meta({ id: 'WebhookDelivery', description: 'One event on its way to one endpoint.' });

export const webhookDeliveryDetailSchema = z
  .object({
    ...deliveryShape,
    request_body: z.string().nullable().meta({
      description: 'Exactly what is sent. Null before the first attempt.',
      example: '{"id":"evt_a1b2c3","type":"wallet.debited"}',
    }),
    attempt_log: z.array(attemptSchema).meta({ description: 'Every attempt, oldest first.' }),
  })
  .meta({ id: 'WebhookDeliveryDetail', description: 'A delivery with its attempts.' });

export const webhookDeliveryListSchema = listSchema(webhookDeliverySchema).meta({ id: 'WebhookDeliveryList' });

export const webhookReplaySchema = z
  .object({
    object: z.literal('webhook_replay').meta(objectMeta),
    endpoint_id: z.string().meta(idMeta('we', 'The endpoint’s id.')),
    deliveries: z.int().meta({ description: 'How many deliveries were made.', example: 12 }),
  })
  .meta({ id: 'WebhookReplay', description: 'What came of asking for a window of events again.' });

export type WebhookDeliveryObject = z.output<typeof webhookDeliverySchema>;
export type WebhookDeliveryDetailObject = z.output<typeof webhookDeliveryDetailSchema>;
