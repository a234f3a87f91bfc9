import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startSimulator, type TestSimulator } from '../testing';
import { type Merchant, startMerchant } from '../testing-merchant';

const PHONE = '254708374149';
const TIMESTAMP = '20160216165627';
let simulator: TestSimulator;
let merchant: Merchant;

beforeAll(async () => {
  [simulator, merchant] = await Promise.all([startSimulator(), startMerchant()]);
});
afterEach(async () => {
  await simulator.control.reset();
  merchant.heard.length = 0;
});
afterAll(async () => {
  await simulator.close();
  await merchant.close();
});

async function token(key?: string): Promise<Response> {
  const { consumerKey, consumerSecret } = simulator.credentials.daraja;
  return fetch(`${simulator.url}/daraja/oauth/v1/generate?grant_type=client_credentials`, {
    headers: { authorization: `Basic ${Buffer.from(`${key ?? consumerKey}:${consumerSecret}`).toString('base64')}` },
  });
}

async function post(
  path: string,
  body: unknown,
  bearer?: string,
): Promise<{ code: number; body: Record<string, unknown> }> {
  const access = bearer ?? ((await (await token()).json()) as { access_token: string }).access_token;
  const answer = await fetch(`${simulator.url}/daraja${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${access}`, 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { code: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

/** The published vector: shortcode 174379, its passkey and this timestamp. */
const password = (): string => {
  const { shortcode, passkey } = simulator.credentials.daraja;
  return Buffer.from(`${shortcode}${passkey}${TIMESTAMP}`).toString('base64');
};

const push = (change: Record<string, unknown> = {}): Promise<{ code: number; body: Record<string, unknown> }> =>
  post('/mpesa/stkpush/v1/processrequest', {
    BusinessShortCode: '174379',
    Password: password(),
    Timestamp: TIMESTAMP,
    TransactionType: 'CustomerPayBillOnline',
    Amount: 663,
    PartyA: PHONE,
    PartyB: '174379',
    PhoneNumber: PHONE,
    CallBackURL: `${merchant.url}/cb/token`,
    AccountReference: 'TOPUP 7K4M',
    TransactionDesc: 'Top-up',
    ...change,
  });

const query = (CheckoutRequestID: unknown): Promise<{ code: number; body: Record<string, unknown> }> =>
  post('/mpesa/stkpushquery/v1/query', {
    BusinessShortCode: '174379',
    Password: password(),
    Timestamp: TIMESTAMP,
    CheckoutRequestID,
  });

describe('token', () => {
  it('is given with its seconds as text', async () => {
    const answer = await token();
    expect(await answer.json()).toEqual({ access_token: expect.any(String), expires_in: '3599' });
  });

  it('is refused to strangers, in the error envelope', async () => {
    const answer = await token('wrong');
    expect([answer.status, await answer.json()]).toEqual([
      400,
      { requestId: expect.any(String), errorCode: '400.008.01', errorMessage: expect.any(String) },
    ]);
  });

  it('is wanted, and ends', async () => {
    expect(await push()).toMatchObject({ code: 200 });
    const { access_token } = (await (await token()).json()) as { access_token: string };
    await simulator.control.advance(3_599_000);
    expect(await post('/mpesa/stkpush/v1/processrequest', {}, access_token)).toMatchObject({
      code: 404,
      body: { errorCode: '404.001.03', errorMessage: 'Invalid Access Token' },
    });
  });
});

describe('push', () => {
  it('takes the published password vector', async () => {
    expect(password()).toBe(
      'MTc0Mzc5YmZiMjc5ZjlhYTliZGJjZjE1OGU5N2RkNzFhNDY3Y2QyZTBjODkzMDU5YjEwZjc4ZTZiNzJhZGExZWQyYzkxOTIwMTYwMjE2MTY1NjI3',
    );
    expect(await push()).toEqual({
      code: 200,
      body: {
        MerchantRequestID: expect.any(String),
        CheckoutRequestID: expect.stringMatching(/^ws_CO_06062026150000[0-9]+$/),
        ResponseCode: '0',
        ResponseDescription: 'Success. Request accepted for processing',
        CustomerMessage: 'Success. Request accepted for processing',
      },
    });
  });

  it.each([
    [500, '500.001.1001', 'Wrong credentials', { Password: 'bm8=' }],
    [500, '500.001.1001', 'Merchant does not exist', { BusinessShortCode: '600000' }],
    [400, '400.002.02', 'Bad Request - Invalid Timestamp', { Timestamp: '2016' }],
    [400, '400.002.02', 'Bad Request - Invalid Amount', { Amount: 1.5 }],
    [400, '400.002.02', 'Bad Request - Invalid Amount', { Amount: 0 }],
    [400, '400.002.02', 'Bad Request - Invalid Amount', { Amount: 250_001 }],
    [400, '400.002.02', 'Bad Request - Invalid PhoneNumber', { PhoneNumber: '0708374149', PartyA: '0708374149' }],
    [400, '400.002.02', 'Bad Request - Invalid PartyA', { PartyA: '254700000000' }],
    [400, '400.002.02', 'Bad Request - Invalid AccountReference', { AccountReference: 'thirteen char' }],
    [400, '400.002.02', 'Bad Request - Invalid CallBackURL', { CallBackURL: 'https://shop.example/mpesa/cb' }],
    [400, '400.002.02', 'Bad Request - Invalid TransactionType', { TransactionType: 'CustomerPayBill' }],
  ])('answers %i %s "%s" to %j', async (code, errorCode, errorMessage, change) => {
    expect(await push(change)).toEqual({ code, body: { requestId: expect.any(String), errorCode, errorMessage } });
    expect(await simulator.control.charges()).toHaveLength(0);
  });

  it('refuses a body that is no JSON', async () => {
    expect(await post('/mpesa/stkpush/v1/processrequest', '{')).toMatchObject({
      code: 400,
      body: { errorCode: '400.002.02' },
    });
  });

  it('is not idempotent: twice is two prompts, and the second fails as busy', async () => {
    const first = await push();
    const second = await push();
    await simulator.control.idle();
    expect(first.body['CheckoutRequestID']).not.toBe(second.body['CheckoutRequestID']);
    expect((await query(second.body['CheckoutRequestID'])).body['ResultCode']).toBe('1001');
    expect((await query(first.body['CheckoutRequestID'])).body['errorMessage']).toBe(
      'The transaction is being processed',
    );
  });
});

describe('outcome', () => {
  it('paid: numbers in the callback, text in the query', async () => {
    const { body } = await push();
    const { id } = await simulator.control.charge({ phone: PHONE });
    const { receipt } = await simulator.control.answer(id, { pin: '1234' });
    expect(receipt).toMatch(/^[A-Z0-9]{10}$/);
    expect(JSON.parse(merchant.heard[0]?.body ?? '')).toEqual({
      Body: {
        stkCallback: {
          MerchantRequestID: body['MerchantRequestID'],
          CheckoutRequestID: body['CheckoutRequestID'],
          ResultCode: 0,
          ResultDesc: 'The service request is processed successfully.',
          CallbackMetadata: {
            Item: [
              { Name: 'Amount', Value: 663 },
              { Name: 'MpesaReceiptNumber', Value: receipt },
              { Name: 'Balance' },
              { Name: 'TransactionDate', Value: 20260606150000 },
              { Name: 'PhoneNumber', Value: 254708374149 },
            ],
          },
        },
      },
    });
    expect(await query(body['CheckoutRequestID'])).toEqual({
      code: 200,
      body: {
        ResponseCode: '0',
        ResponseDescription: expect.any(String),
        MerchantRequestID: body['MerchantRequestID'],
        CheckoutRequestID: body['CheckoutRequestID'],
        ResultCode: '0',
        ResultDesc: 'The service request is processed successfully.',
      },
    });
  });

  it.each([
    ['insufficient_funds', 1],
    ['limit_reached', 17],
    ['unavailable', 26],
    ['busy', 1001],
    ['expire', 1019],
    ['internal_error', 1025],
    ['decline', 1032],
    ['unreachable', 1037],
    ['wrong_pin', 2001],
    ['payer_not_found', 9999],
  ] as const)('%s is %i, without metadata', async (outcome, code) => {
    await simulator.control.next({ phone: PHONE }, { outcome });
    const { body } = await push();
    await simulator.control.idle();
    const { stkCallback } = (
      JSON.parse(merchant.heard[0]?.body ?? '') as { Body: { stkCallback: Record<string, unknown> } }
    ).Body;
    expect(stkCallback['ResultCode']).toBe(code);
    expect(stkCallback).not.toHaveProperty('CallbackMetadata');
    expect((await query(body['CheckoutRequestID'])).body['ResultCode']).toBe(String(code));
  });

  it('ends with the first wrong PIN', async () => {
    await push();
    const { id } = await simulator.control.charge({ phone: PHONE });
    expect(await simulator.control.answer(id, { pin: '0000' })).toMatchObject({
      state: 'failed',
      failure: 'wrong_pin',
    });
  });

  it('runs out after 90 seconds; a phone that is off was not reached', async () => {
    await push();
    await simulator.control.setPhone('254712345678', { isOn: false });
    await push({ PhoneNumber: '254712345678', PartyA: '254712345678' });
    await simulator.control.advance(90_000);
    expect(await simulator.control.charge({ phone: PHONE })).toMatchObject({ failure: 'expire' });
    expect(await simulator.control.charge({ phone: '254712345678' })).toMatchObject({ failure: 'unreachable' });
  });

  it('lies about it when told to', async () => {
    await simulator.control.next({ phone: PHONE }, { outcome: 'approve', lie: { answers: 2, says: 'failed' } });
    const { body } = await push();
    await simulator.control.idle();
    const codes = [];
    for (let asked = 0; asked < 3; asked++) codes.push((await query(body['CheckoutRequestID'])).body['ResultCode']);
    expect(codes).toEqual(['1019', '1019', '0']);
  });

  it('knows no other push', async () => {
    expect(await query('ws_CO_1')).toMatchObject({ code: 500, body: { errorCode: '500.001.1001' } });
  });

  it.each(['html', 'error', 'empty', 'truncated'] as const)('sends a callback that is %s', async (callbackBody) => {
    await simulator.control.next({ phone: PHONE }, { outcome: 'approve', callbackBody });
    await push();
    await simulator.control.idle();
    expect(merchant.heard).toHaveLength(1);
    expect(merchant.heard[0]?.body).not.toContain('MpesaReceiptNumber":');
    expect(
      () => (JSON.parse(merchant.heard[0]?.body ?? '') as { Body: { stkCallback: unknown } }).Body.stkCallback,
    ).toThrow();
  });
});
