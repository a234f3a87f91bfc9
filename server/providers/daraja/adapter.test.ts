import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fixedClock } from '@/server/kernel/clock';
import { aCallback, anAttempt, CALLBACK_TOKEN, FakeProvider, listen } from '../testing';
import { daraja } from './adapter';
import { instantOfTimestamp, passwordOf, timestampOf } from './password';

let fake: FakeProvider;
beforeAll(async () => {
  fake = await FakeProvider.start();
});
afterEach(() => fake.reset());
afterAll(() => fake.stop());

/** Safaricom's own, as its portal shows it to everybody. */
const SANDBOX_PASSKEY = 'bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919';
const CREDENTIALS = {
  consumerKey: 'canary-consumer-key',
  consumerSecret: 'canary-consumer-secret',
  shortcode: '174379',
  passkey: SANDBOX_PASSKEY,
};
const PUSH = 'POST /mpesa/stkpush/v1/processrequest';
const QUERY = 'POST /mpesa/stkpushquery/v1/query';
const TOKEN = 'GET /oauth/v1/generate';
const NONE = {};

function kenya(timeoutMs = 2_000, till?: string) {
  const clock = fixedClock(Date.parse('2016-02-16T13:56:27Z'));
  fake.on(TOKEN, { body: { access_token: 'canary-token', expires_in: '3599' } });
  const credentials = till === undefined ? CREDENTIALS : { ...CREDENTIALS, till };
  const provider = daraja.create({ baseUrl: fake.origin }, credentials, { nowMs: clock.fixedMs, timeoutMs });
  return { clock, provider };
}

const attemptIn = (given: Parameters<typeof anAttempt>[0] = {}) =>
  anAttempt({ channel: 'MPESA', country: 'KE', currency: 'KES', phone: '254708374149', amountMinor: 100n, ...given });

const ACCEPTED = {
  MerchantRequestID: '29115-34620561-1',
  CheckoutRequestID: 'ws_CO_191220191020363925',
  ResponseCode: '0',
  ResponseDescription: 'Success. Request accepted for processing',
  CustomerMessage: 'Success. Request accepted for processing',
};

describe('the password', () => {
  it('is that of the sandbox: shortcode 174379 at 20160216165627 in East Africa', () => {
    const timestamp = timestampOf(Date.parse('2016-02-16T13:56:27Z'));
    expect(timestamp).toBe('20160216165627');
    expect(passwordOf('174379', SANDBOX_PASSKEY, timestamp)).toBe(
      'MTc0Mzc5YmZiMjc5ZjlhYTliZGJjZjE1OGU5N2RkNzFhNDY3Y2QyZTBjODkzMDU5YjEwZjc4ZTZiNzJhZGExZWQyYzkxOTIwMTYwMjE2MTY1NjI3',
    );
    expect(instantOfTimestamp('20160216165627')).toBe(Date.parse('2016-02-16T13:56:27Z'));
    expect(timestampOf(Date.parse('2026-12-31T21:30:00Z'))).toBe('20270101003000');
  });
});

