import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fixedClock } from '@/server/kernel/clock';
import { aCallback, anAttempt, CALLBACK_TOKEN, FakeProvider, listen } from '../testing';
import { mtnMomo } from './adapter';

let fake: FakeProvider;
beforeAll(async () => {
  fake = await FakeProvider.start();
});
afterEach(() => fake.reset());
afterAll(() => fake.stop());

const CREDENTIALS = { apiUser: 'canary-user-1', apiKey: 'canary-key-1', subscriptionKey: 'canary-subscription-1' };
const TOKEN = { body: { access_token: 'canary-token-1', token_type: 'access_token', expires_in: 3600 } };
const PAY = 'POST /collection/v1_0/requesttopay';
const NONE = {};

function momo(timeoutMs = 2_000) {
  const clock = fixedClock(Date.parse('2026-06-06T12:00:01Z'));
  fake.on('POST /collection/token/', TOKEN);
  const endpoints = { baseUrl: fake.origin, targetEnvironment: 'mtnghana' as const };
  return { clock, provider: mtnMomo.create(endpoints, CREDENTIALS, { nowMs: clock.fixedMs, timeoutMs }) };
}

const statusOf = (reference: string) => `GET /collection/v1_0/requesttopay/${reference}`;
const paid = (reference: string) => ({
  amount: '51.00',
  currency: 'GHS',
  financialTransactionId: '2116938399',
  externalId: reference,
  payer: { partyIdType: 'MSISDN', partyId: '233241234567' },
  status: 'SUCCESSFUL',
});

describe('asking a payer', () => {
  it('sends what the contract says, and nothing secret to the timeline', async () => {
    const { provider } = momo();
    fake.on(PAY, { status: 202 });
    const attempt = anAttempt();
    const { call, exchanges } = listen();
    expect(await provider.initiate(attempt, call)).toEqual({
      status: 'accepted',
      providerReference: attempt.reference,
      next: { kind: 'prompt', text: null },
      observation: null,
    });
    const [token, pay] = fake.heard;
    expect(token?.headers).toMatchObject({
      authorization: `Basic ${Buffer.from('canary-user-1:canary-key-1').toString('base64')}`,
      'ocp-apim-subscription-key': 'canary-subscription-1',
    });
    expect(pay?.headers).toMatchObject({
      authorization: 'Bearer canary-token-1',
      'x-reference-id': attempt.reference,
      'x-target-environment': 'mtnghana',
      'x-callback-url': attempt.callbackUrl,
      'ocp-apim-subscription-key': 'canary-subscription-1',
    });
    expect(JSON.parse(pay?.body ?? '')).toEqual({
      amount: '51.00',
      currency: 'GHS',
      externalId: attempt.reference,
      payer: { partyIdType: 'MSISDN', partyId: '233241234567' },
      payerMessage: 'Top up Ama s wallet more',
      payeeNote: 'Top up Ama s wallet more',
    });
    expect(exchanges.map(({ operation }) => operation)).toEqual(['token', 'initiate']);
    for (const canary of ['canary-key', 'canary-subscription', 'canary-token', CALLBACK_TOKEN]) {
      expect(JSON.stringify(exchanges)).not.toContain(canary);
    }
  });

  it('writes amounts of currencies without minor units as they are', async () => {
    const { provider } = momo();
    fake.on(PAY, { status: 202 });
    await provider.initiate(anAttempt({ currency: 'UGX', amountMinor: 9_007_199_254_740_991n }), NONE);
    expect(JSON.parse(fake.asked(PAY)[0]?.body ?? '')).toMatchObject({ amount: '9007199254740991' });
  });

  it('asks for the status when the reference was used before', async () => {
    const { provider } = momo();
    const attempt = anAttempt();
    fake.on(PAY, { status: 409, body: { code: 'RESOURCE_ALREADY_EXIST', message: 'Duplicated reference id.' } });
    fake.on(statusOf(attempt.reference), { body: paid(attempt.reference) });
    expect(await provider.initiate(attempt, NONE)).toMatchObject({
      status: 'accepted',
      observation: { outcome: 'succeeded', amountMinor: 5_100n, source: 'status' },
    });
    fake.on(statusOf(attempt.reference), { status: 500 });
    expect(await provider.initiate(attempt, NONE)).toMatchObject({ status: 'unknown', reason: 'no_answer' });
  });

  it.each([
    [400, undefined, 'configuration_error'],
    [500, 'NOT_ALLOWED_TARGET_ENVIRONMENT', 'configuration_error'],
    [500, 'INVALID_CALLBACK_URL_HOST', 'configuration_error'],
    [500, 'INVALID_CURRENCY', 'currency_invalid'],
    [500, 'NOT_ALLOWED', 'not_allowed'],
    [400, 'PAYER_NOT_FOUND', 'payer_not_found'],
    [429, undefined, 'provider_unavailable'],
  ])('tells a refusal for certain: %i %s', async (status, code, ours) => {
    const { provider } = momo();
    fake.on(PAY, { status, body: code === undefined ? undefined : { code, message: 'No.' } });
    const initiation = await provider.initiate(anAttempt(), NONE);
    expect(initiation).toMatchObject({ status: 'rejected', code: ours, retryable: status === 429 });
    expect(provider.isAvailable()).toBe(true);
  });

  it.each([
    [{ status: 500, body: { code: 'INTERNAL_PROCESSING_ERROR', message: 'x' } }, 'server_error'],
    [{ status: 503, body: { code: 'SERVICE_UNAVAILABLE' } }, 'server_error'],
    [{ status: 400, body: { code: 'NEW_CODE_OF_2027' } }, 'unknown_code'],
    [{ status: 200, text: '<html>maintenance</html>', contentType: 'text/html' }, 'unreadable_answer'],
    [{ status: 302, headers: { location: 'https://example.com/' } }, 'unreadable_answer'],
    [{ fault: 'hang' as const }, 'no_answer'],
    [{ fault: 'reset' as const }, 'no_answer'],
  ])('does not know what became of it after %j', async (answer, reason) => {
    const { provider } = momo(150);
    fake.on(PAY, answer);
    expect(await provider.initiate(anAttempt(), NONE)).toMatchObject({ status: 'unknown', reason });
  });

  it('is refused for certain, to be tried again, when no token is to be had', async () => {
    const { provider } = momo(150);
    for (const answer of [{ status: 503 }, { fault: 'hang' as const }, { body: { token: 'none' } }]) {
      fake.on('POST /collection/token/', answer);
      expect(await provider.initiate(anAttempt(), NONE)).toMatchObject({ status: 'rejected', retryable: true });
    }
    fake.on('POST /collection/token/', { status: 401, body: { error: 'login_failed' } });
    expect(await provider.initiate(anAttempt(), NONE)).toMatchObject({
      status: 'rejected',
      code: 'configuration_error',
      retryable: false,
    });
    expect(fake.asked(PAY)).toHaveLength(0);
  });
});

