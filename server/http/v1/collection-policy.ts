import { apiKeyParams } from '@/contracts/api-keys';
import { formatId, parseId } from '@/contracts/ids';
import {
  allowedIpsBody,
  allowedIpsSchema,
  type CollectionPolicyObject,
  collectionPolicySchema,
  updateCollectionPolicyBody,
} from '@/contracts/payments';
import { readApiKey } from '@/server/api-keys/read';
import { allowedAddresses, setAllowedAddresses } from '@/server/payments/allowed-addresses';
import { readCollectionPolicy, updateCollectionPolicy } from '@/server/payments/policy';
import { defineOperation } from '../operation';
import { renderCollectionPolicy } from './render-payment';

const POLICY: CollectionPolicyObject = {
  object: 'collection_policy',
  phone_policy: 'locked',
  client_service_code: 'COLk3J9sQa',
  callback_url: 'https://example.com/callbacks/pesewa',
  prompts_per_phone_hour: 10,
  prompts_per_phone_day: 30,
  prompts_per_day: 100_000,
  livemode: false,
};

const ADDRESSES = { object: 'api_key_addresses' as const, api_key_id: 'key_a1b2c3', allowed_ips: ['203.0.113.9'] };

const readPolicy = defineOperation({
  operationId: 'getCollectionPolicy',
  method: 'get',
  path: '/v1/collection_policy',
  tag: 'Payments',
  summary: 'Retrieve the policy',
  description:
    'Who may be prompted, what it costs, and who is told. Until it is set, live books lock phones to registered numbers and test books do not.',
  scope: 'payments:read',
  responses: { 200: { description: 'The policy.', schema: collectionPolicySchema, example: POLICY } },
  errors: [],
  verb: (ctx) => readCollectionPolicy(ctx),
  render: (policy) => ({ status: 200, body: renderCollectionPolicy(policy) }),
});

const updatePolicy = defineOperation({
  operationId: 'updateCollectionPolicy',
  method: 'patch',
  path: '/v1/collection_policy',
  tag: 'Payments',
  summary: 'Change the policy',
  description: 'What is left out stays as it is. Payments that have begun go on under the rules they began with.',
  scope: 'payments:write',
  stepUp: true,
  body: updateCollectionPolicyBody,
  requestExample: { phone_policy: 'otp', callback_url: 'https://example.com/callbacks/pesewa' },
  responses: { 200: { description: 'The policy.', schema: collectionPolicySchema, example: POLICY } },
  errors: ['resource_missing'],
  verb: (ctx, { body }) =>
    updateCollectionPolicy(ctx, {
      phonePolicy: body.phone_policy,
      serviceCode: body.client_service_code,
      callbackUrl: body.callback_url,
      promptsPerPhoneHour: body.prompts_per_phone_hour,
      promptsPerPhoneDay: body.prompts_per_phone_day,
      promptsPerDay: body.prompts_per_day,
    }),
  render: (policy) => ({ status: 200, body: renderCollectionPolicy(policy) }),
});

const readAddresses = defineOperation({
  operationId: 'getApiKeyAddresses',
  method: 'get',
  path: '/v1/api_keys/{id}/allowed_ips',
  tag: 'API keys',
  summary: 'List allowed addresses',
  description: 'Where its direct debits may come from.',
  scope: 'keys:read',
  params: apiKeyParams,
  responses: { 200: { description: 'The addresses.', schema: allowedIpsSchema, example: ADDRESSES } },
  errors: [],
  verb: async (ctx, { params }) => {
    const key = await readApiKey(ctx, parseId('key', params.id));
    return { key, addresses: await allowedAddresses(ctx, key.id) };
  },
  render: ({ key, addresses }) => ({ status: 200, body: addressesOf(key.id, addresses) }),
});

const setAddresses = defineOperation({
  operationId: 'setApiKeyAddresses',
  method: 'put',
  path: '/v1/api_keys/{id}/allowed_ips',
  tag: 'API keys',
  summary: 'Set allowed addresses',
  description:
    'Replaces the list. Payments are received with the key from these addresses alone, four at the most; a live key without any prompts nobody. Other operations do not look at it.',
  scope: 'keys:write',
  stepUp: true,
  params: apiKeyParams,
  body: allowedIpsBody,
  requestExample: { allowed_ips: ['203.0.113.9'] },
  responses: { 200: { description: 'The addresses.', schema: allowedIpsSchema, example: ADDRESSES } },
  errors: [],
  verb: (ctx, { params, body }) =>
    setAllowedAddresses(ctx, { keyId: parseId('key', params.id), addresses: body.allowed_ips }),
  render: ({ key, addresses }) => ({ status: 200, body: addressesOf(key.id, addresses) }),
});

function addressesOf(keyId: string, addresses: readonly string[]) {
  return { object: 'api_key_addresses' as const, api_key_id: formatId('key', keyId), allowed_ips: [...addresses] };
}

export const collectionPolicyOperations = [readPolicy, updatePolicy, readAddresses, setAddresses];
