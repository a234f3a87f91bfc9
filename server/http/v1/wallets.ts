import { listOf } from '@/contracts/lists';
import {
  listWalletsQuery,
  openWalletBody,
  readWalletSchema,
  reasonBody,
  updateWalletBody,
  walletListSchema,
  walletParams,
  walletSchema,
} from '@/contracts/wallets';
import { booksOfList } from '@/server/clients/books-of-list';
import { closeWallet } from '@/server/wallets/close-wallet';
import { freezeWallet } from '@/server/wallets/freeze-wallet';
import { openWallet } from '@/server/wallets/open-wallet';
import { exportWallets, readWalletInFull, readWallets } from '@/server/wallets/read';
import { unfreezeWallet } from '@/server/wallets/unfreeze-wallet';
import { updateWallet as updateWalletVerb } from '@/server/wallets/update-wallet';
import { defineOperation } from '../operation';
import { csvHeaders, textStream } from '../text-stream';
import { afterInteger, metadataText, walletIdOf } from './arguments';
import { CLOSED_WALLET, listExample, NEW_WALLET, READ_WALLET, WALLET } from './examples';
import { renderListedWallet, renderReadWallet, renderWallet, walletLines } from './render-wallet';
import { walletDetailOperations } from './wallet-details';

const tag = 'Wallets';

const UPDATED_WALLET = { ...WALLET, low_balance_threshold: 2000, metadata: { tier: 'pro' } };

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
  description:
    'Newest first; filter by customer, currency or status, or look for those that need somebody with `view`. `format=csv` streams every wallet that matches as RFC 4180 in UTF-8, amounts in major units; a cell that a spreadsheet would take for a formula begins with an apostrophe.',
  scope: 'wallets:read',
  query: listWalletsQuery,
  csvByAccept: true,
  responses: {
    200: {
      description: 'A page of wallets.',
      schema: walletListSchema,
      example: listExample(READ_WALLET),
      csvExample:
        'id,account_number,customer_id,customer_name,client_code,client_name,currency,balance,available,held,promotional,refundable,refund_due,status,last_entry_at,created_at,closed_at\r\nwal_a1b2c3,10000008,cus_abc123,Ama Mensah,,,GHS,145.00,145.00,0.00,4.00,141.00,,active,2026-05-24T10:05:00Z,2026-05-24T10:00:00Z,\r\n',
    },
  },
  errors: ['parameter_invalid', 'parameter_unknown', 'parameter_repeated', 'operator_required'],
  verb: async (ctx, { query }) => {
    const { customer_id: customerId, currency, status, view, limit } = query;
    const books = booksOfList(ctx, query.all_clients);
    const filter = { customerId, currency, status, view };
    const afterId = afterInteger(query.after);
    if (query.format === 'csv') return { lines: walletLines(exportWallets(ctx, filter, afterId, books)) };
    return { wallets: await readWallets(ctx, filter, { limit, afterId }, books), limit };
  },
  render: (result) =>
    'lines' in result
      ? textStream(result.lines, csvHeaders('wallets.csv'))
      : { status: 200, body: listOf(result.wallets, result.limit, renderListedWallet, (last) => [last.id]) },
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
  responses: { 200: { description: 'The wallet.', schema: readWalletSchema, example: READ_WALLET } },
  errors: ['resource_missing'],
  verb: (ctx, { params }) => readWalletInFull(ctx, walletIdOf(params.id)),
  render: (wallet) => ({ status: 200, body: renderReadWallet(wallet) }),
});

const updateWallet = defineOperation({
  operationId: 'updateWallet',
  method: 'patch',
  path: '/v1/wallets/{id}',
  tag,
  summary: 'Update a wallet',
  description:
    'Replaces its metadata, and sets the threshold for its low-balance alerts or, with null, removes it. What is left out stays as it is. An alert is sent when `available` crosses the threshold; setting one sends none.',
  scope: 'wallets:write',
  params: walletParams,
  body: updateWalletBody,
  requestExample: { metadata: { tier: 'pro' }, low_balance_threshold: 2000 },
  responses: {
    200: { description: 'The wallet.', schema: walletSchema, example: UPDATED_WALLET },
  },
  errors: ['resource_missing', 'parameter_invalid', 'parameter_unknown', 'wallet_closed'],
  verb: (ctx, { params, body }) =>
    updateWalletVerb(ctx, {
      walletId: walletIdOf(params.id),
      metadata: body.metadata === undefined ? undefined : JSON.stringify(body.metadata),
      lowBalanceMinor:
        body.low_balance_threshold == null ? body.low_balance_threshold : BigInt(body.low_balance_threshold),
    }),
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
  stepUp: true,
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
