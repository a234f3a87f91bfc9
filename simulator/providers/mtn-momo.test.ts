import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startSimulator, type TestSimulator } from '../testing';
import { type Merchant, startMerchant } from '../testing-merchant';

const PHONE = '233241234567';
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

const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

async function token(user?: string, key?: string, subscription?: string): Promise<Response> {
  const { apiUser, apiKey, subscriptionKey } = simulator.credentials['mtn-momo'];
  return fetch(`${simulator.url}/mtn-momo/collection/token/`, {
    method: 'POST',
    headers: {
      authorization: basic(user ?? apiUser, key ?? apiKey),
      'ocp-apim-subscription-key': subscription ?? subscriptionKey,
    },
  });
}

async function headers(target = 'mtnghana'): Promise<Record<string, string>> {
  const { access_token } = (await (await token()).json()) as { access_token: string };
  return {
    authorization: `Bearer ${access_token}`,
    'ocp-apim-subscription-key': simulator.credentials['mtn-momo'].subscriptionKey,
    'x-target-environment': target,
  };
}

interface Asked {
  reference?: string;
  target?: string;
  amount?: unknown;
  currency?: string;
  phone?: string;
  callback?: string | null;
  extra?: Record<string, string>;
  note?: string;
}

async function ask(asked: Asked = {}): Promise<{ reference: string; answer: Response }> {
  const reference = asked.reference ?? randomUUID();
  const callback = asked.callback === undefined ? `${merchant.url}/cb/${reference}` : asked.callback;
  const answer = await fetch(`${simulator.url}/mtn-momo/collection/v1_0/requesttopay`, {
    method: 'POST',
    headers: {
      ...(await headers(asked.target)),
      'x-reference-id': reference,
      'content-type': 'application/json',
      ...(callback !== null && { 'x-callback-url': callback }),
      ...asked.extra,
    },
    body: JSON.stringify({
      amount: asked.amount ?? '51.00',
      currency: asked.currency ?? 'GHS',
      externalId: 'order-1',
      payer: { partyIdType: 'MSISDN', partyId: asked.phone ?? PHONE },
      payerMessage: asked.note ?? 'Ref 7K4M-2Q9X',
      payeeNote: 'note',
    }),
  });
  return { reference, answer };
}

async function status(reference: string, target?: string): Promise<{ code: number; body: Record<string, unknown> }> {
  const answer = await fetch(`${simulator.url}/mtn-momo/collection/v1_0/requesttopay/${reference}`, {
    headers: await headers(target),
  });
  return { code: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

describe('token', () => {
  it('is given for an hour, in seconds as an integer', async () => {
    const answer = await token();
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      access_token: expect.any(String),
      token_type: 'access_token',
      expires_in: 3600,
    });
  });

  it('is refused to a wrong key with {error}, and to a wrong subscription by the gateway', async () => {
    const wrong = await token(undefined, 'wrong');
    expect([wrong.status, await wrong.json()]).toEqual([401, { error: 'login_failed' }]);
    const stranger = await token(undefined, undefined, 'wrong');
    expect([stranger.status, await stranger.json()]).toEqual([
      401,
      { statusCode: 401, message: expect.stringContaining('subscription key') },
    ]);
  });

  it('ends with its hour', async () => {
    const old = await headers();
    await simulator.control.advance(3_600_000);
    const answer = await fetch(`${simulator.url}/mtn-momo/collection/v1_0/account/balance`, { headers: old });
    expect(answer.status).toBe(401);
  });
});

describe('provisioning in the sandbox', () => {
  it('makes a user with a key, whose callbacks go to its host alone', async () => {
    const id = randomUUID();
    const key = { 'ocp-apim-subscription-key': simulator.credentials['mtn-momo'].subscriptionKey };
    const make = (): Promise<Response> =>
      fetch(`${simulator.url}/mtn-momo/v1_0/apiuser`, {
        method: 'POST',
        headers: { ...key, 'x-reference-id': id },
        body: JSON.stringify({ providerCallbackHost: 'merchant.example' }),
      });
    expect((await make()).status).toBe(201);
    expect((await make()).status).toBe(409);
    const seen = await fetch(`${simulator.url}/mtn-momo/v1_0/apiuser/${id}`, { headers: key });
    expect(await seen.json()).toEqual({ providerCallbackHost: 'merchant.example', targetEnvironment: 'sandbox' });
    const made = await fetch(`${simulator.url}/mtn-momo/v1_0/apiuser/${id}/apikey`, { method: 'POST', headers: key });
    expect(made.status).toBe(201);
    const { apiKey } = (await made.json()) as { apiKey: string };
    const { access_token } = (await (await token(id, apiKey)).json()) as { access_token: string };
    const { answer } = await ask({ extra: { authorization: `Bearer ${access_token}` } });
    expect([answer.status, await answer.json()]).toEqual([
      500,
      expect.objectContaining({ code: 'INVALID_CALLBACK_URL_HOST' }),
    ]);
  });
});

