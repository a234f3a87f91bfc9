import {
  type ApiAccountObject,
  accountNumberParams,
  apiAccountListSchema,
  apiAccountSchema,
  createAccountBody,
  listApiAccountsQuery,
  updateAccountBody,
} from '@/contracts/accounts';
import { listOf } from '@/contracts/lists';
import { changeAccount } from '@/server/accounts/change-account';
import { createAccount } from '@/server/accounts/create-account';
import { findNamedAccount } from '@/server/accounts/directory';
import { readAccount, readAccounts } from '@/server/accounts/read';
import { actOn, actsOnAny, booksOfClient } from '@/server/clients/act-on';
import { defineOperation } from '@/server/http/operation';
import { afterInteger } from '@/server/http/v1/arguments';
import { listExample } from '@/server/http/v1/examples';
import { majorAmountSchema, minorOf } from './major-amount';
import { renderAccount, statusOf } from './render-account';

const tag = 'Accounts';

const requestExample = {
  client_code: 'LIPNZPMF7O',
  account_type_code: 'FLOAT_ACCOUNT',
  account_name: 'Collection Account KES 2',
  currency: 'KES',
  minimum_balance: 0,
  can_overdraw: false,
  status: 'ACTIVE',
  status_description: 'Collection Account',
};

const newExample: ApiAccountObject = {
  account_id: '253519872811278336',
  account_number: '10000110',
  account_name: 'Collection Account KES 2',
  currency: 'KES',
  minimum_balance: '0.0000',
  can_overdraw: false,
  status: 'ACTIVE',
  status_description: 'Collection Account',
  created_at: '2024-09-05T17:14:04.734Z',
  updated_at: '2024-09-05T17:14:04.734Z',
  client_code: 'LIPNZPMF7O',
  account_type_code: 'FLOAT_ACCOUNT',
  current_balance: '0.0000',
  available_balance: '0.0000',
  held_balance: '0.0000',
  last_activity_at: null,
  customer_id: null,
  wallet_id: null,
  is_system: false,
};

const example: ApiAccountObject = {
  ...newExample,
  current_balance: '96.0000',
  available_balance: '96.0000',
  last_activity_at: '2024-09-05T17:47:00.000Z',
};

const create = defineOperation({
  operationId: 'createAccount',
  method: 'post',
  path: '/api/v1/accounts',
  tag,
  summary: 'Create an account',
  description:
    'Opens an account of a client in one currency and gives it a number. A client may have several of one type. Customers’ wallets are opened with `POST /v1/wallets`.',
  scope: 'accounts:write',
  body: createAccountBody(majorAmountSchema),
  requestExample,
  responses: { 201: { description: 'The account.', schema: apiAccountSchema, example: newExample } },
  errors: ['resource_missing', 'parameter_missing', 'parameter_invalid', 'parameter_unknown'],
  verb: (ctx, { body }) =>
    createAccount(ctx, {
      clientCode: body.client_code,
      type: body.account_type_code,
      name: body.account_name,
      currency: body.currency,
      minimumBalanceMinor: minorOf(body.minimum_balance, body.currency, 'minimum_balance'),
      canOverdraw: body.can_overdraw,
      status: statusOf(body.status),
      statusDescription: body.status_description ?? null,
    }),
  render: (account) => ({ status: 201, body: renderAccount(account) }),
});

const list = defineOperation({
  operationId: 'listClientAccounts',
  method: 'get',
  path: '/api/v1/accounts',
  tag,
  summary: 'List accounts',
  description:
    'Newest first, customers’ wallets and the system’s own accounts among them. The operator’s people see those of every client, unless they name one.',
  scope: 'accounts:read',
  query: listApiAccountsQuery,
  responses: {
    200: { description: 'A page of accounts.', schema: apiAccountListSchema, example: listExample(example) },
  },
  errors: ['resource_missing', 'parameter_invalid', 'parameter_unknown', 'parameter_repeated'],
  verb: async (ctx, { query }) => {
    const { client_code: clientCode, account_type_code: type, currency, status, limit } = query;
    const filter = { type, currency, status: status === undefined ? undefined : statusOf(status) };
    const everyones = actsOnAny(ctx) ? null : ctx.principal.tenantId;
    const tenantId = clientCode === undefined ? everyones : (await booksOfClient(ctx, clientCode)).tenantId;
    const page = { limit, afterNumber: afterInteger(query.after) };
    return { accounts: await readAccounts(ctx, tenantId, filter, page), limit };
  },
  render: ({ accounts, limit }) => ({
    status: 200,
    body: listOf(accounts, limit, renderAccount, (last) => [last.number]),
  }),
});

const retrieve = defineOperation({
  operationId: 'getClientAccount',
  method: 'get',
  path: '/api/v1/accounts/{account_number}',
  tag,
  summary: 'Retrieve an account',
  description: 'By its number or its `account_id`. The balances are exact as of the answer.',
  scope: 'accounts:read',
  params: accountNumberParams,
  responses: { 200: { description: 'The account.', schema: apiAccountSchema, example } },
  errors: ['resource_missing'],
  verb: async (ctx, { params }) => {
    const account = await findNamedAccount(ctx, params.account_number, 'account_number');
    return readAccount(actOn(ctx, account.books), account.id);
  },
  render: (account) => ({ status: 200, body: renderAccount(account) }),
});

const update = defineOperation({
  operationId: 'updateClientAccount',
  method: 'patch',
  path: '/api/v1/accounts/{account_number}',
  tag,
  summary: 'Update an account',
  description:
    'Changes its name, status, minimum balance or overdraft: all that is sent, or nothing. An account closes when it is empty; a wallet closes as with `POST /v1/wallets/{id}/close`, with what is left in it owed to the customer. The audit log keeps what it was, what it is, and your `reason`.',
  scope: 'accounts:write',
  params: accountNumberParams,
  body: updateAccountBody(majorAmountSchema),
  requestExample: { status: 'FROZEN', reason: 'Disputed by the client' },
  responses: {
    200: {
      description: 'The account as it is now.',
      schema: apiAccountSchema,
      example: { ...example, status: 'FROZEN' },
    },
  },
  errors: [
    'resource_missing',
    'parameter_invalid',
    'parameter_unknown',
    'account_closed',
    'account_is_system',
    'balance_not_zero',
    'balance_negative',
    'holds_active',
    'minimum_balance_not_met',
    'client_inactive',
  ],
  verb: async (ctx, { params, body }) => {
    const account = await findNamedAccount(ctx, params.account_number, 'account_number');
    return changeAccount(ctx, account, {
      name: body.account_name,
      status: body.status === undefined ? undefined : statusOf(body.status),
      statusDescription: body.status_description,
      minimumBalanceMinor:
        body.minimum_balance === undefined
          ? undefined
          : minorOf(body.minimum_balance, account.currency, 'minimum_balance'),
      canOverdraw: body.can_overdraw,
      reason: body.reason ?? null,
    });
  },
  render: (account) => ({ status: 200, body: renderAccount(account) }),
});

export const clientAccountOperations = [create, retrieve, list, update];
