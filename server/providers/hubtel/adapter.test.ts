import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { aCallback, anAttempt, CALLBACK_TOKEN, FakeProvider, listen } from '../testing';
import { hubtel } from './adapter';

let fake: FakeProvider;
let status: FakeProvider;
beforeAll(async () => {
  [fake, status] = await Promise.all([FakeProvider.start(), FakeProvider.start()]);
});
afterEach(() => {
  fake.reset();
  status.reset();
});
afterAll(() => Promise.all([fake.stop(), status.stop()]));

const RECEIVE = 'POST /merchantaccount/merchants/11684/receive/mobilemoney';
const STATUS = 'GET /transactions/11684/status';
const NONE = {};

function ghana(timeoutMs = 2_000) {
  return hubtel.create(
    { baseUrl: fake.origin, statusBaseUrl: status.origin },
    { clientId: 'canary-id', clientSecret: 'canary-secret', posSalesId: '11684' },
    { nowMs: () => Date.parse('2026-06-06T12:00:00Z'), timeoutMs },
  );
}

const attemptOf = (given: Parameters<typeof anAttempt>[0] = {}) =>
  anAttempt({ channel: 'TELECEL', phone: '233200000000', amountMinor: 80n, ...given });

const envelope = (ResponseCode: string, reference: string, Description = 'x') => ({
  ResponseCode,
  Message: 'm',
  Data: {
    Amount: 0.8,
    Charges: 0.05,
    AmountAfterCharges: 0.8,
    Description,
    ClientReference: reference,
    TransactionId: '09f84e20a283942e807128e8c21d08d6',
    ExternalTransactionId: '2116938399',
    AmountCharged: 0.85,
    OrderId: '09f84e20a283942e807128e8c21d08d6',
    PaymentDate: '2026-06-06T12:00:44Z',
  },
});

describe('asking a payer', () => {
  it.each([
    ['MTN', 'mtn-gh'],
    ['TELECEL', 'vodafone-gh'],
    ['AIRTELTIGO', 'tigo-gh'],
  ] as const)('%s is %s, in decimal cedis', async (channel, theirs) => {
    const attempt = attemptOf({ channel, payer: { name: 'Ama Mensah', email: 'ama@example.com' } });
    fake.on(RECEIVE, { body: envelope('0001', attempt.reference) });
    const { call, exchanges } = listen();
    expect(await ghana().initiate(attempt, call)).toEqual({
      status: 'accepted',
      providerReference: '09f84e20a283942e807128e8c21d08d6',
      next: { kind: 'prompt', text: null },
      observation: null,
    });
    const [heard] = fake.heard;
    expect(heard?.headers['authorization']).toBe(`Basic ${Buffer.from('canary-id:canary-secret').toString('base64')}`);
    expect(heard?.body).toContain('"Amount":0.80,');
    expect(JSON.parse(heard?.body ?? '')).toEqual({
      CustomerName: 'Ama Mensah',
      CustomerMsisdn: '233200000000',
      CustomerEmail: 'ama@example.com',
      Channel: theirs,
      Amount: 0.8,
      PrimaryCallbackUrl: attempt.callbackUrl,
      Description: 'Top up Ama s wallet more',
      ClientReference: attempt.reference,
    });
    expect(attempt.reference).toHaveLength(36);
    for (const canary of ['canary-', CALLBACK_TOKEN]) expect(JSON.stringify(exchanges)).not.toContain(canary);
  });

  it('keeps amounts exact that no double holds', async () => {
    fake.on(RECEIVE, { body: envelope('0001', 'x') });
    await ghana().initiate(attemptOf({ amountMinor: 9_007_199_254_740_991n }), NONE);
    expect(fake.heard[0]?.body).toContain('"Amount":90071992547409.91,');
  });

  it.each([
    ['2001', 'FAILED: User entered wrong PIN', 'wrong_pin'],
    ['2001', 'Insufficient funds', 'insufficient_funds'],
    ['2001', 'USSD session timeout', 'expired'],
    ['2001', 'Something else', 'declined'],
    ['2050', 'x', 'insufficient_funds'],
    ['2051', 'x', 'payer_not_found'],
    ['2100', 'x', 'unreachable'],
    ['2101', 'x', 'wrong_pin'],
    ['2102', 'x', 'insufficient_funds'],
    ['2103', 'x', 'payer_not_found'],
    ['2152', 'x', 'payer_not_found'],
    ['2153', 'x', 'limit_reached'],
    ['2154', 'x', 'limit_reached'],
    ['2201', 'x', 'payer_not_found'],
    ['4000', 'Amount must be greater than 0', 'amount_invalid'],
    ['4000', 'CustomerMsisdn is invalid', 'payer_not_found'],
    ['4000', 'PrimaryCallbackUrl is missing', 'configuration_error'],
    ['4070', 'x', 'not_allowed'],
    ['4101', 'x', 'configuration_error'],
    ['4103', 'x', 'payer_not_allowed'],
  ])('%s %s: refused, and in the callback failed', async (code, description, ours) => {
    const attempt = attemptOf();
    fake.on(RECEIVE, {
      status: code.startsWith('4') ? 400 : 200,
      body: envelope(code, attempt.reference, description),
    });
    expect(await ghana().initiate(attempt, NONE)).toMatchObject({ status: 'rejected', code: ours, providerCode: code });
    const callback = ghana().parseCallback(aCallback(envelope(code, attempt.reference, description)));
    expect(callback).toMatchObject({ observation: { outcome: 'failed', code: ours } });
  });

  it.each([
    [{ body: envelope('0005', 'x') }, 'unknown_code'],
    [{ body: envelope('7777', 'x') }, 'unknown_code'],
    [{ status: 500, body: { ResponseCode: '0005' } }, 'server_error'],
    [{ status: 500, text: '' }, 'server_error'],
    [{ text: '<html>', contentType: 'text/html' }, 'unreadable_answer'],
    [{ fault: 'hang' as const }, 'no_answer'],
  ])('does not know after %j', async (answer, reason) => {
    fake.on(RECEIVE, answer);
    expect(await ghana(150).initiate(attemptOf(), NONE)).toMatchObject({ status: 'unknown', reason });
    expect(fake.heard).toHaveLength(1);
  });

  it('is refused for certain without credentials, or from an unknown address', async () => {
    for (const code of [401, 403]) {
      fake.on(RECEIVE, { status: code, text: '' });
      expect(await ghana().initiate(attemptOf(), NONE)).toMatchObject({
        status: 'rejected',
        code: 'configuration_error',
      });
    }
  });
});

