import { beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiAt, fresh, MOUNTS, newWallet } from './api';
import { operatorApi } from './operator';

/**
 * “Creating a Client Profile” of lipad-wallet-as-a-service.txt, byte for byte but for the addresses: what the document
 * shows in their place is a crawler's mask.
 */
const SAMPLE = `{
"client_name": "LIPAD",
"client_email": "info@lipad.example",
"client_phone_number": "254712345678",
"contact_person_name": "Admin",
"contact_person_email": "admin@lipad.example",
"contact_person_msisdn": "254712345678",
"business_pin": "1",
"physical_address": "456 Elm St",
"country": "Canada",
"logo": "https://example.com/logo2.png",
"description": "Lorem ipsum dolor sit amet consectetur adipiscing elit.",
"is_active": 1
}`;

/** The fields of the document's answer, in its order. */
const DOCUMENTED = {
  client_id: expect.stringMatching(/^[0-9]+$/),
  client_name: 'LIPAD',
  client_email: 'info@lipad.example',
  client_phone_number: 254712345678,
  contact_person_name: 'Admin',
  contact_person_email: 'admin@lipad.example',
  contact_person_msisdn: 254712345678,
  business_pin: '1',
  physical_address: '456 Elm St',
  country: 'Canada',
  description: 'Lorem ipsum dolor sit amet consectetur adipiscing elit.',
  is_active: 1,
  client_code: expect.stringMatching(/^LIP[0-9A-Z]{7}$/),
  logo: 'https://example.com/logo2.png',
};

describe.each(MOUNTS)('Lipad: clients, %s', (_mount, baseUrl) => {
  let operator: Api;
  beforeAll(async () => {
    operator = await operatorApi(baseUrl);
  });

  it('creates the sample’s client, and refuses it a second time', async () => {
    const created = await operator.raw('POST', '/api/v1/clients', SAMPLE);
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject(DOCUMENTED);
    expect(Object.keys(created.body).slice(0, 14)).toEqual(Object.keys(DOCUMENTED));
    expect(created.body).toMatchObject({
      client_phone_number_e164: '+254712345678',
      contact_person_msisdn_e164: '+254712345678',
    });

    const again = await operator.raw('POST', '/api/v1/clients', SAMPLE);
    expect(again.status).toBe(409);
    expect(again.body).toMatchObject({
      status: 409,
      message: expect.any(String),
      error: { code: 'client_exists', param: expect.stringMatching(/^(client_email|business_pin)$/) },
    });

    // Pin and address are given up again, so that the sample is the sample through the next mount too.
    const path = `/api/v1/clients/${created.body['client_code']}`;
    const moved = { business_pin: fresh('pin'), client_email: `${fresh('info')}@lipad.example` };
    expect(await operator.call('PATCH', path, moved)).toMatchObject({ status: 200, body: moved });
    expect((await operator.call('GET', path)).body).toMatchObject({ ...DOCUMENTED, ...moved });
  });

  it('gives it credentials that make a wallet and move money', async () => {
    const own = { business_pin: fresh('pin'), client_email: `${fresh('info')}@lipad.example` };
    const client = await operator.call('POST', '/api/v1/clients', { ...JSON.parse(SAMPLE), ...own });
    expect(client.status).toBe(201);
    const path = `/api/v1/clients/${client.body['client_code']}`;
    const issued = await operator.call('POST', `${path}/credentials`, { mode: 'test' });
    expect(issued.status).toBe(201);
    const { client_id: id, client_secret: secret } = issued.body;
    const api = apiAt(baseUrl, `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`);
    const wallet = await newWallet(api, { currency: 'KES', amount: 1_000 });
    const debit = { amount: 400, description: 'First debit', reference: fresh('debit') };
    expect(await api.call('POST', `/v1/wallets/${wallet}/debit`, debit)).toMatchObject({
      status: 200,
      body: { balance_after: 600 },
    });
    expect((await api.call('GET', '/api/v1/clients')).body['data']).toMatchObject([own]);
    expect((await api.call('POST', '/api/v1/clients', JSON.parse(SAMPLE))).status).toBe(403);
  });
});
