import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createControlClient, type Outcome } from '@/simulator/control-client';
import { type Api, apiAt, basic, fresh, MOUNTS } from './api';
import { operatorApi } from './operator';

/**
 * Every sample of xtopay-direct-receive-money.txt, through the built server and the simulated network: the request byte for
 * byte; answers and callbacks with the document's names, in its order, of its types and, ids and times apart, its values.
 */
const REQUEST = `{
    "amount": 80,
    "currency": "GHS",
    "phone": "233200000000",
    "provider": "TELECEL",
    "description": "Union Dues",
    "metadata": {
      "clientReference": "3jL2KlUy3vt21"
    }
  }`;

const ACCEPTED = {
  success: true,
  message: 'Transaction pending. Expect callback request for final state',
  responseCode: '0001',
  data: {
    id: 'pay_09f84e20a283942e807128e8c21d08d6',
    reference: '3jL2KlUy3vt21',
    status: 'PROCESSING',
    amount: 80,
    currency: 'GHS',
    phone: '233200000000',
    provider: 'TELECEL',
    description: 'Union Dues',
    createdAt: '2026-06-06T12:00:00Z',
  },
};

const CALLBACK_PAID = {
  ResponseCode: '0000',
  Message: 'success',
  Data: {
    Amount: 80,
    Charges: 5,
    AmountAfterCharges: 80,
    Description: 'The Telecel Cash payment has been approved and processed successfully',
    ClientReference: '3jL2KlUy3vt21',
    TransactionId: '09f84e20a283942e807128e8c21d08d6',
    ExternalTransactionId: '2116938399',
    AmountCharged: 85,
    OrderId: '09f84e20a283942e807128e8c21d08d6',
    PaymentDate: '2026-06-06T12:00:44Z',
  },
};

const CALLBACK_FAILED = {
  ...CALLBACK_PAID,
  ResponseCode: '2001',
  Message: 'failed',
  Data: { ...CALLBACK_PAID.Data, Description: 'FAILED: User entered wrong PIN' },
};

const STATUS_PAID = {
  message: 'Successful',
  responseCode: '0000',
  data: {
    date: '2026-06-06T12:00:44Z',
    status: 'Paid',
    transactionId: '09f84e20a283942e807128e8c21d08d6',
    externalTransactionId: '2116938399',
    paymentMethod: 'mobilemoney',
    clientReference: '3jL2KlUy3vt21',
    currencyCode: 'GHS',
    amount: 80,
    charges: 5,
    amountAfterCharges: 75,
    isFulfilled: true,
  },
};

const STATUS_UNPAID = {
  ...STATUS_PAID,
  data: {
    ...STATUS_PAID.data,
    date: '2026-06-06T12:00:00Z',
    status: 'Unpaid',
    externalTransactionId: null,
    charges: 0,
    amountAfterCharges: 80,
    isFulfilled: null,
  },
};

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const HEX = /^[0-9a-f]{32}$/;
const RECEIPT = /^[0-9]{6,}$/;
const PHONE = '233200000000';

const simulator = createControlClient(process.env['E2E_SIMULATOR_URL'] ?? '');

/** A client of its own for each, so that the document's reference is free, and where its callbacks go. */
interface Merchant {
  readonly api: Api;
  readonly heard: Heard[];
  readonly server: Server;
}

