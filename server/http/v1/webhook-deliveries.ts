import { eventParams } from '@/contracts/events';
import { formatId, parseId } from '@/contracts/ids';
import { listOf } from '@/contracts/lists';
import {
  emptyBody,
  listEventDeliveriesQuery,
  listWebhookDeliveriesQuery,
  replayWebhookEventsBody,
  testWebhookEndpointBody,
  type WebhookDeliveryObject,
  webhookDeliveryDetailSchema,
  webhookDeliveryListSchema,
  webhookDeliveryParams,
  webhookDeliverySchema,
  webhookEndpointParams,
  webhookReplaySchema,
} from '@/contracts/webhooks';
import { listDeliveries, listDeliveriesOfEvent, readDeliveryDetail } from '@/server/webhooks/read-deliveries';
import { readEndpoint } from '@/server/webhooks/read-endpoints';
import { readEvent } from '@/server/webhooks/read-events';
import { replayEvents } from '@/server/webhooks/replay-events';
import { resendDelivery } from '@/server/webhooks/resend-delivery';
import { sendExample } from '@/server/webhooks/send-example';
import { defineOperation } from '../operation';
import { afterInteger } from './arguments';
import { exampleOfEvent } from './event-examples';
import { listExample } from './examples';
import { renderDelivery, renderDeliveryDetail } from './render-webhook';

const tag = 'Webhooks';

const example: WebhookDeliveryObject = {
  id: 'whd_a1b2c3',
  object: 'webhook_delivery',
  endpoint_id: 'we_a1b2c3',
  event_id: 'evt_a1b2c3',
  type: 'wallet.debited',
  reason: 'event',
  status: 'succeeded',
  attempts: 1,
  next_attempt_at: null,
  created_at: '2026-05-24T10:05:00Z',
  ended_at: '2026-05-24T10:05:01Z',
  livemode: false,
};

const waiting = {
  ...example,
  status: 'pending' as const,
  attempts: 0,
  next_attempt_at: '2026-05-24T10:20:00Z',
  created_at: '2026-05-24T10:20:00Z',
  ended_at: null,
};

const listOfEndpoint = defineOperation({
  operationId: 'listWebhookDeliveries',
  method: 'get',
  path: '/v1/webhook_endpoints/{id}/deliveries',
  tag,
  summary: 'List deliveries',
  description: 'What was sent to an endpoint or waits to be, newest first. Kept for 30 days after its end.',
  scope: 'webhooks:read',
  params: webhookEndpointParams,
  query: listWebhookDeliveriesQuery,
  responses: {
    200: { description: 'A page of deliveries.', schema: webhookDeliveryListSchema, example: listExample(example) },
  },
  errors: ['resource_missing'],
  verb: async (ctx, { params, query }) => {
    const endpoint = await readEndpoint(ctx, parseId('webhook', params.id));
    const page = { limit: query.limit, afterId: afterInteger(query.after) };
    return { deliveries: await listDeliveries(ctx, endpoint.id, query.status, page), limit: query.limit };
  },
  render: ({ deliveries, limit }) => ({
    status: 200,
    body: listOf(deliveries, limit, renderDelivery, ({ id }) => [id]),
  }),
});

const listOfEvent = defineOperation({
  operationId: 'listEventDeliveries',
  method: 'get',
  path: '/v1/events/{id}/deliveries',
  tag,
  summary: 'List event deliveries',
  description: 'To whichever endpoint, resends and replays included, newest first. Kept for 30 days after their end.',
  scope: 'webhooks:read',
  params: eventParams,
  query: listEventDeliveriesQuery,
  responses: {
    200: { description: 'A page of deliveries.', schema: webhookDeliveryListSchema, example: listExample(example) },
  },
  errors: ['resource_missing'],
  verb: async (ctx, { params, query }) => {
    const event = await readEvent(ctx, parseId('event', params.id));
    const page = { limit: query.limit, afterId: afterInteger(query.after) };
    return { deliveries: await listDeliveriesOfEvent(ctx, event.id, page), limit: query.limit };
  },
  render: ({ deliveries, limit }) => ({
    status: 200,
    body: listOf(deliveries, limit, renderDelivery, ({ id }) => [id]),
  }),
});

