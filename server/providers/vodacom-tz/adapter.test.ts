import { constants, generateKeyPairSync, privateDecrypt } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fixedClock } from '@/server/kernel/clock';
import { aCallback, anAttempt, FakeProvider, listen } from '../testing';
import { vodacomTz } from './adapter';

let fake: FakeProvider;
beforeAll(async () => {
  fake = await FakeProvider.start();
});
afterEach(() => fake.reset());
afterAll(() => fake.stop());

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const CREDENTIALS = {
  apiKey: 'canary-api-key',
  publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
  serviceProviderCode: '000000',
};
const SESSION = 'GET /sandbox/ipg/v2/vodacomTZN/getSession/';
const PAY = 'POST /sandbox/ipg/v2/vodacomTZN/c2bPayment/singleStage/';
const STATUS = 'GET /sandbox/ipg/v2/vodacomTZN/queryTransactionStatus/';
const NONE = {};

function tanzania(given: { timeoutMs?: number; flow?: 'synchronous' | 'asynchronous' } = {}) {
  const clock = fixedClock(Date.parse('2026-06-06T12:00:00Z'));
  fake.on(SESSION, {
    body: { output_ResponseCode: 'INS-0', output_ResponseDesc: 'ok', output_SessionID: 'canary-session' },
  });
  const endpoints = { baseUrl: `${fake.origin}/sandbox`, flow: given.flow ?? 'synchronous', origin: '*' } as const;
  const tools = { nowMs: clock.fixedMs, timeoutMs: given.timeoutMs ?? 2_000 };
  return { clock, provider: vodacomTz.create(endpoints, CREDENTIALS, tools) };
}

const attemptOf = (given: Parameters<typeof anAttempt>[0] = {}) =>
  anAttempt({
    channel: 'MPESA',
    country: 'TZ',
    currency: 'TZS',
    phone: '255741234567',
    amountMinor: 150_000n,
    ...given,
  });

/** What was sent as bearer, read with the portal's private key. Node refuses to decrypt PKCS 1 itself, so by hand. */
function secretOf(authorization: string | string[] | undefined): string {
  const cipher = Buffer.from(String(authorization).replace('Bearer ', ''), 'base64');
  const padded = privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, cipher);
  return padded.subarray(padded.indexOf(0, 2) + 1).toString('utf8');
}

const answered = (output_ResponseCode: string, given: object = {}) => ({
  body: {
    output_ResponseCode,
    output_ResponseDesc: 'd',
    output_ConversationID: 'c0ffee',
    output_ThirdPartyConversationID: 't',
    ...given,
  },
});