interface Heard {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

async function newMerchant(baseUrl: string, feeBearer: 'client' | 'customer'): Promise<Merchant> {
  const operator = await operatorApi(baseUrl);
  const client = await operator.call('POST', '/api/v1/clients', {
    client_name: 'XTOPAY',
    client_email: `${fresh('info')}@xtopay.example`,
    client_phone_number: '233302900148',
    contact_person_name: 'Admin',
    contact_person_email: 'admin@xtopay.example',
    contact_person_msisdn: '233302900148',
    business_pin: fresh('pin'),
    country: 'Ghana',
    is_active: 1,
  });
  expect(client.status, client.text).toBe(201);
  const code = String(client.body['client_code']);
  const issued = await operator.call('POST', `/api/v1/clients/${code}/credentials`, { mode: 'test' });
  expect(issued.status, issued.text).toBe(201);
  const { client_id: clientId, client_secret: secret } = issued.body;
  const api = apiAt(baseUrl, basic({ clientId: String(clientId), secret: String(secret) }));
  const service = await api.call('POST', '/api/v1/client-services', {
    client_code: code,
    client_service_name: 'Collections',
    service_code: 'COLLECT',
    has_transaction_fee: true,
    transaction_fee_type: 'FIXED',
    transaction_fee: 0.05,
    minimum_transaction_amount: 0.01,
    maximum_transaction_amount: 100,
    fee_bearer: feeBearer,
    is_active: 1,
  });
  expect(service.status, service.text).toBe(201);
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.once('end', () => {
      heard.push({ method: request.method ?? '', headers: request.headers, body });
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const policy = await api.call('PATCH', '/v1/collection_policy', {
    client_service_code: service.body['client_service_code'],
    callback_url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`,
  });
  expect(policy.status, policy.text).toBe(200);
  return { api, heard, server };
}

/** The same names in the same order, each of the type it has in the sample. */
function shapeOf(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value === null ? 'null' : typeof value;
  return Object.entries(value).map(([name, inner]) => [name, shapeOf(inner)]);
}

/** As much of an answer as the sample has; what we add comes after it. */
function documentedPart(answer: unknown, sample: object): Record<string, unknown> {
  const given = answer as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(sample).map(([name, inner]) => [
      name,
      typeof inner === 'object' && inner !== null ? documentedPart(given[name], inner) : given[name],
    ]),
  );
}

function expectSample(answer: unknown, sample: object): void {
  const part = documentedPart(answer, sample);
  expect(shapeOf(part)).toEqual(shapeOf(sample));
  const names = (of: unknown): string[] => Object.keys(of as object);
  const { data } = answer as { data: object };
  const sampleData = (sample as { data: object }).data;
  expect(names(answer)).toEqual(names(sample));
  expect(names(data).slice(0, names(sampleData).length)).toEqual(names(sampleData));
}

async function until<R>(what: string, look: () => Promise<R | null> | R | null): Promise<R> {
  for (let tries = 0; tries < 100; tries++) {
    const found = await look();
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${what} did not come.`);
}

/** The sample's request, its payer's answer, and the callback of its end. */
async function pay(merchant: Merchant, outcome: Outcome): Promise<{ readonly id: string; readonly callback: Heard }> {
  await simulator.next({ phone: PHONE }, { outcome, delayMs: 1_500 });
  const asked = await merchant.api.raw('POST', '/v1/payments/receive', REQUEST);
  expect(asked.status, asked.text).toBe(200);
  expectSample(asked.body, ACCEPTED);
  expect(asked.body).toMatchObject({
    ...ACCEPTED,
    data: { ...ACCEPTED.data, id: expect.stringMatching(/^pay_[0-9a-f]{32}$/), createdAt: expect.stringMatching(TIME) },
  });
  const { id } = asked.body['data'] as { id: string };
  const before = await merchant.api.call('GET', '/v1/payments/3jL2KlUy3vt21');
  expect(before.status).toBe(200);
  expectSample(before.body, STATUS_UNPAID);
  expect(before.body).toMatchObject({
    ...STATUS_UNPAID,
    data: { ...STATUS_UNPAID.data, date: expect.stringMatching(TIME), transactionId: id.slice('pay_'.length) },
  });
  return { id, callback: await until('The callback', () => merchant.heard[0] ?? null) };
}

/** The body is the sample, byte for byte, but for what is this payment's own. */
function expectCallback(callback: Heard, sample: typeof CALLBACK_PAID, id: string): void {
  const { Data } = JSON.parse(callback.body) as typeof CALLBACK_PAID;
  expect(Data.TransactionId).toBe(id.slice('pay_'.length));
  expect(Data.TransactionId).toMatch(HEX);
  expect(Data.OrderId).toBe(Data.TransactionId);
  expect(Data.PaymentDate).toMatch(TIME);
  const own = {
    TransactionId: Data.TransactionId,
    OrderId: Data.OrderId,
    ExternalTransactionId: Data.ExternalTransactionId,
    PaymentDate: Data.PaymentDate,
  };
  expect(typeof Data.ExternalTransactionId).toBe('string');
  expect(callback.method).toBe('POST');
  expect(callback.body).toBe(JSON.stringify({ ...sample, Data: { ...sample.Data, ...own } }));
  expect(callback.headers['content-type']).toMatch(/^application\/json/);
}

describe.each(MOUNTS)('direct receive money, %s', (_mount, baseUrl) => {
  const merchants: Merchant[] = [];
  let payee: Merchant;
  let payer: Merchant;
  let unlucky: Merchant;

  beforeAll(async () => {
    payee = await newMerchant(baseUrl, 'client');
    payer = await newMerchant(baseUrl, 'customer');
    unlucky = await newMerchant(baseUrl, 'customer');
    merchants.push(payee, payer, unlucky);
  });
  afterAll(() => {
    for (const { server } of merchants) server.close();
  });

  it('the merchant bears the charges: the status samples, unpaid and paid', async () => {
    const { id, callback } = await pay(payee, 'approve');
    for (const name of ['3jL2KlUy3vt21', id, id.slice('pay_'.length)]) {
      const paid = await payee.api.call('GET', `/v1/payments/${name}`);
      expect(paid.status).toBe(200);
      expectSample(paid.body, STATUS_PAID);
      expect(paid.body).toMatchObject({
        ...STATUS_PAID,
        data: {
          ...STATUS_PAID.data,
          date: expect.stringMatching(TIME),
          transactionId: id.slice('pay_'.length),
          externalTransactionId: expect.stringMatching(RECEIPT),
          feeBearer: 'client',
          netAmount: 75,
          amountCharged: 80,
        },
      });
    }
    expect(JSON.parse(callback.body)).toMatchObject({
      Data: { Amount: 80, AmountAfterCharges: 75, AmountCharged: 80 },
    });
  });

  it('the customer bears them: the sample of a successful callback, signed', async () => {
    const { id, callback } = await pay(payer, 'approve');
    expectCallback(callback, CALLBACK_PAID, id);
    const { 'webhook-id': messageId, 'webhook-timestamp': sentAt, 'webhook-signature': signature } = callback.headers;
    expect(messageId).toEqual(expect.any(String));
    expect(sentAt).toMatch(/^[0-9]{10}$/);
    expect(signature).toMatch(/^v1,[A-Za-z0-9+/]{43}=/);
    const { body } = await payer.api.call('GET', `/v1/payments/${id}`);
    expect(body['data']).toMatchObject({
      feeBearer: 'customer',
      amount: 80,
      amountAfterCharges: 80,
      amountCharged: 85,
    });
  });

  it('the sample of a failed callback, and the status that goes with it', async () => {
    const { id, callback } = await pay(unlucky, 'wrong_pin');
    expectCallback(callback, CALLBACK_FAILED, id);
    const { body } = await unlucky.api.call('GET', `/v1/payments/${id}`);
    expect(body).toMatchObject({
      responseCode: '0000',
      data: { status: 'Unpaid', paymentStatus: 'failed', isFinal: true, failureCode: 'wrong_pin', isFulfilled: null },
    });
  });

  it('the same request again prompts nobody and says the same', async () => {
    const before = await simulator.charges({ phone: PHONE });
    const again = await payee.api.raw('POST', '/v1/payments/receive', REQUEST);
    expect(again.status).toBe(200);
    expectSample(again.body, ACCEPTED);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(await simulator.charges({ phone: PHONE })).toHaveLength(before.length);
  });

  it.each([
    ['a decimal', '"amount": 80,', '"amount": 80.5,', 400, '4000', 'amount'],
    ['an unknown channel', '"TELECEL"', '"VODAFONE"', 400, '4000', 'provider'],
    ['a phone of another country’s network', '"233200000000"', '"254712345678"', 400, '4000', 'phone'],
    ['a currency that is none', '"GHS"', '"GHX"', 400, '4000', 'currency'],
  ])('%s is refused with the document’s code', async (_what, from, to, status, responseCode, field) => {
    const body = REQUEST.replace(from, to).replace('3jL2KlUy3vt21', fresh('bad'));
    const refused = await payee.api.raw('POST', '/v1/payments/receive', body);
    expect(refused.status, refused.text).toBe(status);
    expect(refused.body).toMatchObject({ success: false, responseCode, errors: [{ field }] });
  });

  it('wrong credentials are 4101', async () => {
    const stranger = apiAt(baseUrl, basic({ clientId: 'nobody', secret: 'nothing' }));
    const refused = await stranger.raw('POST', '/v1/payments/receive', REQUEST);
    expect(refused).toMatchObject({ status: 401, body: { success: false, responseCode: '4101' } });
  });
});
