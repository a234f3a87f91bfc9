import { createTopUpBody, listTopUpsQuery, topUpParams } from '@/contracts/top-ups';
import { walletParams } from '@/contracts/wallets';
import { Problem } from '@/server/kernel/problem';
import { defineOperation } from '../operation';
import { TOP_UPS_MESSAGE } from './error-examples';

/**
 * Top-ups need a payment provider, which this build has none of. The routes are here with the fields of the reference,
 * so that a program written against it hears a clear no instead of a missing address.
 */
const common = {
  tag: 'Top-ups',
  description: 'Not available yet: answers 501 `not_available_yet` and changes nothing.',
  responses: {},
  errors: ['not_available_yet'],
  verb: (): Promise<never> => Promise.reject(new Problem('not_available_yet', TOP_UPS_MESSAGE)),
  render: (result: never) => result,
} as const;

const createTopUp = defineOperation({
  ...common,
  operationId: 'createTopUp',
  method: 'post',
  path: '/v1/wallets/{id}/topups',
  summary: 'Create a top-up',
  scope: 'wallets:write',
  params: walletParams,
  body: createTopUpBody,
  requestExample: { amount: 5000, redirect_url: 'https://example.com/paid' },
});

const getTopUp = defineOperation({
  ...common,
  operationId: 'getTopUp',
  method: 'get',
  path: '/v1/topups/{id}',
  summary: 'Retrieve a top-up',
  scope: 'wallets:read',
  params: topUpParams,
});

const listTopUps = defineOperation({
  ...common,
  operationId: 'listTopUps',
  method: 'get',
  path: '/v1/wallets/{id}/topups',
  summary: 'List top-ups',
  scope: 'wallets:read',
  params: walletParams,
  query: listTopUpsQuery,
});

const expireTopUp = defineOperation({
  ...common,
  operationId: 'expireTopUp',
  method: 'post',
  path: '/v1/topups/{id}/expire',
  summary: 'Expire a top-up',
  scope: 'wallets:write',
  params: topUpParams,
});

export const topUpOperations = [createTopUp, getTopUp, listTopUps, expireTopUp];
