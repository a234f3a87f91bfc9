import {
  type ApiKeyObject,
  apiKeyListSchema,
  apiKeyParams,
  apiKeySchema,
  createApiKeyBody,
  listApiKeysQuery,
  newApiKeySchema,
  revokeApiKeyBody,
  rotateApiKeyBody,
} from '@/contracts/api-keys';
import { formatId, parseId } from '@/contracts/ids';
import { listOf } from '@/contracts/lists';
import { createApiKey, type NewApiKey } from '@/server/api-keys/create-api-key';
import { type ApiKey, listApiKeys, readApiKey } from '@/server/api-keys/read';
import { revokeApiKey } from '@/server/api-keys/revoke-api-key';
import { rotateApiKey } from '@/server/api-keys/rotate-api-key';
import { defineOperation } from '@/server/http/operation';
import type { Reply } from '@/server/kernel/context';
import { renderExactTime, renderTime } from './render-time';

const example: ApiKeyObject = {
  id: 'key_a1b2c3',
  object: 'api_key',
  name: 'Billing server',
  hint: 'sec_test_…9fQz',
  scopes: ['wallets:read', 'wallets:write'],
  status: 'active',
  livemode: false,
  created_at: '2026-05-24T10:00:00Z',
  expires_at: null,
  revoked_at: null,
  last_used_at: null,
  replaced_by: null,
};
const exampleSecret = 'sec_test_…';

const create = defineOperation({
  operationId: 'createApiKey',
  method: 'post',
  path: '/v1/api_keys',
  tag: 'API keys',
  summary: 'Create an API key',
  description: 'Makes a key in the mode of the key that asks. Its secret is in this answer and nowhere else, ever.',
  scope: 'keys:write',
  stepUp: true,
  body: createApiKeyBody,
  requestExample: { name: 'Billing server', scopes: ['wallets:read', 'wallets:write'] },
  responses: {
    201: {
      description: 'The key with its secret.',
      schema: newApiKeySchema,
      example: { ...example, secret: exampleSecret },
    },
  },
  errors: ['expires_at_past'],
  verb: (ctx, { body }) =>
    createApiKey(ctx, { name: body.name, scopes: body.scopes ?? null, expiresAtMs: body.expires_at ?? null }),
  render: renderWithSecret,
  renderStored: renderWithoutSecret,
});

const list = defineOperation({
  operationId: 'listApiKeys',
  method: 'get',
  path: '/v1/api_keys',
  tag: 'API keys',
  summary: 'List API keys',
  description: 'Newest first, revoked and expired ones included.',
  scope: 'keys:read',
  query: listApiKeysQuery,
  responses: {
    200: {
      description: 'A page of keys.',
      schema: apiKeyListSchema,
      example: { object: 'list', data: [example], has_more: false, next_cursor: null },
    },
  },
  errors: [],
  verb: async (ctx, { query }) => ({
    keys: await listApiKeys(ctx, { limit: query.limit, after: query.after }),
    limit: query.limit,
  }),
  render: ({ keys, limit }) => ({ status: 200, body: listOf(keys, limit, renderKey, (key) => [key.id]) }),
});

const retrieve = defineOperation({
  operationId: 'retrieveApiKey',
  method: 'get',
  path: '/v1/api_keys/{id}',
  tag: 'API keys',
  summary: 'Retrieve an API key',
  description: 'Everything about a key but its secret.',
  scope: 'keys:read',
  params: apiKeyParams,
  responses: { 200: { description: 'The key.', schema: apiKeySchema, example } },
  errors: [],
  verb: (ctx, { params }) => readApiKey(ctx, parseId('key', params.id)),
  render: (key) => ({ status: 200, body: renderKey(key) }),
});

const rotate = defineOperation({
  operationId: 'rotateApiKey',
  method: 'post',
  path: '/v1/api_keys/{id}/rotate',
  tag: 'API keys',
  summary: 'Rotate an API key',
  description: 'Makes a key with the same scopes in this one’s place. This one goes on working for `overlap_seconds`.',
  scope: 'keys:write',
  stepUp: true,
  params: apiKeyParams,
  body: rotateApiKeyBody,
  requestExample: { overlap_seconds: 3600 },
  responses: {
    201: {
      description: 'The new key with its secret.',
      schema: newApiKeySchema,
      example: { ...example, id: 'key_b2c3d4', hint: 'sec_test_…u3Mk', secret: exampleSecret },
    },
  },
  errors: ['key_not_active'],
  verb: (ctx, { params, body }) =>
    rotateApiKey(ctx, { keyId: parseId('key', params.id), overlapSeconds: body.overlap_seconds }),
  render: renderWithSecret,
  renderStored: renderWithoutSecret,
});

const revoke = defineOperation({
  operationId: 'revokeApiKey',
  method: 'post',
  path: '/v1/api_keys/{id}/revoke',
  tag: 'API keys',
  summary: 'Revoke an API key',
  description: 'Ends the key everywhere within a second. Revoking a revoked key changes nothing.',
  scope: 'keys:write',
  params: apiKeyParams,
  body: revokeApiKeyBody,
  requestExample: { reason: 'Left in a repository' },
  responses: {
    200: {
      description: 'The key.',
      schema: apiKeySchema,
      example: { ...example, status: 'revoked', revoked_at: '2026-06-01T09:00:00Z' },
    },
  },
  errors: [],
  verb: (ctx, { params, body }) => revokeApiKey(ctx, { keyId: parseId('key', params.id), reason: body.reason ?? null }),
  render: (key) => ({ status: 200, body: renderKey(key) }),
});

export const apiKeyOperations = [create, retrieve, list, rotate, revoke];

function renderKey(key: ApiKey): ApiKeyObject {
  const time = (ms: number | null): string | null => (ms === null ? null : renderTime(ms));
  return {
    id: formatId('key', key.id),
    object: 'api_key',
    name: key.name,
    hint: key.hint,
    scopes: [...key.scopes],
    status: key.status,
    livemode: key.livemode,
    created_at: renderTime(key.createdAtMs),
    expires_at: key.expiresAtMs === null ? null : renderExactTime(key.expiresAtMs),
    revoked_at: time(key.revokedAtMs),
    last_used_at: time(key.lastUsedAtMs),
    replaced_by: key.replacedBy === null ? null : formatId('key', key.replacedBy),
  };
}

function renderWithSecret({ key, secret }: NewApiKey): Reply {
  return { status: 201, body: { ...renderKey(key), secret } };
}

/** Shown once means once: the answer kept under an Idempotency-Key has no secret. */
function renderWithoutSecret({ key }: NewApiKey): Reply {
  return { status: 201, body: renderKey(key) };
}
