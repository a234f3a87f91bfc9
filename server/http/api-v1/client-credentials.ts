import {
  type ClientCredentialObject,
  clientParams,
  createCredentialsBody,
  credentialListSchema,
  listCredentialsQuery,
  newCredentialSchema,
} from '@/contracts/clients';
import { listOf } from '@/contracts/lists';
import { issueCredentials, type NewClientKey } from '@/server/clients/issue-credentials';
import { listCredentials } from '@/server/clients/list-credentials';
import { defineOperation } from '@/server/http/operation';
import type { Reply } from '@/server/kernel/context';
import { renderCredential } from './render-client';

const tag = 'Clients';

const example: ClientCredentialObject = {
  object: 'client_credential',
  client_id: 'cli_a1b2c3',
  client_code: 'LIPNZPMF7O',
  key_id: 'key_a1b2c3',
  mode: 'test',
  livemode: false,
  name: 'Billing server',
  hint: 'sec_test_…9fQz',
  scopes: ['wallets:read', 'wallets:write'],
  status: 'active',
  created_at: '2026-05-24T10:00:00.000Z',
  expires_at: null,
  revoked_at: null,
  last_used_at: null,
};

const create = defineOperation({
  operationId: 'createClientCredentials',
  method: 'post',
  path: '/api/v1/clients/{client_code}/credentials',
  tag,
  summary: 'Issue credentials',
  description:
    'Makes a key on the client’s live or test books, whichever mode you are logged in to. Its secret is in this answer and nowhere else, ever. To revoke or rotate it, use `/v1/api_keys` with the header `Pesewa-Client`.',
  scope: 'clients:write',
  stepUp: true,
  operatorOnly: true,
  params: clientParams,
  body: createCredentialsBody,
  requestExample: { mode: 'test', name: 'Billing server', scopes: ['wallets:read', 'wallets:write'] },
  responses: {
    201: {
      description: 'The credentials, with the secret.',
      schema: newCredentialSchema,
      example: { ...example, client_secret: 'sec_test_…' },
    },
  },
  errors: ['expires_at_past'],
  verb: (ctx, { params, body }) =>
    issueCredentials(ctx, {
      client: params.client_code,
      mode: body.mode,
      name: body.name ?? null,
      scopes: body.scopes ?? null,
      expiresAtMs: body.expires_at ?? null,
    }),
  render: (made) => ({ status: 201, body: { ...renderCredential(made), client_secret: made.secret } }),
  renderStored: renderWithoutSecret,
});

const list = defineOperation({
  operationId: 'listClientCredentials',
  method: 'get',
  path: '/api/v1/clients/{client_code}/credentials',
  tag,
  summary: 'List credentials',
  description: 'The client’s keys of one mode, newest first, revoked and expired ones included; never a secret.',
  scope: 'keys:read',
  operatorOnly: true,
  params: clientParams,
  query: listCredentialsQuery,
  responses: {
    200: {
      description: 'A page of keys.',
      schema: credentialListSchema,
      example: { object: 'list', data: [example], has_more: false, next_cursor: null },
    },
  },
  errors: [],
  verb: async (ctx, { params, query }) => ({
    keys: await listCredentials(ctx, {
      client: params.client_code,
      mode: query.mode ?? ctx.principal.mode,
      limit: query.limit,
      after: query.after,
    }),
    limit: query.limit,
  }),
  render: ({ keys, limit }) => ({
    status: 200,
    body: listOf(keys, limit, renderCredential, ({ key }) => [key.id]),
  }),
});

export const clientCredentialOperations = [create, list];

/** Shown once means once: the answer kept under an Idempotency-Key has no secret. */
function renderWithoutSecret(made: NewClientKey): Reply {
  return { status: 201, body: renderCredential(made) };
}
