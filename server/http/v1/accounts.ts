import {
  type AccountObject,
  accountListSchema,
  accountParams,
  accountSchema,
  listAccountsQuery,
} from '@/contracts/accounts';
import { formatId, parseId } from '@/contracts/ids';
import { listOf } from '@/contracts/lists';
import { formatMinor } from '@/contracts/money';
import { accountName } from '@/server/accounts/account-name';
import { type AccountView, availableOf, readAccount, readAccountByNumber, readAccounts } from '@/server/accounts/read';
import type { Context } from '@/server/kernel/context';
import { defineOperation } from '../operation';
import { afterInteger } from './arguments';
import { listExample } from './examples';
import { renderTime } from './render-time';

const tag = 'Accounts';

const example: AccountObject = {
  id: 'act_a1b2c3',
  object: 'account',
  number: '10000110',
  type: 'FLOAT_ACCOUNT',
  name: 'Collection Account KES 2',
  currency: 'KES',
  status: 'active',
  status_description: 'Collection Account',
  balance: 9600,
  balance_formatted: 'KSh 96.00',
  available: 9600,
  held: 0,
  minimum_balance: 0,
  can_overdraw: false,
  is_system: false,
  wallet_id: null,
  customer_id: null,
  livemode: false,
  created_at: '2026-05-24T10:00:00Z',
  updated_at: '2026-05-24T10:00:00Z',
  last_activity_at: '2026-05-24T10:05:00Z',
};

const listAccounts = defineOperation({
  operationId: 'listAccounts',
  method: 'get',
  path: '/v1/accounts',
  tag,
  summary: 'List ledger accounts',
  description:
    'Newest first: wallets, your own accounts, and those that the system makes on the first use of a currency. They are opened and changed under `/api/v1/accounts`, wallets under `/v1/wallets` too.',
  scope: 'accounts:read',
  query: listAccountsQuery,
  responses: { 200: { description: 'A page of accounts.', schema: accountListSchema, example: listExample(example) } },
  errors: ['parameter_invalid', 'parameter_unknown', 'parameter_repeated'],
  verb: async (ctx, { query }) => {
    const { type, currency, status, customer_id: customerId, include_wallets: withWallets, limit } = query;
    const page = { limit, afterNumber: afterInteger(query.after) };
    const filter = { type, currency, status, customerId, withoutWallets: !withWallets };
    return { accounts: await readAccounts(ctx, ctx.principal.tenantId, filter, page), limit };
  },
  render: ({ accounts, limit }) => ({
    status: 200,
    body: listOf(accounts, limit, renderAccount, (last) => [last.number]),
  }),
});

const getAccount = defineOperation({
  operationId: 'getAccount',
  method: 'get',
  path: '/v1/accounts/{id}',
  tag,
  summary: 'Retrieve ledger account',
  description: 'By its id or its number. A wallet’s `account_number` finds it here too.',
  scope: 'accounts:read',
  params: accountParams,
  responses: { 200: { description: 'The account.', schema: accountSchema, example } },
  errors: ['resource_missing'],
  verb: (ctx, { params }) => accountNamed(ctx, params.id),
  render: (account) => ({ status: 200, body: renderAccount(account) }),
});

/** By its id or its number. @throws Problem resource_missing */
export function accountNamed(ctx: Context, named: string): Promise<AccountView> {
  const id = parseId('account', named);
  return id === null ? readAccountByNumber(ctx, named) : readAccount(ctx, id);
}

function renderAccount(account: AccountView): AccountObject {
  return {
    id: formatId('account', account.id),
    object: 'account',
    number: account.number,
    type: account.type,
    name: accountName(account),
    currency: account.currency,
    status: account.status,
    status_description: account.statusDescription,
    balance: Number(account.balanceMinor),
    balance_formatted: formatMinor(account.balanceMinor, account.currency),
    available: Number(availableOf(account)),
    held: Number(account.heldMinor),
    minimum_balance: Number(account.minimumBalanceMinor),
    can_overdraw: account.canOverdraw,
    is_system: account.isSystem,
    wallet_id: account.type === 'CUSTOMER_WALLET' ? formatId('wallet', account.id) : null,
    customer_id: account.customerId,
    livemode: account.livemode,
    created_at: renderTime(account.createdAtMs),
    updated_at: renderTime(account.updatedAtMs),
    last_activity_at: account.lastActivityAtMs === null ? null : renderTime(account.lastActivityAtMs),
  };
}

export const accountOperations = [listAccounts, getAccount];