describe('asking a payer', () => {
  it('sends what the contract says, and nothing secret to the timeline', async () => {
    const { provider } = kenya();
    fake.on(PUSH, { body: ACCEPTED });
    const { call, exchanges } = listen();
    const attempt = attemptIn();
    expect(await provider.initiate(attempt, call)).toMatchObject({
      status: 'accepted',
      providerReference: ACCEPTED.CheckoutRequestID,
    });
    expect(fake.heard[0]?.path).toBe('/oauth/v1/generate?grant_type=client_credentials');
    const [push] = fake.asked(PUSH);
    expect(push?.headers['authorization']).toBe('Bearer canary-token');
    expect(push?.body).toContain('"Amount":1,');
    expect(JSON.parse(push?.body ?? '')).toEqual({
      BusinessShortCode: '174379',
      Password: passwordOf('174379', SANDBOX_PASSKEY, '20160216165627'),
      Timestamp: '20160216165627',
      TransactionType: 'CustomerPayBillOnline',
      Amount: 1,
      PartyA: '254708374149',
      PartyB: '174379',
      PhoneNumber: '254708374149',
      CallBackURL: attempt.callbackUrl,
      AccountReference: 'TOPUP 7K4M-2',
      TransactionDesc: 'Top up Ama s',
    });
    const shown = JSON.stringify(exchanges);
    for (const canary of ['canary-', SANDBOX_PASSKEY, 'MTc0Mzc5', CALLBACK_TOKEN]) expect(shown).not.toContain(canary);
  });

  it('pays to a till where there is one', async () => {
    const { provider } = kenya(2_000, '600000');
    fake.on(PUSH, { body: ACCEPTED });
    await provider.initiate(attemptIn(), NONE);
    expect(JSON.parse(fake.asked(PUSH)[0]?.body ?? '')).toMatchObject({
      TransactionType: 'CustomerBuyGoodsOnline',
      PartyB: '600000',
    });
  });

  it('sends nothing that Daraja would refuse or misread', async () => {
    const { provider } = kenya();
    const parts = attemptIn({ amountMinor: 150n });
    expect(await provider.initiate(parts, NONE)).toMatchObject({ status: 'rejected', code: 'amount_invalid' });
    for (const callbackUrl of [
      'https://a.example/mpesa/tok_aaaaaaaaaaaaaaaa',
      'https://MPesa.example/tok_aaaaaaaaaaaaaaaa',
    ]) {
      expect(await provider.initiate(attemptIn({ callbackUrl }), NONE)).toMatchObject({
        status: 'rejected',
        code: 'configuration_error',
      });
    }
    expect(fake.heard).toHaveLength(0);
  });

  const error = (errorCode: string, errorMessage: string, status: number) => ({
    status,
    body: { requestId: '11728-2929992-1', errorCode, errorMessage },
  });

  it.each([
    [error('400.002.02', 'Bad Request - Invalid PhoneNumber', 400), 'payer_not_found', false],
    [error('400.002.02', 'Bad Request - Invalid Amount', 400), 'amount_invalid', false],
    [error('400.002.02', 'Bad Request - Invalid CallBackURL', 400), 'configuration_error', false],
    [error('500.001.1001', '[MerchantValidate] - Wrong credentials', 500), 'configuration_error', false],
    [error('500.001.1001', 'Merchant does not exist', 500), 'configuration_error', false],
    [
      error(
        '500.001.1001',
        'Unable to lock subscriber, a transaction is already in process for the current subscriber',
        500,
      ),
      'busy',
      false,
    ],
    [error('500.003.02', 'Error Occurred: Spike Arrest Violation', 500), 'provider_unavailable', true],
  ])('tells a refusal for certain: %j', async (answer, code, retryable) => {
    const { provider } = kenya();
    fake.on(PUSH, answer);
    expect(await provider.initiate(attemptIn(), NONE)).toMatchObject({ status: 'rejected', code, retryable });
    expect(fake.asked(PUSH)).toHaveLength(1);
  });

  it.each([
    [error('500.001.1001', 'The transaction is being processed', 500), 'server_error'],
    [error('500.001.1001', 'System busy', 500), 'server_error'],
    [error('400.999.99', 'News', 400), 'unknown_code'],
    [{ body: { ...ACCEPTED, ResponseCode: '17' } }, 'unknown_code'],
    [{ body: { ...ACCEPTED, CheckoutRequestID: undefined } }, 'unknown_code'],
    [{ text: '<html>', contentType: 'text/html' }, 'unreadable_answer'],
    [{ status: 503, text: 'Service Unavailable' }, 'server_error'],
    [{ fault: 'hang' as const }, 'no_answer'],
    [{ fault: 'cut' as const, text: '{"ResponseCode":"0"' }, 'no_answer'],
  ])('never sends again when it does not know: %j', async (answer, reason) => {
    const { provider } = kenya(150);
    fake.on(PUSH, answer);
    expect(await provider.initiate(attemptIn(), NONE)).toMatchObject({ status: 'unknown', reason });
    expect(fake.asked(PUSH)).toHaveLength(1);
  });

  it('takes a new token when the old one ended midway', async () => {
    const { provider } = kenya();
    fake.on(PUSH, error('404.001.03', 'Invalid Access Token', 404), { body: ACCEPTED });
    expect((await provider.initiate(attemptIn(), NONE)).status).toBe('accepted');
    expect(fake.asked(TOKEN)).toHaveLength(2);
  });
});

const RESULTS = [
  ['1', 'insufficient_funds'],
  ['17', 'provider_error'],
  ['26', 'provider_unavailable'],
  ['1001', 'busy'],
  ['1019', 'expired'],
  ['1025', 'provider_error'],
  ['1032', 'cancelled'],
  ['1037', 'unreachable'],
  ['2001', 'wrong_pin'],
  ['9999', 'provider_error'],
] as const;