describe('how an attempt stands', () => {
  const answer = (data: object) => ({ body: { message: 'Successful', responseCode: '0000', data } });

  it('is asked of the other host, by our reference', async () => {
    const attempt = attemptOf();
    status.on(
      STATUS,
      answer({
        date: '2026-06-06T12:00:44Z',
        status: 'Paid',
        transactionId: 't1',
        externalTransactionId: '2116938399',
        clientReference: attempt.reference,
        currencyCode: null,
        amount: 0.8,
        charges: 0.05,
        isFulfilled: null,
      }),
    );
    expect(await ghana().fetchStatus(attempt, NONE)).toMatchObject({
      outcome: 'succeeded',
      amountMinor: 80n,
      currency: 'GHS',
      providerFeeMinor: 5n,
      receipt: '2116938399',
      providerReference: 't1',
      occurredAtMs: Date.parse('2026-06-06T12:00:44Z'),
    });
    expect(status.heard[0]?.path).toBe(`/transactions/11684/status?clientReference=${attempt.reference}`);
    expect(fake.heard).toHaveLength(0);
  });

  it.each([
    [{ status: 'Unpaid', amount: 0.8 }, 'pending', false],
    [{ status: 'Refunded', amount: 0.8 }, 'failed', true],
    [{ status: 'Paid', amount: 0.805 }, 'unknown', false],
    [{ status: 'Paid', amount: null }, 'unknown', false],
    [{ status: 'Paid', amount: 0.8, currencyCode: 'NGN' }, 'unknown', false],
    [{ status: 'Paid', amount: 0.8, clientReference: 'another' }, 'unknown', false],
    [{ status: 'Settled', amount: 0.8 }, 'unknown', false],
  ])('%j is %s', async (data, outcome, isReversed) => {
    const attempt = attemptOf();
    status.on(STATUS, answer({ clientReference: attempt.reference, currencyCode: 'GHS', ...data }));
    expect(await ghana().fetchStatus(attempt, NONE)).toMatchObject({ outcome, isReversed });
  });

  it.each([
    { status: 404, body: { message: 'Not found', responseCode: '3000', data: null } },
    { status: 403, text: '' },
    { status: 500, text: '<html>' },
    { body: { responseCode: '0001', data: { status: 'Paid' } } },
    { fault: 'hang' as const },
  ])('unknown after %j', async (given) => {
    status.on(STATUS, given);
    expect(await ghana(150).fetchStatus(attemptOf(), NONE)).toMatchObject({ outcome: 'unknown', code: null });
  });
});

describe('the callback', () => {
  it('is the documented envelope', () => {
    const attempt = attemptOf();
    expect(ghana().parseCallback(aCallback(envelope('0000', attempt.reference)))).toMatchObject({
      kind: 'observation',
      token: CALLBACK_TOKEN,
      reference: attempt.reference,
      observation: {
        outcome: 'succeeded',
        amountMinor: 80n,
        currency: 'GHS',
        receipt: '2116938399',
        source: 'callback',
      },
    });
  });

  it('proves nothing with an amount that cannot be read', () => {
    const body = envelope('0000', 'x');
    const wrong = { ...body, Data: { ...body.Data, Amount: '0.8.0' } };
    expect(ghana().parseCallback(aCallback(wrong))).toMatchObject({ observation: { outcome: 'unknown' } });
  });

  it.each(['', '<html>', '{}', '[]', '{"ResponseCode":null}'])('is ignored when it is %j', (body) => {
    expect(ghana().parseCallback(aCallback(body))).toMatchObject({ kind: 'ignore' });
  });
});
