import { beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiAt, fresh, MOUNTS } from './api';
import { operatorApi } from './operator';

/** “Creating a Wallet” of lipad-wallet-as-a-service.txt, byte for byte. */
const SAMPLE = `{
"client_code": "LIPNZPMF7O",
"account_type_code": "FLOAT_ACCOUNT",
"account_name": "Collection Account KES 2",
"currency": "KES",
"minimum_balance": 0,
"can_overdraw": false,
"status": "ACTIVE",
"status_description": "Collection Account"
}`;

const ISO_MS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** The fields of the document's answer, in its order. */
const DOCUMENTED = {
  account_id: expect.stringMatching(/^[0-9]+$/),
  account_number: expect.stringMatching(/^[0-9]{8,}$/),
  account_name: 'Collection Account KES 2',
  currency: 'KES',
  minimum_balance: '0.0000',
  can_overdraw: false,
  status: 'ACTIVE',
  status_description: 'Collection Account',
  created_at: expect.stringMatching(ISO_MS),
  updated_at: expect.stringMatching(ISO_MS),
};

describe.each(MOUNTS)('Lipad: accounts, %s', (_mount, baseUrl) => {
  let operator: Api;
  beforeAll(async () => {
    operator = await operatorApi(baseUrl);
  });

  /** The sample names a client that this deployment cannot have: one of the test's own is put in. */
  async function newClient(): Promise<string> {
    const { status, text, body } = await operator.call('POST', '/api/v1/clients', {
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
    expect(status, text).toBe(201);
    return String(body['client_code']);
  }

  it('creates the sample’s account, and finds it by its number', async () => {
    const code = await newClient();
    const created = await operator.raw('POST', '/api/v1/accounts', SAMPLE.replace('LIPNZPMF7O', code));
    expect(created.status, created.text).toBe(201);
    expect(created.body).toMatchObject(DOCUMENTED);
    expect(Object.keys(created.body).slice(0, 10)).toEqual(Object.keys(DOCUMENTED));
    expect(created.body).toMatchObject({
      client_code: code,
      account_type_code: 'FLOAT_ACCOUNT',
      current_balance: '0.0000',
      last_activity_at: null,
    });
    const path = `/api/v1/accounts/${created.body['account_number']}`;
    expect((await operator.call('GET', path)).body).toEqual(created.body);
  });

  it('shows a minimum balance as the sample’s answer does', async () => {
    const sample = SAMPLE.replace('LIPNZPMF7O', await newClient()).replace(
      '"minimum_balance": 0',
      '"minimum_balance": 0.1',
    );
    const { status, body } = await operator.raw('POST', '/api/v1/accounts', sample);
    expect(status).toBe(201);
    expect(body['minimum_balance']).toBe('0.1000');
  });

  it('refuses the sample for a client that is not there, and names the field', async () => {
    const { status, body } = await operator.raw('POST', '/api/v1/accounts', SAMPLE.replace('LIPNZPMF7O', 'LIP0000000'));
    expect(status).toBe(404);
    expect(body).toMatchObject({
      status: 404,
      message: expect.any(String),
      error: { code: 'resource_missing', param: 'client_code' },
    });
  });

  it('is changed, and seen by the client itself through both families', async () => {
    const code = await newClient();
    const { body } = await operator.raw('POST', '/api/v1/accounts', SAMPLE.replace('LIPNZPMF7O', code));
    const issued = await operator.call('POST', `/api/v1/clients/${code}/credentials`, { mode: 'test' });
    const { client_id: id, client_secret: secret } = issued.body;
    const client = apiAt(baseUrl, `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`);
    const path = `/api/v1/accounts/${body['account_number']}`;
    const frozen = await operator.call('PATCH', path, { status: 'FROZEN', reason: 'Under review' });
    expect(frozen).toMatchObject({ status: 200, body: { status: 'FROZEN' } });
    expect((await client.call('GET', path)).body).toEqual(frozen.body);
    expect(await client.call('GET', `/v1/accounts/${body['account_number']}`)).toMatchObject({
      status: 200,
      body: { object: 'account', number: body['account_number'], status: 'frozen', balance: 0 },
    });
  });
});
