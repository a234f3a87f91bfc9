import { formatId } from '@/contracts/ids';
import {
  type ProviderCredentialsObject,
  type ProviderObject,
  providerCredentialsListSchema,
  providerCredentialsSchema,
  providerListSchema,
  providerParams,
  setProviderCredentialsBody,
} from '@/contracts/providers';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { paymentPorts } from '@/server/payments/ports';
import { type CredentialsView, listCredentials } from '@/server/providers/credentials';
import { listProviders, type ProviderView } from '@/server/providers/list-providers';
import { revokeCredentials } from '@/server/providers/revoke-credentials';
import { setCredentials } from '@/server/providers/set-credentials';
import { defineOperation } from '../operation';
import { HELD } from './held';
import { renderTime } from './render-time';

const tag = 'Payment providers';

const PROVIDER: ProviderObject = {
  id: 'hubtel',
  object: 'provider',
  provider: 'hubtel',
  account: 'hubtel',
  credentials: 'deployment',
  is_available: true,
  circuit: { state: 'closed', since: '2026-05-24T10:00:00.000Z', retry_at: null },
  can_refund: false,
  can_pay_out: false,
  can_cancel: false,
  routes: [
    {
      channel: 'TELECEL',
      country: 'GH',
      currency: 'GHS',
      minimum: 10,
      maximum: 100_000_000,
      multiple_of: 1,
      prompt_seconds: 300,
      is_used: true,
    },
  ],
  credential_fields: [{ name: 'clientId', required: true }],
  livemode: false,
};

const CREDENTIALS: ProviderCredentialsObject = {
  id: 'pcr_a1b2c3',
  object: 'provider_credentials',
  provider_id: 'hubtel',
  provider: 'hubtel',
  fields: { clientId: '…', clientSecret: '…49d8', posSalesId: '11684' },
  created_at: '2026-05-24T10:00:00Z',
  updated_at: '2026-05-24T10:00:00Z',
  revoked_at: null,
  livemode: false,
};

const getProviders = defineOperation({
  operationId: 'listProviders',
  method: 'get',
  path: '/v1/providers',
  tag,
  summary: 'List providers',
  description:
    'Where your payments can go: which channels, in which countries and currencies, between which amounts, and whether each provider answers. A provider that stopped answering is not asked for a while: `circuit` says since when, and when it is tried again.',
  scope: 'payments:read',
  responses: {
    200: {
      description: 'Every provider of these books.',
      schema: providerListSchema,
      example: { object: 'list', data: [PROVIDER] },
    },
  },
  errors: [],
  verb: async (ctx) => ({ providers: await listProviders(ctx), livemode: isLive(ctx) }),
  render: ({ providers, livemode }) => ({
    status: 200,
    body: { object: 'list', data: providers.map((provider) => renderProvider(provider, livemode)) },
  }),
});

const getAllCredentials = defineOperation({
  operationId: 'listProviderCredentials',
  method: 'get',
  path: '/v1/provider_credentials',
  tag,
  summary: 'List credentials',
  description: 'Your own credentials at providers, revoked ones too. Of secrets only the end is shown.',
  scope: 'keys:read',
  responses: {
    200: {
      description: 'Every set there is or was.',
      schema: providerCredentialsListSchema,
      example: { object: 'list', data: [CREDENTIALS] },
    },
  },
  errors: [],
  verb: async (ctx) => ({
    sets: await listCredentials(ctx.db.pool, ctx.principal.tenantId),
    livemode: isLive(ctx),
  }),
  render: ({ sets, livemode }) => ({
    status: 200,
    body: { object: 'list', data: sets.map((set) => renderCredentials(set, livemode)) },
  }),
});

const responses = {
  200: { description: 'The credentials, without secrets.', schema: providerCredentialsSchema, example: CREDENTIALS },
};

const getCredentials = defineOperation({
  operationId: 'getProviderCredentials',
  method: 'get',
  path: '/v1/provider_credentials/{provider}',
  tag,
  summary: 'Retrieve credentials',
  description: 'Those of your own that are in use at a provider. Of secrets only the end is shown.',
  scope: 'keys:read',
  params: providerParams,
  responses,
  errors: ['resource_missing'],
  verb: async (ctx, { params }) => ({ set: await inUse(ctx, params.provider), livemode: isLive(ctx) }),
  render: ({ set, livemode }) => ({ status: 200, body: renderCredentials(set, livemode) }),
});

