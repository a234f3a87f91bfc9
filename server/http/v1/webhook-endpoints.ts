import { formatId, parseId } from '@/contracts/ids';
import { listOf } from '@/contracts/lists';
import { WEBHOOK_API_VERSION, type WebhookEndpointObject, webhookEndpointSchema } from '@/contracts/webhook-endpoint';
import {
  callbackSecretSchema,
  callbackSecretStateSchema,
  createWebhookEndpointBody,
  deletedWebhookEndpointSchema,
  emptyBody,
  listWebhookEndpointsQuery,
  newWebhookEndpointSchema,
  updateWebhookEndpointBody,
  webhookEndpointListSchema,
  webhookEndpointParams,
  webhookReasonBody,
} from '@/contracts/webhooks';
import type { Reply } from '@/server/kernel/context';
import { type CallbackSecret, readCallbackSecretState, rotateCallbackSecret } from '@/server/webhooks/callback-sender';
import { createEndpoint, type EndpointWithSecret } from '@/server/webhooks/create-endpoint';
import { deleteEndpoint } from '@/server/webhooks/delete-endpoint';
import { listEndpoints, readEndpoint } from '@/server/webhooks/read-endpoints';
import { rotateSecret } from '@/server/webhooks/rotate-secret';
import { setEndpointStatus } from '@/server/webhooks/set-endpoint-status';
import { updateEndpoint } from '@/server/webhooks/update-endpoint';
import { defineOperation } from '../operation';
import { afterInteger } from './arguments';
import { listExample } from './examples';
import { renderTime } from './render-time';
import { renderEndpoint } from './render-webhook';

const tag = 'Webhooks';

const example: WebhookEndpointObject = {
  id: 'we_a1b2c3',
  object: 'webhook_endpoint',
  url: 'https://example.com/webhooks',
  description: 'Billing server',
  events: ['wallet.debited', 'wallet.credited'],
  api_version: WEBHOOK_API_VERSION,
  status: 'enabled',
  disabled_reason: null,
  failing_since: null,
  previous_secret_until: null,
  created_at: '2026-05-24T10:00:00Z',
  updated_at: '2026-05-24T10:00:00Z',
  livemode: false,
};
const exampleSecret = 'whsec_…';
const until = '2026-05-25T10:00:00Z';

const create = defineOperation({
  operationId: 'createWebhookEndpoint',
  method: 'post',
  path: '/v1/webhook_endpoints',
  tag,
  summary: 'Create an endpoint',
  description:
    'Makes an endpoint in the mode of the key that asks: it is sent what happens there from now on. The secret that its deliveries are signed with is in this answer and nowhere else, ever.',
  scope: 'webhooks:write',
  body: createWebhookEndpointBody,
  requestExample: { url: example.url, events: example.events, description: example.description },
  responses: {
    201: {
      description: 'The endpoint with its secret.',
      schema: newWebhookEndpointSchema,
      example: { ...example, secret: exampleSecret },
    },
  },
  errors: ['webhook_endpoints_full'],
  verb: (ctx, { body }) =>
    createEndpoint(ctx, {
      url: body.url,
      eventTypes: body.events,
      description: body.description ?? null,
      apiVersion: body.api_version,
    }),
  render: (result) => withSecret(201, result),
  renderStored: (result) => withoutSecret(201, result),
});

const list = defineOperation({
  operationId: 'listWebhookEndpoints',
  method: 'get',
  path: '/v1/webhook_endpoints',
  tag,
  summary: 'List endpoints',
  description: 'Newest first, disabled ones included.',
  scope: 'webhooks:read',
  query: listWebhookEndpointsQuery,
  responses: {
    200: { description: 'A page of endpoints.', schema: webhookEndpointListSchema, example: listExample(example) },
  },
  errors: [],
  verb: async (ctx, { query }) => ({
    endpoints: await listEndpoints(ctx, { limit: query.limit, afterId: afterInteger(query.after) }),
    limit: query.limit,
  }),
  render: ({ endpoints, limit }) => ({ status: 200, body: listOf(endpoints, limit, renderEndpoint, ({ id }) => [id]) }),
});