const retrieve = defineOperation({
  operationId: 'getWebhookDelivery',
  method: 'get',
  path: '/v1/webhook_deliveries/{id}',
  tag,
  summary: 'Retrieve a delivery',
  description: 'With the exact body and every attempt: when, where to, how long, and the first 4 kB of the answer.',
  scope: 'webhooks:read',
  params: webhookDeliveryParams,
  responses: {
    200: {
      description: 'The delivery with its attempts.',
      schema: webhookDeliveryDetailSchema,
      example: {
        ...example,
        request_body: JSON.stringify(exampleOfEvent('wallet.debited')),
        attempt_log: [
          {
            number: 1,
            url: 'https://example.com/webhooks',
            started_at: '2026-05-24T10:05:00.200Z',
            duration_ms: 84,
            http_status: 200,
            failure: null,
            response_body: 'ok',
          },
        ],
      },
    },
  },
  errors: ['resource_missing'],
  verb: (ctx, { params }) => readDeliveryDetail(ctx, parseId('delivery', params.id)),
  render: (detail) => ({ status: 200, body: renderDeliveryDetail(detail) }),
});

const resend = defineOperation({
  operationId: 'resendWebhookDelivery',
  method: 'post',
  path: '/v1/webhook_deliveries/{id}/resend',
  tag,
  summary: 'Resend a delivery',
  description:
    'Sends the same bytes once more, with the same `webhook-id` and a fresh signature, to where the endpoint is now. A new delivery, with attempts of its own.',
  scope: 'webhooks:write',
  params: webhookDeliveryParams,
  body: emptyBody,
  requestExample: {},
  responses: {
    201: {
      description: 'The new delivery.',
      schema: webhookDeliverySchema,
      example: { ...waiting, id: 'whd_b2c3d4', reason: 'resend' },
    },
  },
  errors: ['resource_missing', 'webhook_endpoint_disabled'],
  verb: (ctx, { params }) => resendDelivery(ctx, parseId('delivery', params.id)),
  render: (delivery) => ({ status: 201, body: renderDelivery(delivery) }),
});

const test = defineOperation({
  operationId: 'testWebhookEndpoint',
  method: 'post',
  path: '/v1/webhook_endpoints/{id}/test',
  tag,
  summary: 'Send an example',
  description:
    'Sends the endpoint an example of a type of event, whether or not it listens to it: signed, retried and kept like any delivery. Nothing happened; the ids in it are nobody’s.',
  scope: 'webhooks:write',
  params: webhookEndpointParams,
  body: testWebhookEndpointBody,
  requestExample: { type: 'wallet.debited' },
  responses: {
    201: {
      description: 'The delivery.',
      schema: webhookDeliverySchema,
      example: { ...waiting, id: 'whd_c3d4e5', event_id: null, reason: 'test' },
    },
  },
  errors: ['resource_missing', 'webhook_endpoint_disabled'],
  verb: (ctx, { params, body }) =>
    sendExample(ctx, {
      endpointId: parseId('webhook', params.id),
      type: body.type,
      body: JSON.stringify(exampleOfEvent(body.type, ctx.principal.mode === 'live')),
    }),
  render: (delivery) => ({ status: 201, body: renderDelivery(delivery) }),
});

const replay = defineOperation({
  operationId: 'replayWebhookEvents',
  method: 'post',
  path: '/v1/webhook_endpoints/{id}/replay',
  tag,
  summary: 'Replay a window',
  description:
    'Sends the events of a window again, oldest first, or for the first time: what happened before the endpoint was made or while it was disabled. Their `webhook-id` is the event’s, so a receiver knows those it has had. 10 000 events at the most.',
  scope: 'webhooks:write',
  params: webhookEndpointParams,
  body: replayWebhookEventsBody,
  requestExample: { from: '2026-05-24T00:00:00Z', to: '2026-05-25T00:00:00Z', types: ['wallet.debited'] },
  responses: {
    200: {
      description: 'How many deliveries were made.',
      schema: webhookReplaySchema,
      example: { object: 'webhook_replay', endpoint_id: 'we_a1b2c3', deliveries: 12 },
    },
  },
  errors: ['resource_missing', 'webhook_endpoint_disabled'],
  verb: (ctx, { params, body }) =>
    replayEvents(ctx, {
      endpointId: parseId('webhook', params.id),
      fromMs: body.from,
      toMs: body.to,
      types: body.types ?? null,
      undeliveredOnly: body.undelivered_only,
    }),
  render: ({ endpointId, deliveries }) => ({
    status: 200,
    body: { object: 'webhook_replay', endpoint_id: formatId('webhook', endpointId), deliveries },
  }),
});

export const webhookDeliveryOperations = [listOfEndpoint, listOfEvent, retrieve, resend, test, replay];