describe('the access token', () => {
  it('is shared by requests that come together, and renewed a minute before its end', async () => {
    const { provider, clock } = momo();
    fake.on(PAY, { status: 202 });
    await Promise.all([1, 2, 3].map(() => provider.initiate(anAttempt(), NONE)));
    clock.advance(3_539_000);
    await provider.initiate(anAttempt(), NONE);
    expect(fake.asked('POST /collection/token/')).toHaveLength(1);
    clock.advance(1_000);
    await provider.initiate(anAttempt(), NONE);
    expect(fake.asked('POST /collection/token/')).toHaveLength(2);
  });

  it('is replaced once when it ends midway; the reference stays', async () => {
    const { provider } = momo();
    fake.on(PAY, { status: 401, body: { error: 'invalid_token' } }, { status: 202 });
    const attempt = anAttempt();
    expect((await provider.initiate(attempt, NONE)).status).toBe('accepted');
    expect(fake.asked('POST /collection/token/')).toHaveLength(2);
    expect(fake.asked(PAY).map(({ headers }) => headers['x-reference-id'])).toEqual([
      attempt.reference,
      attempt.reference,
    ]);
    fake.on(PAY, { status: 401 });
    expect(await provider.initiate(attempt, NONE)).toMatchObject({ status: 'rejected', code: 'configuration_error' });
    expect(fake.asked(PAY)).toHaveLength(4);
  });
});

