import { listOf } from '@/contracts/lists';
import {
  listWalletsQuery,
  openWalletBody,
  reasonBody,
  updateWalletBody,
  walletListSchema,
  walletParams,
  walletSchema,
} from '@/contracts/wallets';
import { closeWallet } from '@/server/wallets/close-wallet';
import { freezeWallet } from '@/server/wallets/freeze-wallet';
import { openWallet } from '@/server/wallets/open-wallet';
import { readWallet, readWallets } from '@/server/wallets/read';
import { unfreezeWallet } from '@/server/wallets/unfreeze-wallet';
import { updateWalletMetadata } from '@/server/wallets/update-wallet-metadata';
import { defineOperation } from '../operation';
import { afterInteger, metadataText, walletIdOf } from './arguments';
import { CLOSED_WALLET, listExample, NEW_WALLET, WALLET } from './examples';
import { renderWallet } from './render-wallet';
import { walletDetailOperations } from './wallet-details';

const tag = 'Wallets';

const createWallet = defineOperation({
  operationId: 'createWallet',
  method: 'post',
  path: '/v1/wallets',
  tag,
  summary: 'Create a wallet',
  description:
    'Issues a wallet to a customer, who is created when unknown. Each customer has at most one open wallet per currency: 201 the first time, 200 with the existing wallet after. After a close a new one may be created.',
  scope: 'wallets:write',
  body: openWalletBody,
  requestExample: { customer_id: 'cus_abc123', currency: 'GHS' },
  responses: {
    201: { description: 'The new wallet.', schema: walletSchema, example: NEW_WALLET },
    200: { description: 'The wallet the customer has already.', schema: walletSchema, example: WALLET },
  },
  errors: ['parameter_missing', 'parameter_invalid', 'parameter_unknown'],
  verb: (ctx, { body }) =>
    openWallet(ctx, {
      customerId: body.customer_id,
      currency: body.currency,
      metadata: metadataText(body.metadata),
    }),
  render: ({ wallet, created }) => ({ status: created ? 201 : 200, body: renderWallet(wallet) }),
});

const listWallets = defineOperation({
  operationId: 'listWallets',
  method: 'get',
  path: '/v1/wallets',
  tag,
  summary: 'List wallets',
  description: 'Newest first; filter by customer, currency or status.',
  scope: 'wallets:read',
  query: listWalletsQuery,
  responses: { 200: { description: 'A page of wallets.', schema: walletListSchema, example: listExample(WALLET) } },
  errors: ['parameter_invalid', 'parameter_unknown', 'parameter_repeated'],
  verb: async (ctx, { query }) => ({
    wallets: await readWallets(
      ctx,
      { customerId: query.customer_id, currency: query.currency, status: query.status },
      { limit: query.limit, afterId: afterInteger(query.after) },
    ),
    limit: query.limit,
  }),
  render: ({ wallets, limit }) => ({
    status: 200,
    body: listOf(wallets, limit, renderWallet, (last) => [last.id]),
  }),
});

const getWallet = defineOperation({
  operationId: 'getWallet',
  method: 'get',
  path: '/v1/wallets/{id}',
  tag,
  summary: 'Retrieve a wallet',
  description:
    'The balance is exact as of the answer: credit that has expired is not in it, whether or not it has been posted.',
  scope: 'wallets:read',
  params: walletParams,
  responses: { 200: { description: 'The wallet.', schema: walletSchema, example: WALLET } },
  errors: ['resource_missing'],
  verb: (ctx, { params }) => readWallet(ctx, walletIdOf(params.id)),
  render: (wallet) => ({ status: 200, body: renderWallet(wallet) }),
});

