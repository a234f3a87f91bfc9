import {
  createCustomerBody,
  customerListSchema,
  customerParams,
  customerSchema,
  customerWalletParams,
  listCustomersQuery,
  updateCustomerBody,
} from '@/contracts/customers';
import { type Cursor, listOf } from '@/contracts/lists';
import { readWalletSchema } from '@/contracts/wallets';
import { booksOfList } from '@/server/clients/books-of-list';
import { createCustomer } from '@/server/customers/create-customer';
import { type CustomerPosition, readCustomer, readCustomers } from '@/server/customers/read';
import { updateCustomer } from '@/server/customers/update-customer';
import { readCustomerWallet, readWalletInFull } from '@/server/wallets/read';
import { defineOperation } from '../operation';
import { foreignCursor, metadataText } from './arguments';
import { CUSTOMER, listExample, READ_WALLET } from './examples';
import { renderCustomer } from './render-customer';
import { renderReadWallet } from './render-wallet';

const tag = 'Customers';

const createCustomerOperation = defineOperation({
  operationId: 'createCustomer',
  method: 'post',
  path: '/v1/customers',
  tag,
  summary: 'Create a customer',
  description:
    'Registers a person whose wallets you issue, under your own id or one that is made. Creating a wallet for an unknown customer does this by itself.',
  scope: 'customers:write',
  body: createCustomerBody,
  requestExample: { id: 'cus_abc123', name: 'Ama Mensah', email: 'ama@example.com', phone: '+233241234567' },
  responses: { 201: { description: 'The customer.', schema: customerSchema, example: CUSTOMER } },
  errors: ['parameter_invalid', 'parameter_unknown', 'customer_exists'],
  verb: (ctx, { body }) =>
    createCustomer(ctx, {
      id: body.id ?? null,
      name: body.name ?? null,
      email: body.email ?? null,
      phone: body.phone ?? null,
      metadata: metadataText(body.metadata),
    }),
  render: (customer) => ({ status: 201, body: renderCustomer(customer) }),
});

const listCustomers = defineOperation({
  operationId: 'listCustomers',
  method: 'get',
  path: '/v1/customers',
  tag,
  summary: 'List customers',
  description: 'Newest first; by name, phone or the beginning of an id with `search`.',
  scope: 'customers:read',
  query: listCustomersQuery,
  responses: {
    200: { description: 'A page of customers.', schema: customerListSchema, example: listExample(CUSTOMER) },
  },
  errors: ['parameter_invalid', 'parameter_unknown', 'parameter_repeated', 'operator_required'],
  verb: async (ctx, { query: { search, all_clients: all, limit, after } }) => {
    const page = { limit, after: positionOf(after, all) };
    return { customers: await readCustomers(ctx, search ?? null, page, booksOfList(ctx, all)), limit, all };
  },
  render: ({ customers, limit, all }) => ({
    status: 200,
    body: listOf(
      customers,
      limit,
      (customer) => ({ ...renderCustomer(customer), ...(customer.client !== null && { client: customer.client }) }),
      (last) => [String(last.createdAtMs), last.id, ...(all ? [last.tenantId] : [])],
    ),
  }),
});

const getCustomer = defineOperation({
  operationId: 'getCustomer',
  method: 'get',
  path: '/v1/customers/{id}',
  tag,
  summary: 'Retrieve a customer',
  description: 'By your own id.',
  scope: 'customers:read',
  params: customerParams,
  responses: { 200: { description: 'The customer.', schema: customerSchema, example: CUSTOMER } },
  errors: ['resource_missing'],
  verb: (ctx, { params }) => readCustomer(ctx, params.id),
  render: (customer) => ({ status: 200, body: renderCustomer(customer) }),
});

const updateCustomerOperation = defineOperation({
  operationId: 'updateCustomer',
  method: 'patch',
  path: '/v1/customers/{id}',
  tag,
  summary: 'Update a customer',
  description:
    'What is left out stays as it is; null empties a field; metadata takes the place of all earlier metadata.',
  scope: 'customers:write',
  params: customerParams,
  body: updateCustomerBody,
  requestExample: { name: 'Ama Mensah-Boateng' },
  responses: {
    200: {
      description: 'The customer as it is now.',
      schema: customerSchema,
      example: { ...CUSTOMER, name: 'Ama Mensah-Boateng', updated_at: '2026-06-01T09:00:00Z' },
    },
  },
  errors: ['resource_missing', 'parameter_invalid', 'parameter_unknown'],
  verb: (ctx, { params, body }) =>
    updateCustomer(ctx, {
      id: params.id,
      name: body.name,
      email: body.email,
      phone: body.phone,
      metadata: metadataText(body.metadata) ?? undefined,
    }),
  render: (customer) => ({ status: 200, body: renderCustomer(customer) }),
});

const getCustomerWallet = defineOperation({
  operationId: 'getCustomerWallet',
  method: 'get',
  path: '/v1/customers/{id}/wallets/{currency}',
  tag,
  summary: 'Find a customer wallet',
  description:
    'The open wallet of the customer in the currency, or the last closed one where none is open. The SDK’s `wallets.retrieveByCustomer`.',
  scope: 'wallets:read',
  params: customerWalletParams,
  responses: { 200: { description: 'The wallet.', schema: readWalletSchema, example: READ_WALLET } },
  errors: ['resource_missing'],
  verb: async (ctx, { params }) => {
    const { id } = await readCustomerWallet(ctx, params.id, params.currency);
    return readWalletInFull(ctx, id);
  },
  render: (wallet) => ({ status: 200, body: renderReadWallet(wallet) }),
});

function positionOf(cursor: Cursor | undefined, all: boolean): CustomerPosition | null {
  if (cursor === undefined) return null;
  const [createdAtMs = '', id = '', tenantId = null] = cursor;
  const isOfThisList = cursor.length === (all ? 3 : 2) && (tenantId === null || /^[0-9]{1,18}$/.test(tenantId));
  if (!isOfThisList || !/^[0-9]{1,15}$/.test(createdAtMs)) return foreignCursor();
  return { createdAtMs: Number(createdAtMs), id, tenantId };
}

export const customerOperations = [
  createCustomerOperation,
  getCustomer,
  listCustomers,
  updateCustomerOperation,
  getCustomerWallet,
];
