import {
  type ClientServiceObject,
  type ClientServicePreviewObject,
  type ClientServiceQuoteObject,
  type ClientServiceVersionObject,
  clientServiceListSchema,
  clientServiceParams,
  clientServicePreviewSchema,
  clientServiceQuoteSchema,
  clientServiceSchema,
  clientServiceVersionListSchema,
  createClientServiceBody,
  listClientServicesQuery,
  listClientServiceVersionsQuery,
  previewClientServiceBody,
  quoteClientServiceBody,
  updateClientServiceBody,
} from '@/contracts/client-services';
import { listOf } from '@/contracts/lists';
import { createService } from '@/server/client-services/create-service';
import { previewChange } from '@/server/client-services/preview-change';
import { quoteService } from '@/server/client-services/quote-service';
import { listServices, listVersions, readService } from '@/server/client-services/read';
import { updateService } from '@/server/client-services/update-service';
import { defineOperation } from '@/server/http/operation';
import { HELD } from '../v1/held';
import { minorOf } from './major-amount';
import { renderPreview, renderQuote, renderService, renderVersion } from './render-client-service';

const tag = 'Client services';

const requestExample = {
  client_code: 'LIPNZPMF7O',
  client_service_name: 'Payout KES Nairobi',
  service_code: 'CUSTOM_SERVICE',
  has_transaction_fee: true,
  transaction_fee_type: 'FIXED',
  transaction_fee: 0,
  minimum_transaction_amount: 1,
  maximum_transaction_amount: 100,
  is_active: 1,
};

const rulesExample = {
  has_transaction_fee: true,
  transaction_fee_type: 'FIXED',
  transaction_fee: 0,
  minimum_transaction_amount: 1,
  maximum_transaction_amount: 100,
  is_active: 1,
  transaction_types: ['CREDIT', 'DEBIT', 'TRANSFER'],
  fee_bearer: 'client',
  minimum_transaction_fee: null,
  maximum_transaction_fee: null,
  tax_on_fee_percentage: 0,
  daily_cap: null,
  monthly_cap: null,
  refund_fees_on_reversal: true,
} satisfies Partial<ClientServiceObject>;

export const CLIENT_SERVICE_EXAMPLE: ClientServiceObject = {
  client_service_id: '1',
  client_service_code: 'PAY1CNAELX',
  client_code: 'LIPNZPMF7O',
  client_service_name: 'Payout KES Nairobi',
  service_code: 'CUSTOM_SERVICE',
  ...rulesExample,
  currency: null,
  version_id: '7',
  version_number: 1,
  effective_at: '2026-05-24T10:00:00.000Z',
  scheduled_versions: [],
  created_at: '2026-05-24T10:00:00.000Z',
  updated_at: '2026-05-24T10:00:00.000Z',
};

const versionExample: ClientServiceVersionObject = {
  object: 'client_service_version',
  version_id: '7',
  version_number: 1,
  client_service_code: 'PAY1CNAELX',
  ...rulesExample,
  is_in_force: true,
  effective_at: '2026-05-24T10:00:00.000Z',
  created_at: '2026-05-24T10:00:00.000Z',
  created_by: 'user:1099511627776',
  created_by_name: 'Naa Adjeley',
};

const quoteExample: ClientServiceQuoteObject = {
  object: 'client_service_quote',
  client_service_code: 'PAY1CNAELX',
  version_id: '7',
  transaction_type: 'CREDIT',
  account_number: '10000110',
  currency: 'KES',
  transaction_amount: '100.5000',
  transaction_fee: '2.0100',
  tax_on_fee: '0.3200',
  total_charges: '2.3300',
  fee_bearer: 'client',
  total_amount: '100.5000',
  net_amount: '98.1700',
  is_allowed: true,
  refusal: null,
};

const costExample = {
  transaction_fee: '2.5000',
  tax_on_fee: '0.0000',
  total_charges: '2.5000',
  total_amount: '100.0000',
  net_amount: '97.5000',
  refusal: null,
};