const updateWallet = defineOperation({
  operationId: 'updateWallet',
  method: 'patch',
  path: '/v1/wallets/{id}',
  tag,
  summary: 'Update a wallet',
  description:
    'Replaces its metadata, which is all of a wallet that you may change: the new takes the place of the old.',
  scope: 'wallets:write',
  params: walletParams,
  body: updateWalletBody,
  requestExample: { metadata: { tier: 'pro' } },
  responses: {
    200: { description: 'The wallet.', schema: walletSchema, example: { ...WALLET, metadata: { tier: 'pro' } } },
  },
  errors: ['resource_missing', 'parameter_missing', 'parameter_invalid', 'parameter_unknown'],
  verb: (ctx, { params, body }) =>
    updateWalletMetadata(ctx, { walletId: walletIdOf(params.id), metadata: JSON.stringify(body.metadata) }),
  render: (wallet) => ({ status: 200, body: renderWallet(wallet) }),
});

const freezeWalletOperation = defineOperation({
  operationId: 'freezeWallet',
  method: 'post',
  path: '/v1/wallets/{id}/freeze',
  tag,
  summary: 'Freeze a wallet',
  description:
    'Blocks debits, holds and transfers out; allows top-ups and credits. Freezing twice changes nothing. The body may be left out.',
  scope: 'wallets:status',
  params: walletParams,
  body: reasonBody,
  requestExample: { reason: 'Disputed by the customer' },
  responses: { 200: { description: 'The wallet.', schema: walletSchema, example: { ...WALLET, status: 'frozen' } } },
  errors: ['resource_missing', 'parameter_invalid', 'parameter_unknown', 'wallet_inactive', 'wallet_closed'],
  verb: (ctx, { params, body }) => freezeWallet(ctx, { walletId: walletIdOf(params.id), reason: body.reason ?? null }),
  render: (wallet) => ({ status: 200, body: renderWallet(wallet) }),
});

const unfreezeWalletOperation = defineOperation({
  operationId: 'unfreezeWallet',
  method: 'post',
  path: '/v1/wallets/{id}/unfreeze',
  tag,
  summary: 'Unfreeze a wallet',
  description: 'Allows money out again. Unfreezing an active wallet changes nothing. The body may be left out.',
  scope: 'wallets:status',
  params: walletParams,
  body: reasonBody,
  requestExample: { reason: 'Dispute settled' },
  responses: { 200: { description: 'The wallet.', schema: walletSchema, example: WALLET } },
  errors: ['resource_missing', 'parameter_invalid', 'parameter_unknown', 'wallet_inactive', 'wallet_closed'],
  verb: (ctx, { params, body }) =>
    unfreezeWallet(ctx, { walletId: walletIdOf(params.id), reason: body.reason ?? null }),
  render: (wallet) => ({ status: 200, body: renderWallet(wallet) }),
});

const closeWalletOperation = defineOperation({
  operationId: 'closeWallet',
  method: 'post',
  path: '/v1/wallets/{id}/close',
  tag,
  summary: 'Close a wallet',
  description:
    'For good. Promotional credit is forfeited; paid money that is left is owed to the customer and shown as `refund_due`. Refused while holds are active. The body may be left out.',
  scope: 'wallets:status',
  params: walletParams,
  body: reasonBody,
  requestExample: { reason: 'Account deleted' },
  responses: {
    200: {
      description: 'The closed wallet.',
      schema: walletSchema,
      example: CLOSED_WALLET,
    },
  },
  errors: [
    'resource_missing',
    'parameter_invalid',
    'parameter_unknown',
    'wallet_inactive',
    'wallet_closed',
    'holds_active',
    'balance_negative',
  ],
  verb: (ctx, { params, body }) => closeWallet(ctx, { walletId: walletIdOf(params.id), reason: body.reason ?? null }),
  render: (wallet) => ({ status: 200, body: renderWallet(wallet) }),
});

export const walletOperations = [
  createWallet,
  getWallet,
  listWallets,
  updateWallet,
  freezeWalletOperation,
  unfreezeWalletOperation,
  closeWalletOperation,
  ...walletDetailOperations,
];
