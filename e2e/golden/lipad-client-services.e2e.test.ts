import { beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiAt, basic, fresh, MOUNTS } from './api';
import { operatorApi } from './operator';

/** “Creating a Client Service” of lipad-wallet-as-a-service.txt, byte for byte but for whose service it is. */
const sample = (clientCode: string): string => `{
"client_code": "${clientCode}",
"client_service_name": "Payout KES Nairobi",
"service_code": "CUSTOM_SERVICE",
"has_transaction_fee": true,
"transaction_fee_type": "FIXED",
"transaction_fee": 0.0,
"minimum_transaction_amount": 1.0,
"maximum_transaction_amount": 100.0,
"is_active": 1
}`;

/** The document's answer, its fields in its order. */
const documented = (clientCode: string) => ({
  client_service_id: expect.stringMatching(/^[0-9]+$/),
  client_service_code: expect.stringMatching(/^PAY[0-9A-Z]{7}$/),
  client_code: clientCode,
  client_service_name: 'Payout KES Nairobi',
  service_code: 'CUSTOM_SERVICE',
  has_transaction_fee: true,
  transaction_fee_type: 'FIXED',
  transaction_fee: 0.0,
  minimum_transaction_amount: 1.0,
  maximum_transaction_amount: 100.0,
  is_active: 1,
});

describe.each(MOUNTS)('Lipad: client services, %s', (_mount, baseUrl) => {
  let operator: Api;
  /** The client's own programs, with the secret that the operator had issued. */
  let own: Api;
  let clientCode: string;

  beforeAll(async () => {
    operator = await operatorApi(baseUrl);
    const client = await operator.call('POST', '/api/v1/clients', {
      client_name: 'LIPAD',
      client_email: `${fresh('info')}@lipad.example`,
      client_phone_number: '254712345678',
      contact_person_name: 'Admin',
      contact_person_email: 'admin@lipad.example',
      contact_person_msisdn: '254712345678',
      business_pin: fresh('pin'),
      country: 'Kenya',
      is_active: 1,
    });
    expect(client.status, client.text).toBe(201);
    clientCode = String(client.body['client_code']);
    const issued = await operator.call('POST', `/api/v1/clients/${clientCode}/credentials`, { mode: 'test' });
    expect(issued.status, issued.text).toBe(201);
    const clientId = String(issued.body['client_id']);
    own = apiAt(baseUrl, basic({ clientId, secret: String(issued.body['client_secret']) }));
  });

  it.each([
    ['the operator', () => operator],
    ['the client', () => own],
  ])('%s creates the sample’s service', async (_who, api) => {
    const { status, body, text } = await api().raw('POST', '/api/v1/client-services', sample(clientCode));
    expect(status, text).toBe(201);
    expect(body).toMatchObject(documented(clientCode));
    const fields = Object.keys(documented(clientCode));
    expect(Object.keys(body).slice(0, fields.length)).toEqual(fields);
    const path = `/api/v1/client-services/${body['client_service_code']}`;
    expect((await own.call('GET', path)).body).toEqual(body);
    expect((await operator.call('GET', path)).body).toEqual(body);
  });

  it('leaves the fee out where there is none, as the document allows', async () => {
    const body = {
      client_code: clientCode,
      client_service_name: 'Payout KES Nairobi',
      service_code: 'CUSTOM_SERVICE',
      has_transaction_fee: false,
      minimum_transaction_amount: 1,
      maximum_transaction_amount: 100,
      is_active: 0,
    };
    const created = await own.call('POST', '/api/v1/client-services', body);
    expect(created.status, created.text).toBe(201);
    expect(created.body).toMatchObject({ ...body, transaction_fee_type: null, transaction_fee: 0 });
  });

  it('changes it by a new version, and quotes what a transaction costs', async () => {
    const created = await own.raw('POST', '/api/v1/client-services', sample(clientCode));
    const path = `/api/v1/client-services/${created.body['client_service_code']}`;
    const change = { transaction_fee_type: 'PERCENTAGE', transaction_fee: 2.5 };
    const changed = await own.call('PATCH', path, change);
    expect(changed).toMatchObject({ status: 200, body: { ...change, version_number: 2 } });
    const versions = await own.call('GET', `${path}/versions`);
    expect(versions.body['data']).toMatchObject([
      { version_number: 2, ...change, is_in_force: true },
      { version_number: 1, transaction_fee: 0, is_in_force: false },
    ]);
    const quote = { transaction_type: 'CREDIT', transaction_amount: 50.0, currency: 'KES' };
    expect(await own.call('POST', `${path}/quote`, quote)).toMatchObject({
      status: 200,
      body: {
        transaction_fee: '1.2500',
        net_amount: '48.7500',
        is_allowed: true,
        version_id: changed.body['version_id'],
      },
    });
  });
});