const previewExample: ClientServicePreviewObject = {
  object: 'client_service_preview',
  client_service_code: 'PAY1CNAELX',
  base_version_number: 1,
  effective_at: '2026-05-24T10:00:00.000Z',
  is_change: true,
  currency: 'KES',
  transaction_type: 'CREDIT',
  fee_bearer_before: 'client',
  fee_bearer_after: 'client',
  quotes: [
    {
      transaction_amount: '100.0000',
      before: { ...costExample, transaction_fee: '0.0000', total_charges: '0.0000', net_amount: '100.0000' },
      after: costExample,
    },
  ],
  last_30_days: {
    from: '2026-04-24T10:00:00.000Z',
    to: '2026-05-24T10:00:00.000Z',
    transactions: 12,
    fees_charged: '0.0000',
    tax_charged: '0.0000',
    fees_then: '30.0000',
    tax_then: '0.0000',
    dearer: 12,
    cheaper: 0,
    at_minimum_fee: 0,
    at_maximum_fee: 0,
    outside_limits: 0,
  },
};

const create = defineOperation({
  operationId: 'createClientService',
  method: 'post',
  path: '/api/v1/client-services',
  tag,
  summary: 'Create a service',
  description:
    'Makes a set of rules that transactions are made under: what is allowed, between which limits, at which fee, and who bears it. It belongs to the client’s books of your mode.',
  scope: 'services:write',
  body: createClientServiceBody,
  requestExample,
  responses: { 201: { description: 'The service.', schema: clientServiceSchema, example: CLIENT_SERVICE_EXAMPLE } },
  errors: ['resource_missing'],
  verb: (ctx, { body }) => {
    const { client_code, client_service_name, service_code, currency, effective_at, ...terms } = body;
    return createService(ctx, {
      clientCode: client_code,
      name: client_service_name,
      serviceCode: service_code,
      currency: currency ?? null,
      terms,
      effectiveAtMs: effective_at ?? null,
    });
  },
  render: (service) => ({ status: 201, body: renderService(service) }),
});

const list = defineOperation({
  operationId: 'listClientServices',
  method: 'get',
  path: '/api/v1/client-services',
  tag,
  summary: 'List services',
  description: 'Newest first, with the rules in force now. The operator’s people see every client’s.',
  scope: 'services:read',
  query: listClientServicesQuery,
  responses: {
    200: {
      description: 'A page of services.',
      schema: clientServiceListSchema,
      example: { object: 'list', data: [CLIENT_SERVICE_EXAMPLE], has_more: false, next_cursor: null },
    },
  },
  errors: ['resource_missing'],
  verb: async (ctx, { query }) => ({
    services: await listServices(
      ctx,
      { clientCode: query.client_code, isActive: query.is_active, serviceCode: query.service_code },
      { limit: query.limit, after: query.after },
    ),
    limit: query.limit,
  }),
  render: ({ services, limit }) => ({
    status: 200,
    body: listOf(services, limit, renderService, (service) => [service.id]),
  }),
});

const retrieve = defineOperation({
  operationId: 'retrieveClientService',
  method: 'get',
  path: '/api/v1/client-services/{client_service_code}',
  tag,
  summary: 'Retrieve a service',
  description: 'The rules in force now, and when scheduled changes take effect.',
  scope: 'services:read',
  params: clientServiceParams,
  responses: { 200: { description: 'The service.', schema: clientServiceSchema, example: CLIENT_SERVICE_EXAMPLE } },
  errors: ['resource_missing'],
  verb: (ctx, { params }) => readService(ctx, params.client_service_code),
  render: (service) => ({ status: 200, body: renderService(service) }),
});

const update = defineOperation({
  operationId: 'updateClientService',
  method: 'patch',
  path: '/api/v1/client-services/{client_service_code}',
  tag,
  summary: 'Update a service',
  description:
    'Changes rules from now on, or from `effective_at` on. Each change makes a new version; what was decided under an earlier one stays as it was. What a change names holds in scheduled versions too: each is made anew with it. A change that changes nothing makes no version. The name and `service_code` change at once. Postings through other processes follow within a second.',
  scope: 'services:write',
  params: clientServiceParams,
  body: updateClientServiceBody,
  requestExample: { has_transaction_fee: true, transaction_fee_type: 'PERCENTAGE', transaction_fee: 2.5 },
  responses: {
    200: {
      description: 'The service, with the rules in force now.',
      schema: clientServiceSchema,
      example: {
        ...CLIENT_SERVICE_EXAMPLE,
        transaction_fee_type: 'PERCENTAGE',
        transaction_fee: 2.5,
        version_number: 2,
      },
    },
    202: HELD,
  },
  errors: ['resource_missing'],
  verb: (ctx, { params, body }) => {
    const { client_service_name, service_code, effective_at, reason, ...terms } = body;
    return updateService(ctx, {
      service: params.client_service_code,
      name: client_service_name,
      serviceCode: service_code,
      terms,
      effectiveAtMs: effective_at ?? null,
      reason: reason ?? null,
    });
  },
  render: (service) => ({ status: 200, body: renderService(service) }),
});