describe('requesttopay', () => {
  it('is accepted with an empty 202, pending until the PIN, and told once', async () => {
    const { reference, answer } = await ask();
    expect([answer.status, await answer.text()]).toEqual([202, '']);
    expect(await status(reference)).toEqual({
      code: 200,
      body: {
        externalId: 'order-1',
        amount: '51.00',
        currency: 'GHS',
        payer: { partyIdType: 'MSISDN', partyId: PHONE },
        payerMessage: 'Ref 7K4M-2Q9X',
        status: 'PENDING',
      },
    });
    const charge = await simulator.control.charge({ reference });
    await simulator.control.answer(charge.id, { pin: '1234' });
    const { body } = await status(reference);
    expect(body).toMatchObject({ status: 'SUCCESSFUL', financialTransactionId: expect.stringMatching(/^[0-9]{11}$/) });
    expect(body).not.toHaveProperty('reason');
    await simulator.control.advance(24 * 3_600_000);
    expect(merchant.heard).toHaveLength(1);
    expect(JSON.parse(merchant.heard[0]?.body ?? '')).toEqual(body);
    expect(merchant.heard[0]?.body).not.toContain(reference);
  });

  it('tells by PUT for references that end in an odd digit, by POST for the others', async () => {
    const even = randomUUID().replace(/.$/, '4');
    const odd = randomUUID().replace(/.$/, 'b');
    for (const reference of [even, odd]) {
      await simulator.control.next('all', { outcome: 'approve' });
      await ask({ reference });
    }
    await simulator.control.idle();
    const methods = Object.fromEntries(merchant.heard.map(({ method, path }) => [path, method]));
    expect(methods).toEqual({ [`/cb/${even}`]: 'POST', [`/cb/${odd}`]: 'PUT' });
  });

  it('answers 409 to a reference that was used, and rings once', async () => {
    const { reference } = await ask();
    const again = await ask({ reference });
    expect([again.answer.status, await again.answer.json()]).toEqual([
      409,
      expect.objectContaining({ code: 'RESOURCE_ALREADY_EXIST' }),
    ]);
    expect(await simulator.control.charges()).toHaveLength(1);
  });

  it('knows no other reference', async () => {
    expect(await status(randomUUID())).toEqual({
      code: 404,
      body: expect.objectContaining({ code: 'RESOURCE_NOT_FOUND' }),
    });
  });

  it.each([
    [400, 'BAD_REQUEST', { reference: 'not-a-uuid' }],
    [400, 'BAD_REQUEST', { reference: '7d444840-9dc0-11d1-b245-5ffdce74fad2' }],
    [400, 'BAD_REQUEST', { amount: 51 }],
    [400, 'BAD_REQUEST', { amount: '51.001' }],
    [400, 'BAD_REQUEST', { amount: '0' }],
    [400, 'BAD_REQUEST', { phone: '+233241234567' }],
    [400, 'BAD_REQUEST', { note: "Ama's" }],
    [500, 'INVALID_CURRENCY', { currency: 'EUR' }],
    [500, 'INVALID_CURRENCY', { target: 'sandbox' }],
    [500, 'NOT_ALLOWED_TARGET_ENVIRONMENT', { target: 'mtnmars' }],
    [500, 'INVALID_CALLBACK_URL_HOST', { callback: 'not a url' }],
  ] as const)('answers %i %s to %j', async (code, name, asked) => {
    const { answer } = await ask(asked);
    expect([answer.status, await answer.json()]).toEqual([code, expect.objectContaining({ code: name })]);
    expect(await simulator.control.charges()).toHaveLength(0);
  });

  it.each([
    ['46733123450', 'FAILED', 'COULD_NOT_PERFORM_TRANSACTION'],
    ['46733123451', 'FAILED', 'APPROVAL_REJECTED'],
    ['46733123452', 'FAILED', 'EXPIRED'],
    ['46733123453', 'PENDING', undefined],
    ['46733123454', 'PENDING', undefined],
    ['46733123455', 'FAILED', 'PAYER_NOT_FOUND'],
    ['46733123456', 'FAILED', 'PAYEE_NOT_ALLOWED_TO_RECEIVE'],
    ['46733123457', 'FAILED', 'NOT_ALLOWED'],
    ['46733123458', 'FAILED', 'NOT_ALLOWED_TARGET_ENVIRONMENT'],
    ['46733123459', 'FAILED', 'INVALID_CALLBACK_URL_HOST'],
    ['46733123460', 'FAILED', 'INVALID_CURRENCY'],
    ['46733123461', 'FAILED', 'INTERNAL_PROCESSING_ERROR'],
    ['46733123462', 'FAILED', 'SERVICE_UNAVAILABLE'],
    ['46733123463', 'FAILED', 'COULD_NOT_PERFORM_TRANSACTION'],
  ])('gives the sandbox number %s the status %s %s', async (phone, expected, reason) => {
    const { reference } = await ask({ phone, target: 'sandbox', currency: 'EUR' });
    await simulator.control.idle();
    const { body } = await status(reference, 'sandbox');
    expect([body['status'], body['reason']]).toEqual([expected, reason]);
  });

  it('lets the delayed number succeed after a while, and the ongoing one never', async () => {
    const delayed = await ask({ phone: '46733123454', target: 'sandbox', currency: 'EUR' });
    const ongoing = await ask({ phone: '46733123453', target: 'sandbox', currency: 'EUR' });
    await simulator.control.advance(7 * 86_400_000);
    expect((await status(delayed.reference, 'sandbox')).body['status']).toBe('SUCCESSFUL');
    expect((await status(ongoing.reference, 'sandbox')).body['status']).toBe('PENDING');
  });

  it('gives the reason as text in the sandbox and in callbacks, as an object on live platforms', async () => {
    await simulator.control.next({ phone: PHONE }, { outcome: 'insufficient_funds' });
    const { reference } = await ask();
    await simulator.control.idle();
    expect((await status(reference)).body['reason']).toEqual({ code: 'NOT_ENOUGH_FUNDS', message: 'not enough funds' });
    expect(JSON.parse(merchant.heard[0]?.body ?? '')).toMatchObject({ status: 'FAILED', reason: 'NOT_ENOUGH_FUNDS' });
  });

  it('runs out after five minutes, not before', async () => {
    const { reference } = await ask();
    await simulator.control.advance(299_999);
    expect((await status(reference)).body['status']).toBe('PENDING');
    await simulator.control.advance(1);
    expect((await status(reference)).body).toMatchObject({ status: 'FAILED', reason: { code: 'EXPIRED' } });
  });

  it('takes amounts of currencies without a smaller unit', async () => {
    const { answer } = await ask({ target: 'mtnuganda', currency: 'UGX', amount: '5000', phone: '256772123456' });
    expect(answer.status).toBe(202);
    const cents = await ask({ target: 'mtnuganda', currency: 'UGX', amount: '5000.50', phone: '256772123456' });
    expect(cents.answer.status).toBe(400);
  });
});

describe('the rest', () => {
  it('says whether an account holder is active', async () => {
    const active = async (phone: string): Promise<unknown> =>
      (
        await fetch(`${simulator.url}/mtn-momo/collection/v1_0/accountholder/msisdn/${phone}/active`, {
          headers: await headers(),
        })
      ).json();
    expect(await active(PHONE)).toEqual({ result: true });
    expect(await active('46733123455')).toEqual({ result: false });
  });

  it('adds up what was paid', async () => {
    await simulator.control.next({ phone: PHONE }, { outcome: 'approve' });
    await ask({ amount: '51.00' });
    await simulator.control.idle();
    const answer = await fetch(`${simulator.url}/mtn-momo/collection/v1_0/account/balance`, {
      headers: await headers(),
    });
    expect(await answer.json()).toEqual({ availableBalance: '51.00', currency: 'GHS' });
  });
});
