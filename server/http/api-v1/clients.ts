import {
  type ClientObject,
  clientListSchema,
  clientParams,
  clientReasonBody,
  clientSchema,
  createClientBody,
  listClientsQuery,
  type UpdateClientBody,
  updateClientBody,
} from '@/contracts/clients';
import { listOf } from '@/contracts/lists';
import { onboardClient } from '@/server/clients/onboard-client';
import { phoneOf } from '@/server/clients/phone';
import { readClient, readClients } from '@/server/clients/read';
import { type ProfileChanges, updateClient } from '@/server/clients/update-client';
import { defineOperation } from '@/server/http/operation';
import type { Context } from '@/server/kernel/context';
import { renderClient } from './render-client';

const tag = 'Clients';

const requestExample = {
  client_name: 'LIPAD',
  client_email: 'admin@lipad.example',
  client_phone_number: '254712345678',
  contact_person_name: 'Admin',
  contact_person_email: 'admin@lipad.example',
  contact_person_msisdn: '254712345678',
  business_pin: '1',
  physical_address: '456 Elm St',
  country: 'Canada',
  logo: 'https://example.com/logo2.png',
  description: 'Lorem ipsum dolor sit amet consectetur adipiscing elit.',
  is_active: 1,
};

export const CLIENT_EXAMPLE: ClientObject = {
  client_id: '123',
  client_name: 'LIPAD',
  client_email: 'admin@lipad.example',
  client_phone_number: 254712345678,
  contact_person_name: 'Admin',
  contact_person_email: 'admin@lipad.example',
  contact_person_msisdn: 254712345678,
  business_pin: '1',
  physical_address: '456 Elm St',
  country: 'Canada',
  description: 'Lorem ipsum dolor sit amet consectetur adipiscing elit.',
  is_active: 1,
  client_code: 'LIPNZPMF7O',
  logo: 'https://example.com/logo2.png',
  client_phone_number_e164: '+254712345678',
  contact_person_msisdn_e164: '+254712345678',
  country_code: 'CA',
  public_id: 'cli_a1b2c3',
  created_at: '2026-05-24T10:00:00.000Z',
  updated_at: '2026-05-24T10:00:00.000Z',
};

const create = defineOperation({
  operationId: 'createClient',
  method: 'post',
  path: '/api/v1/clients',
  tag,
  summary: 'Create a client',
  description:
    'Registers a client and gives it a `client_code`, with books of its own for live and for test. It has no credentials until you issue some.',
  scope: 'clients:write',
  operatorOnly: true,
  body: createClientBody,
  requestExample,
  responses: { 201: { description: 'The client.', schema: clientSchema, example: CLIENT_EXAMPLE } },
  errors: ['client_exists'],
  verb: (ctx, { body }) =>
    onboardClient(ctx, {
      profile: {
        name: body.client_name,
        email: body.client_email,
        phone: phoneOf(body.client_phone_number, 'client_phone_number'),
        contactName: body.contact_person_name,
        contactEmail: body.contact_person_email,
        contactPhone: phoneOf(body.contact_person_msisdn, 'contact_person_msisdn'),
        businessPin: body.business_pin,
        physicalAddress: body.physical_address ?? null,
        country: body.country,
        logo: body.logo ?? null,
        description: body.description ?? null,
      },
      isActive: body.is_active,
    }),
  render: (client) => ({ status: 201, body: renderClient(client) }),
});

const retrieve = defineOperation({
  operationId: 'getClient',
  method: 'get',
  path: '/api/v1/clients/{client_code}',
  tag,
  summary: 'Retrieve a client',
  description: 'By its `client_code` or its `client_id`. A client’s own credentials find that client alone.',
  scope: 'clients:read',
  params: clientParams,
  responses: { 200: { description: 'The client.', schema: clientSchema, example: CLIENT_EXAMPLE } },
  errors: [],
  verb: (ctx, { params }) => readClient(ctx, params.client_code),
  render: (client) => ({ status: 200, body: renderClient(client) }),
});