const retrieve = defineOperation({
  operationId: 'getWebhookEndpoint',
  method: 'get',
  path: '/v1/webhook_endpoints/{id}',
  tag,
  summary: 'Retrieve an endpoint',
  description: 'Everything about an endpoint but its secret.',
  scope: 'webhooks:read',
  params: webhookEndpointParams,
  responses: { 200: { description: 'The endpoint.', schema: webhookEndpointSchema, example } },
  errors: ['resource_missing'],
  verb: (ctx, { params }) => readEndpoint(ctx, parseId('webhook', params.id)),
  render: (endpoint) => ({ status: 200, body: renderEndpoint(endpoint) }),
});

const update = defineOperation({
  operationId: 'updateWebhookEndpoint',
  method: 'patch',
  path: '/v1/webhook_endpoints/{id}',
  tag,
  summary: 'Update an endpoint',
  description: 'What waits to be delivered goes to the new URL; which events are sent counts from now on.',
  scope: 'webhooks:write',
  params: webhookEndpointParams,
  body: updateWebhookEndpointBody,
  requestExample: { events: ['*'] },
  responses: {
    200: { description: 'The endpoint.', schema: webhookEndpointSchema, example: { ...example, events: ['*'] } },
  },
  errors: ['resource_missing'],
  verb: (ctx, { params, body }) =>
    updateEndpoint(ctx, {
      endpointId: parseId('webhook', params.id),
      url: body.url,
      eventTypes: body.events,
      description: body.description,
      reason: body.reason ?? null,
    }),
  render: (endpoint) => ({ status: 200, body: renderEndpoint(endpoint) }),
});

const remove = defineOperation({
  operationId: 'deleteWebhookEndpoint',
  method: 'delete',
  path: '/v1/webhook_endpoints/{id}',
  tag,
  summary: 'Delete an endpoint',
  description: 'For good. What waits for it is canceled; deliveries made so far can still be retrieved.',
  scope: 'webhooks:write',
  params: webhookEndpointParams,
  responses: {
    200: {
      description: 'It is gone.',
      schema: deletedWebhookEndpointSchema,
      example: { id: example.id, object: 'webhook_endpoint', deleted: true },
    },
  },
  errors: ['resource_missing'],
  verb: (ctx, { params }) => deleteEndpoint(ctx, parseId('webhook', params.id)),
  render: (id) => ({
    status: 200,
    body: { id: formatId('webhook', id), object: 'webhook_endpoint', deleted: true },
  }),
});

const rotate = defineOperation({
  operationId: 'rotateWebhookSecret',
  method: 'post',
  path: '/v1/webhook_endpoints/{id}/rotate_secret',
  tag,
  summary: 'Rotate a secret',
  description:
    'Makes a new secret. For 24 hours deliveries carry a signature of either, so that receivers can be moved over one by one.',
  scope: 'webhooks:write',
  params: webhookEndpointParams,
  body: emptyBody,
  requestExample: {},
  responses: {
    200: {
      description: 'The endpoint with its new secret.',
      schema: newWebhookEndpointSchema,
      example: { ...example, previous_secret_until: until, secret: exampleSecret },
    },
  },
  errors: ['resource_missing'],
  verb: (ctx, { params }) => rotateSecret(ctx, parseId('webhook', params.id)),
  render: (result) => withSecret(200, result),
  renderStored: (result) => withoutSecret(200, result),
});

const enable = defineOperation({
  operationId: 'enableWebhookEndpoint',
  method: 'post',
  path: '/v1/webhook_endpoints/{id}/enable',
  tag,
  summary: 'Enable an endpoint',
  description:
    'It is sent what happens from now on; replay what it missed. Enabling an enabled endpoint changes nothing.',
  scope: 'webhooks:write',
  params: webhookEndpointParams,
  body: webhookReasonBody,
  requestExample: {},
  responses: { 200: { description: 'The endpoint.', schema: webhookEndpointSchema, example } },
  errors: ['resource_missing'],
  verb: (ctx, { params, body }) =>
    setEndpointStatus(ctx, {
      endpointId: parseId('webhook', params.id),
      status: 'enabled',
      reason: body.reason ?? null,
    }),
  render: (endpoint) => ({ status: 200, body: renderEndpoint(endpoint) }),
});