const putCredentials = defineOperation({
  operationId: 'setProviderCredentials',
  method: 'put',
  path: '/v1/provider_credentials/{provider}',
  tag,
  summary: 'Set credentials',
  description:
    'From now on your payments through this provider go by these, before the deployment’s own. They take the place of those there were, as a new key of the same account does; for another account revoke first, so that payments under way are asked about where they began. Encrypted at rest; secrets are never shown again.',
  scope: 'keys:write',
  stepUp: true,
  params: providerParams,
  body: setProviderCredentialsBody,
  secretFields: ['credentials'],
  requestExample: {
    credentials: { clientId: 'k3J9sQaX', clientSecret: 'c4f1d2a05e3b49d8', posSalesId: '11684' },
  },
  responses: { ...responses, 202: HELD },
  errors: ['resource_missing', 'parameter_missing', 'parameter_invalid', 'parameter_unknown'],
  verb: async (ctx, { params, body }) => {
    if (ctx.secretBox === undefined) throw new Error('Credentials need the secret box.');
    const parts = { registry: paymentPorts(ctx.db).providers, secretBox: ctx.secretBox };
    const set = await setCredentials(ctx, parts, { entryId: params.provider, credentials: body.credentials });
    return { set, livemode: isLive(ctx) };
  },
  render: ({ set, livemode }) => ({ status: 200, body: renderCredentials(set, livemode) }),
});

const deleteCredentials = defineOperation({
  operationId: 'revokeProviderCredentials',
  method: 'delete',
  path: '/v1/provider_credentials/{provider}',
  tag,
  summary: 'Revoke credentials',
  description:
    'New payments go by the deployment’s own credentials, where it has any. Payments under way are still asked about under these, until they end.',
  scope: 'keys:write',
  stepUp: true,
  params: providerParams,
  responses: { ...responses, 202: HELD },
  errors: ['resource_missing'],
  verb: async (ctx, { params }) => {
    const { id } = await inUse(ctx, params.provider);
    return { set: await revokeCredentials(ctx, id), livemode: isLive(ctx) };
  },
  render: ({ set, livemode }) => ({ status: 200, body: renderCredentials(set, livemode) }),
});

const isLive = ({ principal }: Context): boolean => principal.mode === 'live';

/** @throws Problem resource_missing */
async function inUse(ctx: Context, entryId: string): Promise<CredentialsView> {
  const sets = await listCredentials(ctx.db.pool, ctx.principal.tenantId);
  const set = sets.find((one) => one.entryId === entryId && one.revokedAtMs === null);
  if (set !== undefined) return set;
  throw new Problem('resource_missing', 'There are no credentials of your own at this provider.', {
    param: 'provider',
  });
}

function renderProvider(view: ProviderView, livemode: boolean): ProviderObject {
  const { provider } = view;
  const circuit = provider?.circuit() ?? null;
  return {
    id: view.entryId,
    object: 'provider',
    provider: view.name,
    account: view.account,
    credentials: view.credentials,
    is_available: provider?.isAvailable() ?? false,
    circuit:
      circuit === null
        ? null
        : {
            state: circuit.state,
            since: new Date(circuit.sinceMs).toISOString(),
            retry_at: circuit.retryAtMs === null ? null : new Date(circuit.retryAtMs).toISOString(),
          },
    can_refund: provider?.capabilities.canRefund ?? false,
    can_pay_out: provider?.capabilities.canPayOut ?? false,
    can_cancel: provider?.capabilities.canCancel ?? false,
    routes: view.routes.map((route) => ({
      channel: route.channel,
      country: route.country,
      currency: route.currency,
      minimum: Number(route.leastMinor),
      maximum: Number(route.greatestMinor),
      multiple_of: Number(route.multipleOfMinor),
      prompt_seconds: Math.round(route.promptLifetimeMs / 1_000),
      is_used: route.isUsed,
    })),
    credential_fields: view.credentialFields.map(({ name, isRequired }) => ({ name, required: isRequired })),
    livemode,
  };
}

function renderCredentials(view: CredentialsView, livemode: boolean): ProviderCredentialsObject {
  return {
    id: formatId('providerCredentials', view.id),
    object: 'provider_credentials',
    provider_id: view.entryId,
    provider: view.provider,
    fields: { ...view.hint },
    created_at: renderTime(view.createdAtMs),
    updated_at: renderTime(view.updatedAtMs),
    revoked_at: view.revokedAtMs === null ? null : renderTime(view.revokedAtMs),
    livemode,
  };
}

export const providerOperations = [getProviders, getAllCredentials, getCredentials, putCredentials, deleteCredentials];