const list = defineOperation({
  operationId: 'listClients',
  method: 'get',
  path: '/api/v1/clients',
  tag,
  summary: 'List clients',
  description:
    'Newest first. The operator’s people see every client, the operator among them; a client’s own credentials see that client alone.',
  scope: 'clients:read',
  query: listClientsQuery,
  responses: {
    200: {
      description: 'A page of clients.',
      schema: clientListSchema,
      example: { object: 'list', data: [CLIENT_EXAMPLE], has_more: false, next_cursor: null },
    },
  },
  errors: [],
  verb: async (ctx, { query }) => ({
    clients: await readClients(
      ctx,
      { isActive: query.is_active ?? null, search: query.search ?? null },
      {
        limit: query.limit,
        after: query.after,
      },
    ),
    limit: query.limit,
  }),
  render: ({ clients, limit }) => ({
    status: 200,
    body: listOf(clients, limit, renderClient, (client) => [client.id]),
  }),
});

const update = defineOperation({
  operationId: 'updateClient',
  method: 'patch',
  path: '/api/v1/clients/{client_code}',
  tag,
  summary: 'Update a client',
  description:
    'What is left out stays as it is. With `is_active` 0 nothing of the client moves any more: its keys and log-ins are refused everywhere within a second.',
  scope: 'clients:write',
  operatorOnly: true,
  params: clientParams,
  body: updateClientBody,
  requestExample: { physical_address: '12 Kimathi Street, Nairobi', country: 'Kenya', reason: 'Moved' },
  responses: {
    200: {
      description: 'The client as it is now.',
      schema: clientSchema,
      example: {
        ...CLIENT_EXAMPLE,
        physical_address: '12 Kimathi Street, Nairobi',
        country: 'Kenya',
        country_code: 'KE',
        updated_at: '2026-06-01T09:00:00.000Z',
      },
    },
  },
  errors: ['client_exists', 'client_is_operator'],
  verb: (ctx, { params, body }) =>
    updateClient(ctx, {
      client: params.client_code,
      profile: changesOf(body),
      isActive: body.is_active ?? null,
      reason: body.reason ?? null,
    }),
  render: (client) => ({ status: 200, body: renderClient(client) }),
});

const deactivate = defineOperation({
  operationId: 'deactivateClient',
  method: 'post',
  path: '/api/v1/clients/{client_code}/deactivate',
  tag,
  summary: 'Deactivate a client',
  description:
    'From within a second on nothing of the client moves: its keys and log-ins are refused, and so is the operator when it would move money on its books. Reading goes on for the operator. Deactivating an inactive client changes nothing.',
  scope: 'clients:write',
  operatorOnly: true,
  params: clientParams,
  body: clientReasonBody,
  requestExample: { reason: 'Licence withdrawn' },
  responses: {
    200: {
      description: 'The client as it is now.',
      schema: clientSchema,
      example: { ...CLIENT_EXAMPLE, is_active: 0 },
    },
  },
  errors: ['client_is_operator'],
  verb: (ctx, { params, body }) => setActive(ctx, params.client_code, false, body.reason),
  render: (client) => ({ status: 200, body: renderClient(client) }),
});

const activate = defineOperation({
  operationId: 'activateClient',
  method: 'post',
  path: '/api/v1/clients/{client_code}/activate',
  tag,
  summary: 'Activate a client',
  description: 'Its keys and log-ins work again as they did. Activating an active client changes nothing.',
  scope: 'clients:write',
  operatorOnly: true,
  params: clientParams,
  body: clientReasonBody,
  requestExample: { reason: 'Licence renewed' },
  responses: { 200: { description: 'The client as it is now.', schema: clientSchema, example: CLIENT_EXAMPLE } },
  errors: [],
  verb: (ctx, { params, body }) => setActive(ctx, params.client_code, true, body.reason),
  render: (client) => ({ status: 200, body: renderClient(client) }),
});

export const clientOperations = [create, retrieve, list, update, deactivate, activate];

function setActive(ctx: Context, client: string, isActive: boolean, reason: string) {
  return updateClient(ctx, { client, profile: {}, isActive, reason });
}

function changesOf(body: UpdateClientBody): ProfileChanges {
  const phone = (text: string | undefined, param: string): string | undefined =>
    text === undefined ? undefined : phoneOf(text, param);
  return {
    name: body.client_name,
    email: body.client_email,
    phone: phone(body.client_phone_number, 'client_phone_number'),
    contactName: body.contact_person_name,
    contactEmail: body.contact_person_email,
    contactPhone: phone(body.contact_person_msisdn, 'contact_person_msisdn'),
    businessPin: body.business_pin,
    physicalAddress: body.physical_address,
    country: body.country,
    logo: body.logo,
    description: body.description,
  };
}