describe('asking a payer', () => {
  it('exchanges the key for a session, and pays within it', async () => {
    const { provider } = tanzania();
    fake.on(PAY, { status: 201, ...answered('INS-0', { output_TransactionID: 'hv9ahxcg4ccv' }) });
    const attempt = attemptOf();
    const { call, exchanges } = listen();
    expect(await provider.initiate(attempt, call)).toMatchObject({
      status: 'accepted',
      providerReference: 'c0ffee',
      next: null,
      observation: { outcome: 'succeeded', receipt: 'hv9ahxcg4ccv', amountMinor: null },
    });
    const [session, pay] = fake.heard;
    expect(secretOf(session?.headers['authorization'])).toBe('canary-api-key');
    expect(secretOf(pay?.headers['authorization'])).toBe('canary-session');
    expect(pay?.headers['origin']).toBe('*');
    const conversation = attempt.reference.replaceAll('-', '');
    expect(JSON.parse(pay?.body ?? '')).toEqual({
      input_Amount: '1500',
      input_Country: 'TZN',
      input_Currency: 'TZS',
      input_CustomerMSISDN: '255741234567',
      input_ServiceProviderCode: '000000',
      input_ThirdPartyConversationID: conversation,
      input_TransactionReference: conversation.slice(0, 20),
      input_PurchasedItemsDesc: 'Top up Ama s wallet more',
    });
    for (const canary of ['canary-', String(pay?.headers['authorization']).slice(7)])
      expect(JSON.stringify(exchanges)).not.toContain(canary);
  });

  it('is only accepted where the answer does not wait for the payer', async () => {
    const { provider } = tanzania({ flow: 'asynchronous' });
    fake.on(PAY, answered('INS-0', { output_TransactionID: 'hv9ahxcg4ccv' }));
    expect(await provider.initiate(attemptOf(), NONE)).toMatchObject({
      status: 'accepted',
      next: { kind: 'prompt' },
      observation: null,
    });
    const waiting = tanzania();
    fake.on(PAY, answered('INS-0'));
    expect(await waiting.provider.initiate(attemptOf(), NONE)).toMatchObject({ status: 'accepted', observation: null });
  });

  it('takes whole shillings alone', async () => {
    expect(await tanzania().provider.initiate(attemptOf({ amountMinor: 150n }), NONE)).toMatchObject({
      status: 'rejected',
      code: 'amount_invalid',
    });
    expect(fake.heard).toHaveLength(0);
  });

  it.each([
    [400, 'INS-2', 'configuration_error'],
    [401, 'INS-4', 'payer_not_allowed'],
    [401, 'INS-5', 'cancelled'],
    [401, 'INS-6', 'declined'],
    [400, 'INS-13', 'configuration_error'],
    [400, 'INS-15', 'amount_invalid'],
    [400, 'INS-17', 'configuration_error'],
    [400, 'INS-20', 'configuration_error'],
    [400, 'INS-21', 'configuration_error'],
    [400, 'INS-26', 'currency_invalid'],
    [400, 'INS-28', 'configuration_error'],
    [400, 'INS-30', 'configuration_error'],
    [400, 'INS-990', 'limit_reached'],
    [400, 'INS-991', 'limit_reached'],
    [400, 'INS-992', 'limit_reached'],
    [400, 'INS-993', 'configuration_error'],
    [400, 'INS-994', 'configuration_error'],
    [400, 'INS-995', 'amount_invalid'],
    [400, 'INS-996', 'provider_unavailable'],
    [400, 'INS-997', 'configuration_error'],
    [400, 'INS-998', 'configuration_error'],
    [422, 'INS-2006', 'insufficient_funds'],
    [400, 'INS-2051', 'payer_not_found'],
  ])('%i %s is refused for certain: %s', async (status, code, ours) => {
    const { provider } = tanzania();
    fake.on(PAY, { status, ...answered(code) });
    expect(await provider.initiate(attemptOf(), NONE)).toMatchObject({
      status: 'rejected',
      code: ours,
      providerCode: code,
    });
  });

  it.each([
    [{ status: 400, ...answered('INS-1') }, 'unknown_code'],
    [{ status: 408, ...answered('INS-9') }, 'unknown_code'],
    [{ status: 409, ...answered('INS-10') }, 'unknown_code'],
    [{ status: 400, ...answered('INS-23') }, 'unknown_code'],
    [{ status: 400, ...answered('INS-31337') }, 'unknown_code'],
    [{ status: 500, ...answered('INS-1') }, 'server_error'],
    [{ status: 502, text: '<html>', contentType: 'text/html' }, 'server_error'],
    [{ body: [] }, 'unreadable_answer'],
    [{ fault: 'hang' as const }, 'no_answer'],
  ])('does not know after %j, and does not ask again', async (answer, reason) => {
    const { provider } = tanzania({ timeoutMs: 150 });
    fake.on(PAY, answer);
    expect(await provider.initiate(attemptOf(), NONE)).toMatchObject({ status: 'unknown', reason });
    expect(fake.asked(PAY)).toHaveLength(1);
  });
});

describe('the session', () => {
  it('that is too young is kept, one that has ended is made anew; the payment is to be tried later', async () => {
    const { provider, clock } = tanzania();
    fake.on(PAY, { status: 401, body: { output_error: 'Unauthorised' } });
    const later = { status: 'rejected', code: 'provider_unavailable', retryable: true };
    expect(await provider.initiate(attemptOf(), NONE)).toMatchObject(later);
    expect(await provider.initiate(attemptOf(), NONE)).toMatchObject(later);
    expect(fake.asked(SESSION)).toHaveLength(1);
    clock.advance(5 * 60_000);
    expect(await provider.initiate(attemptOf(), NONE)).toMatchObject(later);
    await provider.initiate(attemptOf(), NONE);
    expect(fake.asked(SESSION)).toHaveLength(2);
  });

  it('not to be had is a refusal', async () => {
    const { provider } = tanzania();
    fake.on(SESSION, { status: 401, body: { output_error: 'Invalid API key' } });
    expect(await provider.initiate(attemptOf(), NONE)).toMatchObject({
      status: 'rejected',
      code: 'configuration_error',
    });
    fake.on(SESSION, { status: 500 });
    expect(await provider.initiate(attemptOf(), NONE)).toMatchObject({ status: 'rejected', retryable: true });
  });
});