describe('how an attempt stands', () => {
  const attempt = attemptIn({ providerReference: ACCEPTED.CheckoutRequestID });
  const queried = (ResultCode: unknown) => ({
    ResponseCode: '0',
    ResponseDescription: 'The service request has been accepted successfully',
    MerchantRequestID: ACCEPTED.MerchantRequestID,
    CheckoutRequestID: ACCEPTED.CheckoutRequestID,
    ResultCode,
    ResultDesc: 'So it is.',
  });

  it.each(RESULTS)('result %s, as string and as number', async (result, code) => {
    const { provider } = kenya();
    for (const form of [result, Number(result)]) {
      fake.on(QUERY, { body: queried(form) });
      expect(await provider.fetchStatus(attempt, NONE)).toMatchObject({
        outcome: 'failed',
        code,
        providerCode: result,
      });
    }
  });

  it('paid, but the query does not say how much', async () => {
    const { provider } = kenya();
    fake.on(QUERY, { body: queried('0') });
    expect(await provider.fetchStatus(attempt, NONE)).toMatchObject({
      outcome: 'succeeded',
      amountMinor: null,
      receipt: null,
    });
    expect(JSON.parse(fake.asked(QUERY)[0]?.body ?? '')).toEqual({
      BusinessShortCode: '174379',
      Password: passwordOf('174379', SANDBOX_PASSKEY, '20160216165627'),
      Timestamp: '20160216165627',
      CheckoutRequestID: ACCEPTED.CheckoutRequestID,
    });
  });

  it.each([
    [
      {
        status: 500,
        body: { requestId: 'x', errorCode: '500.001.1001', errorMessage: 'The transaction is being processed' },
      },
      'pending',
    ],
    [{ body: { ResponseCode: '0', ResultCode: '4999' } }, 'pending'],
    [
      { status: 500, body: { requestId: 'x', errorCode: '500.001.1001', errorMessage: 'Wrong credentials' } },
      'unknown',
    ],
    [{ body: { ResponseCode: '0', ResultCode: '31337' } }, 'unknown'],
    [{ body: { ResponseCode: '0' } }, 'unknown'],
    [{ body: { ResponseCode: '0', ResultCode: '0', CheckoutRequestID: 'ws_CO_other' } }, 'unknown'],
    [{ text: '<html>busy</html>', contentType: 'text/html' }, 'unknown'],
    [{ fault: 'hang' as const }, 'unknown'],
  ])('%j is %s', async (answer, outcome) => {
    const { provider } = kenya(150);
    fake.on(QUERY, answer);
    expect(await provider.fetchStatus(attempt, NONE)).toMatchObject({ outcome, code: null });
  });

  it('cannot be asked where the answer to the push was lost', async () => {
    expect((await kenya().provider.fetchStatus(attemptIn(), NONE)).outcome).toBe('unknown');
    expect(fake.heard).toHaveLength(0);
  });

  it('does not take "being processed" for an outage', async () => {
    const { provider } = kenya();
    fake.on(QUERY, {
      status: 500,
      body: { errorCode: '500.001.1001', errorMessage: 'The transaction is being processed' },
    });
    for (let i = 0; i < 10; i++) await provider.fetchStatus(attempt, NONE);
    expect(provider.isAvailable()).toBe(true);
  });
});

describe('the callback', () => {
  const result = (stkCallback: object) => ({
    Body: { stkCallback: { MerchantRequestID: 'm', CheckoutRequestID: 'ws_CO_1', ResultDesc: 'd', ...stkCallback } },
  });
  const items = (given: Record<string, unknown> = {}) => ({
    Item: Object.entries({
      Amount: 1.0,
      MpesaReceiptNumber: 'NLJ7RT61SV',
      Balance: undefined,
      TransactionDate: 20191219102115,
      PhoneNumber: 254708374149,
      ...given,
    }).map(([Name, Value]) => ({ Name, Value })),
  });

  it('tells who paid what, when', () => {
    const { provider } = kenya();
    const callback = provider.parseCallback(aCallback(result({ ResultCode: 0, CallbackMetadata: items() })));
    expect(callback).toMatchObject({
      kind: 'observation',
      token: CALLBACK_TOKEN,
      reference: null,
      providerReference: 'ws_CO_1',
      acknowledgement: { ResultCode: 0 },
      observation: {
        outcome: 'succeeded',
        amountMinor: 100n,
        currency: 'KES',
        receipt: 'NLJ7RT61SV',
        phone: '254708374149',
        occurredAtMs: Date.parse('2019-12-19T07:21:15Z'),
        source: 'callback',
      },
    });
    expect(provider.capabilities.callbackTrust).toBe('checked');
  });

  it.each([
    ['Amount', undefined],
    ['Amount', '1e3'],
    ['Amount', 1.005],
    ['MpesaReceiptNumber', undefined],
  ])('proves nothing without a readable %s', (name, value) => {
    const body = result({ ResultCode: 0, CallbackMetadata: items({ [name]: value }) });
    expect(kenya().provider.parseCallback(aCallback(body))).toMatchObject({ observation: { outcome: 'unknown' } });
  });

  it('leaves a masked number out', () => {
    const body = result({ ResultCode: 0, CallbackMetadata: items({ PhoneNumber: '254708***149' }) });
    expect(kenya().provider.parseCallback(aCallback(body))).toMatchObject({
      observation: { outcome: 'succeeded', phone: null },
    });
  });

  it.each(RESULTS)('result %s', (code, ours) => {
    const callback = kenya().provider.parseCallback(aCallback(result({ ResultCode: Number(code) })));
    expect(callback).toMatchObject({ observation: { outcome: 'failed', code: ours, providerCode: code } });
  });

  it.each([
    '<html><body>Request Rejected</body></html>',
    '',
    '{"requestId":"1","errorCode":"500.001.1001","errorMessage":"System busy"}',
    '{"Body":{}}',
    '{"Body":{"stkCallback":"0"}}',
    '[0]',
  ])('is ignored, and answered all the same, when it is %j', (body) => {
    expect(kenya().provider.parseCallback(aCallback(body))).toMatchObject({
      kind: 'ignore',
      token: CALLBACK_TOKEN,
      acknowledgement: { ResultCode: 0 },
    });
  });
});