const disable = defineOperation({
  operationId: 'disableWebhookEndpoint',
  method: 'post',
  path: '/v1/webhook_endpoints/{id}/disable',
  tag,
  summary: 'Disable an endpoint',
  description: 'It is sent nothing any more; what waits for it is canceled. Disabling a disabled one changes nothing.',
  scope: 'webhooks:write',
  params: webhookEndpointParams,
  body: webhookReasonBody,
  requestExample: { reason: 'Moved to another server' },
  responses: {
    200: {
      description: 'The endpoint.',
      schema: webhookEndpointSchema,
      example: { ...example, status: 'disabled', disabled_reason: 'requested' },
    },
  },
  errors: ['resource_missing'],
  verb: (ctx, { params, body }) =>
    setEndpointStatus(ctx, {
      endpointId: parseId('webhook', params.id),
      status: 'disabled',
      reason: body.reason ?? null,
    }),
  render: (endpoint) => ({ status: 200, body: renderEndpoint(endpoint) }),
});

const rotateCallback = defineOperation({
  operationId: 'rotateCallbackSecret',
  method: 'post',
  path: '/v1/callback_secret/rotate',
  tag,
  summary: 'Make the callback secret',
  description:
    'Makes the secret that payment callbacks are signed with, the first time and anew. Callbacks go to the URL of a request or of your profile, not to an endpoint, so they have a secret of their own. The one before signs beside it for 24 hours.',
  scope: 'webhooks:write',
  stepUp: true,
  body: emptyBody,
  requestExample: {},
  responses: {
    200: {
      description: 'The secret.',
      schema: callbackSecretSchema,
      example: { object: 'callback_secret', secret: exampleSecret, previous_secret_until: until, livemode: false },
    },
  },
  errors: [],
  verb: (ctx) => rotateCallbackSecret(ctx),
  render: (result) => ({ status: 200, body: { ...renderCallbackSecret(result), secret: result.secret } }),
  renderStored: (result) => ({ status: 200, body: renderCallbackSecret(result) }),
});

const readCallback = defineOperation({
  operationId: 'getCallbackSecret',
  method: 'get',
  path: '/v1/callback_secret',
  tag,
  summary: 'Get the callback secret',
  description: 'Whether there is one that you know, and since when; never the secret itself.',
  scope: 'webhooks:read',
  responses: {
    200: {
      description: 'Its state.',
      schema: callbackSecretStateSchema,
      example: {
        object: 'callback_secret',
        is_set: true,
        rotated_at: '2026-05-24T10:00:00Z',
        previous_secret_until: until,
        livemode: false,
      },
    },
  },
  errors: [],
  verb: (ctx) => readCallbackSecretState(ctx),
  render: ({ rotatedAtMs, ...state }) => ({
    status: 200,
    body: {
      ...renderCallbackSecret(state),
      is_set: rotatedAtMs !== null,
      rotated_at: rotatedAtMs === null ? null : renderTime(rotatedAtMs),
    },
  }),
});

export const webhookEndpointOperations = [
  create,
  retrieve,
  update,
  list,
  remove,
  rotate,
  enable,
  disable,
  readCallback,
  rotateCallback,
];

function withSecret(status: number, { endpoint, secret }: EndpointWithSecret): Reply {
  return { status, body: { ...renderEndpoint(endpoint), secret } };
}

/** Shown once means once: the answer kept under an Idempotency-Key has no secret. */
function withoutSecret(status: number, { endpoint }: EndpointWithSecret): Reply {
  return { status, body: renderEndpoint(endpoint) };
}

function renderCallbackSecret({
  previousSecretUntilMs,
  livemode,
}: Pick<CallbackSecret, 'previousSecretUntilMs' | 'livemode'>) {
  return {
    object: 'callback_secret',
    previous_secret_until: previousSecretUntilMs === null ? null : renderTime(previousSecretUntilMs),
    livemode,
  };
}