describe('how an attempt stands', () => {
  it('is asked by our own id', async () => {
    const { provider } = tanzania();
    const attempt = attemptOf();
    fake.on(
      STATUS,
      answered('INS-0', { output_ResponseTransactionStatus: 'Completed', output_OriginalTransactionID: 'hv9' }),
    );
    expect(await provider.fetchStatus(attempt, NONE)).toMatchObject({
      outcome: 'succeeded',
      receipt: 'hv9',
      amountMinor: null,
    });
    const query = new URL(fake.asked(STATUS)[0]?.path ?? '', fake.origin).searchParams;
    expect(query.get('input_QueryReference')).toBe(attempt.reference.replaceAll('-', ''));
    expect(query.get('input_ThirdPartyConversationID')).toMatch(/^[0-9a-f]{32}$/);
    expect(query.get('input_Country')).toBe('TZN');
  });

  it.each([
    ['INS-0', { output_ResponseTransactionStatus: 'Pending' }, 'pending', null],
    ['INS-0', { output_ResponseTransactionStatus: 'Failed' }, 'failed', 'declined'],
    ['INS-0', { output_ResponseTransactionStatus: 'Cancelled' }, 'failed', 'cancelled'],
    ['INS-0', { output_ResponseTransactionStatus: 'Expired' }, 'failed', 'expired'],
    ['INS-0', { output_ResponseTransactionStatus: 'Completed', output_Reversed: 'true' }, 'failed', 'provider_error'],
    ['INS-0', { output_ResponseTransactionStatus: 'N/A' }, 'unknown', null],
    ['INS-0', {}, 'unknown', null],
    ['INS-6', { output_ResponseTransactionStatus: 'Completed' }, 'unknown', null],
    ['INS-2006', {}, 'unknown', null],
  ])('%s %j is %s', async (code, given, outcome, ours) => {
    const { provider } = tanzania();
    fake.on(STATUS, answered(code, given));
    expect(await provider.fetchStatus(attemptOf(), NONE)).toMatchObject({ outcome, code: ours });
  });

  it('unknown after HTML, 5xx and silence', async () => {
    const { provider } = tanzania({ timeoutMs: 150 });
    for (const answer of [{ text: '<html>' }, { status: 503 }, { fault: 'hang' as const }]) {
      fake.on(STATUS, answer);
      expect(await provider.fetchStatus(attemptOf(), NONE)).toMatchObject({ outcome: 'unknown', code: null });
    }
  });
});

describe('the callback', () => {
  const result = (reference: string, input_ResultCode: string) => ({
    input_OriginalConversationID: 'c0ffee',
    input_TransactionID: 'hv9',
    input_ResultCode,
    input_ResultDesc: 'd',
    input_ThirdPartyConversationID: reference.replaceAll('-', ''),
  });

  it('names our reference, and is answered as the portal says', () => {
    const { reference } = attemptOf();
    const callback = tanzania().provider.parseCallback(
      aCallback(result(reference, 'INS-0'), { path: '/callbacks/vodacom-tz' }),
    );
    expect(callback).toMatchObject({
      kind: 'observation',
      reference,
      observation: { outcome: 'succeeded', receipt: 'hv9', amountMinor: null, source: 'callback' },
      acknowledgement: {
        output_OriginalConversationID: 'c0ffee',
        output_ResponseCode: '0',
        output_ThirdPartyConversationID: reference.replaceAll('-', ''),
      },
    });
  });

  it.each([
    ['INS-2006', 'failed', 'insufficient_funds'],
    ['INS-1', 'unknown', null],
    ['INS-424242', 'unknown', null],
  ])('%s is %s', (code, outcome, ours) => {
    const callback = tanzania().provider.parseCallback(aCallback(result(attemptOf().reference, code)));
    expect(callback).toMatchObject({ observation: { outcome, code: ours } });
  });

  it.each(['', '<html>', '{}', '{"input_ResultCode":"INS-0"}'])('is ignored when it is %j', (body) => {
    expect(tanzania().provider.parseCallback(aCallback(body))).toMatchObject({ kind: 'ignore' });
  });
});
