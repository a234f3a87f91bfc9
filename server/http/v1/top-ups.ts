import { parseId } from '@/contracts/ids';
import { listOf } from '@/contracts/lists';
import {
  allTopUpsSchema,
  createTopUpBody,
  listAllTopUpsQuery,
  listTopUpsQuery,
  topUpListSchema,
  topUpParams,
  topUpSchema,
} from '@/contracts/top-ups';
import { walletParams } from '@/contracts/wallets';
import { checkoutUrlOf } from '@/server/top-ups/checkout-token';
import { createTopUp } from '@/server/top-ups/create-top-up';
import { expireTopUp } from '@/server/top-ups/end-top-up';
import { type ListedTopUp, listTopUps, readTopUp, readTopUps } from '@/server/top-ups/read';
import { renderTopUp } from '@/server/top-ups/render-top-up';
import { readWallet } from '@/server/wallets/read';
import { defineOperation } from '../operation';
import { afterInteger, metadataText, topUpIdOf, walletIdOf } from './arguments';
import { EXPIRED_TOP_UP, listExample, TOP_UP } from './examples';

const tag = 'Top-ups';

const { checkout_url: _, ...WITHOUT_URL } = TOP_UP;
const LISTED_TOP_UP = {
  ...WITHOUT_URL,
  client_code: 'MARk3J9sQa',
  customer_id: 'cus_abc123',
  customer_name: 'Ama Mensah',
};

const createTopUpOperation = defineOperation({
  operationId: 'createTopUp',
  method: 'post',
  path: '/v1/wallets/{id}/topups',
  tag,
  summary: 'Create a top-up',
  description:
    'Makes a checkout: send the customer to `checkout_url`. They choose how to pay, see every fee before anything happens, and come back to `redirect_url` with `topup_id` and `status`. Believe the webhook `topup.succeeded` or this API, not the query: anyone can type one. With an `Idempotency-Key` a repetition gives the same checkout.',
  scope: 'wallets:write',
  params: walletParams,
  body: createTopUpBody,
  requestExample: { amount: 5000, redirect_url: 'https://example.com/paid' },
  responses: { 201: { description: 'The top-up, with its address.', schema: topUpSchema, example: TOP_UP } },
  errors: [
    'parameter_missing',
    'parameter_invalid',
    'parameter_unknown',
    'expires_at_past',
    'resource_missing',
    'wallet_inactive',
    'wallet_closed',
  ],
  verb: (ctx, { params, body }) =>
    createTopUp(ctx, {
      walletId: walletIdOf(params.id),
      amountMinor: BigInt(body.amount),
      redirectUrl: body.redirect_url,
      cancelUrl: body.cancel_url ?? null,
      expiresAtMs: body.expires_at ?? null,
      metadata: metadataText(body.metadata),
    }),
  render: ({ topUp, checkoutUrl }) => ({ status: 201, body: renderTopUp(topUp, checkoutUrl) }),
});

const listTopUpsOfWallet = defineOperation({
  operationId: 'listTopUps',
  method: 'get',
  path: '/v1/wallets/{id}/topups',
  tag,
  summary: 'List top-ups',
  description: 'A wallet’s top-ups, newest first.',
  scope: 'wallets:read',
  params: walletParams,
  query: listTopUpsQuery,
  responses: { 200: { description: 'A page of top-ups.', schema: topUpListSchema, example: listExample(TOP_UP) } },
  errors: ['resource_missing', 'parameter_invalid', 'parameter_unknown', 'parameter_repeated'],
  verb: async (ctx, { params, query }) => {
    const wallet = await readWallet(ctx, walletIdOf(params.id));
    const page = { limit: query.limit, afterId: afterInteger(query.after) };
    const topUps = await readTopUps(ctx, wallet.id, query.status, page);
    return {
      topUps: topUps.map((topUp) => ({ topUp, checkoutUrl: checkoutUrlOf(ctx, topUp) })),
      limit: query.limit,
    };
  },
  render: ({ topUps, limit }) => ({
    status: 200,
    body: listOf(
      topUps,
      limit,
      ({ topUp, checkoutUrl }) => renderTopUp(topUp, checkoutUrl),
      ({ topUp }) => [topUp.id],
    ),
  }),
});

const getTopUp = defineOperation({
  operationId: 'getTopUp',
  method: 'get',
  path: '/v1/topups/{id}',
  tag,
  summary: 'Retrieve a top-up',
  description: 'As it stands now; its address as long as it is not over.',
  scope: 'wallets:read',
  params: topUpParams,
  responses: { 200: { description: 'The top-up.', schema: topUpSchema, example: TOP_UP } },
  errors: ['resource_missing'],
  verb: async (ctx, { params }) => {
    const topUp = await readTopUp(ctx, topUpIdOf(params.id));
    return { topUp, checkoutUrl: checkoutUrlOf(ctx, topUp) };
  },
  render: ({ topUp, checkoutUrl }) => ({ status: 200, body: renderTopUp(topUp, checkoutUrl) }),
});

const expireTopUpOperation = defineOperation({
  operationId: 'expireTopUp',
  method: 'post',
  path: '/v1/topups/{id}/expire',
  tag,
  summary: 'Expire a top-up',
  description:
    'Ends a checkout that nobody has paid, before its time. While a payment is under way it cannot end: the customer may be approving it now. Expiring twice changes nothing.',
  scope: 'wallets:write',
  params: topUpParams,
  responses: { 200: { description: 'The top-up, over.', schema: topUpSchema, example: EXPIRED_TOP_UP } },
  errors: ['resource_missing', 'top_up_not_open'],
  verb: (ctx, { params }) => expireTopUp(ctx, { topUpId: topUpIdOf(params.id) }),
  render: (topUp) => ({ status: 200, body: renderTopUp(topUp, null) }),
});

const listAllTopUps = defineOperation({
  operationId: 'listAllTopUps',
  method: 'get',
  path: '/v1/topups',
  tag,
  summary: 'List all top-ups',
  description:
    'Across wallets, newest first; filters hold together. The checkout’s address is in a top-up’s own page alone. The operator’s people see those of every client without `Pesewa-Client`.',
  scope: 'wallets:read',
  query: listAllTopUpsQuery,
  responses: {
    200: { description: 'A page of top-ups.', schema: allTopUpsSchema, example: listExample(LISTED_TOP_UP) },
  },
  errors: ['parameter_invalid', 'parameter_unknown', 'parameter_repeated'],
  verb: async (ctx, { query }) => ({
    topUps: await listTopUps(
      ctx,
      {
        status: query.status,
        walletId: query.wallet_id === undefined ? undefined : (parseId('wallet', query.wallet_id) ?? '0'),
        customerId: query.customer_id,
        number: query.payment_number,
        fromMs: query.from,
        toMs: query.to,
      },
      { limit: query.limit, afterId: afterInteger(query.after) },
    ),
    limit: query.limit,
  }),
  render: ({ topUps, limit }) => ({
    status: 200,
    body: listOf(topUps, limit, renderListed, ({ topUp }) => [topUp.id]),
  }),
});

function renderListed({ topUp, clientCode, customerId, customerName }: ListedTopUp) {
  const rendered = renderTopUp(topUp, null);
  return { ...rendered, client_code: clientCode, customer_id: customerId, customer_name: customerName };
}

export const topUpOperations = [
  createTopUpOperation,
  listTopUpsOfWallet,
  listAllTopUps,
  getTopUp,
  expireTopUpOperation,
];