const versions = defineOperation({
  operationId: 'listClientServiceVersions',
  method: 'get',
  path: '/api/v1/client-services/{client_service_code}/versions',
  tag,
  summary: 'List service versions',
  description: 'The whole history of its rules, the last made first: what they were, from when on, and who made them.',
  scope: 'services:read',
  params: clientServiceParams,
  query: listClientServiceVersionsQuery,
  responses: {
    200: {
      description: 'A page of versions.',
      schema: clientServiceVersionListSchema,
      example: { object: 'list', data: [versionExample], has_more: false, next_cursor: null },
    },
  },
  errors: ['resource_missing'],
  verb: async (ctx, { params, query }) => {
    const service = await readService(ctx, params.client_service_code);
    return {
      service,
      versions: await listVersions(ctx, service, { limit: query.limit, after: query.after }),
      limit: query.limit,
    };
  },
  render: ({ service, versions: rows, limit }) => ({
    status: 200,
    body: listOf(
      rows,
      limit,
      (version) => renderVersion(service, version),
      (version) => [String(version.number)],
    ),
  }),
});

const quote = defineOperation({
  operationId: 'quoteClientService',
  method: 'post',
  path: '/api/v1/client-services/{client_service_code}/quote',
  tag,
  summary: 'Quote a transaction',
  description:
    'What a transaction would cost and whether the service allows it, by the rules that transactions are decided by. Changes nothing and promises nothing: the rules may change before the transaction comes. The account’s balance is not looked at.',
  scope: 'services:read',
  params: clientServiceParams,
  body: quoteClientServiceBody,
  requestExample: { transaction_type: 'CREDIT', transaction_amount: 100.5, account_number: '10000110' },
  responses: { 200: { description: 'The quote.', schema: clientServiceQuoteSchema, example: quoteExample } },
  errors: ['resource_missing', 'currency_mismatch'],
  verb: (ctx, { params, body }) =>
    quoteService(ctx, {
      service: params.client_service_code,
      type: body.transaction_type,
      amountIn: (currency) => minorOf(body.transaction_amount, currency, 'transaction_amount'),
      accountNumber: body.account_number ?? null,
      currency: body.currency ?? null,
    }),
  render: (quoted) => ({ status: 200, body: renderQuote(quoted) }),
});

const preview = defineOperation({
  operationId: 'previewClientService',
  method: 'post',
  path: '/api/v1/client-services/{client_service_code}/preview',
  tag,
  summary: 'Preview a change',
  description:
    'What an update would come to before it is made: amounts under the rules without and with it, and what the last thirty days would have been charged by the new rules. Changes nothing. A field that the update would refuse is refused here too.',
  scope: 'services:read',
  params: clientServiceParams,
  body: previewClientServiceBody,
  requestExample: {
    changes: { transaction_fee_type: 'PERCENTAGE', transaction_fee: 2.5 },
    transaction_type: 'CREDIT',
    currency: 'KES',
    transaction_amounts: [100],
  },
  responses: { 200: { description: 'The preview.', schema: clientServicePreviewSchema, example: previewExample } },
  errors: ['resource_missing', 'currency_mismatch'],
  verb: (ctx, { params, body }) =>
    previewChange(ctx, {
      service: params.client_service_code,
      terms: body.changes,
      effectiveAtMs: body.effective_at ?? null,
      type: body.transaction_type,
      currency: body.currency,
      amountsIn: (currency) =>
        body.transaction_amounts.map((amount, i) => minorOf(amount, currency, `transaction_amounts.${i}`)),
    }),
  render: (made) => ({ status: 200, body: renderPreview(made) }),
});

export const clientServiceOperations = [create, retrieve, list, update, versions, quote, preview];