describe('how an attempt stands', () => {
  const REASONS = [
    ['PAYER_NOT_FOUND', 'payer_not_found'],
    ['PAYEE_NOT_ALLOWED_TO_RECEIVE', 'configuration_error'],
    ['NOT_ENOUGH_FUNDS', 'insufficient_funds'],
    ['PAYER_LIMIT_REACHED', 'limit_reached'],
    ['APPROVAL_REJECTED', 'cancelled'],
    ['EXPIRED', 'expired'],
    ['COULD_NOT_PERFORM_TRANSACTION', 'expired'],
    ['INTERNAL_PROCESSING_ERROR', 'provider_error'],
    ['NOT_ALLOWED', 'not_allowed'],
    ['NOT_ALLOWED_TARGET_ENVIRONMENT', 'configuration_error'],
    ['INVALID_CURRENCY', 'currency_invalid'],
    ['INVALID_CALLBACK_URL_HOST', 'configuration_error'],
    ['SERVICE_UNAVAILABLE', 'provider_unavailable'],
    ['A_REASON_OF_2027', 'provider_error'],
  ] as const;

  it.each(REASONS)('%s, as a string and as an object', async (reason, code) => {
    const { provider } = momo();
    const attempt = anAttempt();
    for (const form of [reason, { code: reason, message: 'Because.' }]) {
      fake.on(statusOf(attempt.reference), { body: { ...paid(attempt.reference), status: 'FAILED', reason: form } });
      const observation = await provider.fetchStatus(attempt, NONE);
      expect(observation).toMatchObject({ outcome: 'failed', code, providerCode: reason, source: 'status' });
    }
  });

  it('paid, with what was paid by whom', async () => {
    const { provider } = momo();
    const attempt = anAttempt();
    fake.on(statusOf(attempt.reference), { body: paid(attempt.reference) });
    expect(await provider.fetchStatus(attempt, NONE)).toMatchObject({
      outcome: 'succeeded',
      receipt: '2116938399',
      amountMinor: 5_100n,
      currency: 'GHS',
      phone: '233241234567',
      providerReference: attempt.reference,
    });
  });

  it.each([
    [{ status: 'PENDING' }, 'pending'],
    [{ status: 'CREATED_IN_2027' }, 'unknown'],
    [{ status: 'SUCCESSFUL', amount: '51.005', currency: 'GHS' }, 'unknown'],
    [{ status: 'SUCCESSFUL', amount: '-51', currency: 'GHS' }, 'unknown'],
    [{ status: 'SUCCESSFUL', amount: '51', currency: 'NONE' }, 'unknown'],
    [{}, 'unknown'],
    [[], 'unknown'],
    ['paid', 'unknown'],
  ])('%j is %s', async (body, outcome) => {
    const { provider } = momo();
    const attempt = anAttempt();
    fake.on(statusOf(attempt.reference), { body });
    expect((await provider.fetchStatus(attempt, NONE)).outcome).toBe(outcome);
  });

  it('unknown while MTN does not know the reference, and failed when it never arrived', async () => {
    const { provider, clock } = momo();
    const attempt = anAttempt();
    fake.on(statusOf(attempt.reference), { status: 404, body: { code: 'RESOURCE_NOT_FOUND', message: 'Not found.' } });
    expect((await provider.fetchStatus(attempt, NONE)).outcome).toBe('unknown');
    clock.advance(10 * 60_000);
    expect(await provider.fetchStatus(attempt, NONE)).toMatchObject({ outcome: 'failed', code: 'provider_error' });
    // Not so for a 404 of something on the way there.
    fake.on(statusOf(attempt.reference), { status: 404, text: 'no such page', contentType: 'text/plain' });
    expect((await provider.fetchStatus(attempt, NONE)).outcome).toBe('unknown');
  });

  it('unknown after a timeout, HTML or 5xx', async () => {
    const { provider } = momo(150);
    const attempt = anAttempt();
    for (const answer of [{ fault: 'hang' as const }, { text: '<html>' }, { status: 502 }]) {
      fake.on(statusOf(attempt.reference), answer);
      expect(await provider.fetchStatus(attempt, NONE)).toMatchObject({ outcome: 'unknown', code: null });
    }
  });
});

describe('the callback', () => {
  it('is a status without the reference id, by PUT or POST', () => {
    const { provider } = momo();
    const { reference } = anAttempt();
    for (const method of ['PUT', 'POST']) {
      expect(provider.parseCallback(aCallback(paid(reference), { method }))).toMatchObject({
        kind: 'observation',
        subject: 'payment',
        token: CALLBACK_TOKEN,
        reference,
        observation: { outcome: 'succeeded', amountMinor: 5_100n, source: 'callback' },
      });
    }
    expect(provider.capabilities.callbackTrust).toBe('hint');
  });

  it.each(['', '{', '<html>', '[]', '{"status":null}', '"SUCCESSFUL"'])('is ignored when it is %j', (body) => {
    expect(momo().provider.parseCallback(aCallback(body))).toMatchObject({ kind: 'ignore', token: CALLBACK_TOKEN });
  });
});

describe('whether a number can pay', () => {
  it.each([
    [{ body: { result: true } }, 'active'],
    [{ body: { result: false } }, 'inactive'],
    [{ body: { result: 'true' } }, 'unknown'],
    [{ status: 500 }, 'unknown'],
  ])('%j is %s', async (answer, verdict) => {
    const { provider } = momo();
    fake.on('GET /collection/v1_0/accountholder/msisdn/233241234567/active', answer);
    expect(await provider.validatePayer?.('233241234567', NONE)).toBe(verdict);
  });
});
