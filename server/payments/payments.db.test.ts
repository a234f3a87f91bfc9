import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { formatId } from '@/contracts/ids';
import { makeTestDatabase } from '@/db/testing';
import type { NewClient } from '@/server/clients/create-client';
import { type ApiHarness, openTestApi } from '@/server/http/testing';
import { fixedClock } from '@/server/kernel/clock';
import { proveBooks } from '@/server/ledger/books/prove';
import type { Observation } from '@/server/providers/provider';
import { makeOperator } from '@/server/staff/testing';
import { makeService } from '@/server/transactions/testing';
import { processInbox } from './inbox';
import type { Payment } from './payment-row';
import { pollDue } from './poll';
import { postMoney } from './post-money';
import { loadPayment } from './read';
import { jobMover } from './services';
import { installTestPorts, ScriptedProvider, type TestPorts } from './testing';

const START = Date.UTC(2026, 5, 6, 12);
const clock = fixedClock(START);
const SAMPLE = {
  amount: 80,
  currency: 'GHS',
  phone: '233200000000',
  provider: 'TELECEL',
  description: 'Union Dues',
};

let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let api: ApiHarness;
let provider: ScriptedProvider;
let ports: TestPorts;
let client: NewClient;
let n = 0;

beforeAll(async () => {
  database = await makeTestDatabase();
  api = await openTestApi(database, { clock });
});
afterAll(async () => {
  await api.close();
  await database.close();
});
beforeEach(async () => {
  clock.set(START);
  use(new ScriptedProvider());
  client = await api.newClient();
});

function use(next: ScriptedProvider): void {
  provider = next;
  ports = installTestPorts(database.db, provider);
}

const services = () => ({ db: database.db, ledger: api.ledger, clock });
const call = (method: string, path: string, body?: unknown) => api.call(method, path, client.secret, body);
const reference = () => `ref${++n}`;
const receive = (named: string, body: object = {}) =>
  call('POST', '/v1/payments/receive', { ...SAMPLE, metadata: { clientReference: named }, ...body });
const status = async (named: string) => (await call('GET', `/v1/payments/${named}`)).body.data;
const details = async (named: string) => (await call('GET', `/v1/payments/${named}/details`)).body;
const paid = (given: Partial<Observation> = {}): Partial<Observation> => ({
  outcome: 'succeeded',
  receipt: '2116938399',
  currency: 'GHS',
  ...given,
});
const poll = async (ms: number) => {
  clock.advance(ms);
  await pollDue(services());
};
const charge = async (feeBearer: 'client' | 'customer', terms: object = {}) => {
  const code = await makeService(api, database.db, client.testTenantId, {
    hasFee: true,
    fee: { type: 'FIXED', amount: '0.05' },
    feeBearer,
    ...terms,
  });
  expect((await call('PATCH', '/v1/collection_policy', { client_service_code: code })).status).toBe(200);
};
const sendCallback = async (body: object | string, token = tokenOf(), method = 'POST') =>
  api.app.request(`/callbacks/${provider.name}/${token}`, {
    method,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const tokenOf = () => provider.initiated.at(-1)?.callbackUrl.split('/').at(-1) ?? '';
/** What a request began to look at goes on beside it: leases are over after two minutes, then the job has it. */
const settle = async () => {
  clock.advance(121_000);
  await processInbox(services());
};
const balances = async (): Promise<Record<string, string>> => {
  const { rows } = await database.db.pool.query<{ type: string; balance_minor: string }>(
    'select type, balance_minor from accounts where tenant_id = $1 and balance_minor <> 0',
    [client.testTenantId],
  );
  return Object.fromEntries(rows.map((row) => [row.type, row.balance_minor]));
};
const wholeBooks = async () => expect((await proveBooks(database.db.pool)).findings).toEqual([]);
const aWallet = async (): Promise<string> =>
  (await call('POST', '/v1/wallets', { customer_id: `cus_${++n}`, currency: 'GHS' })).body.id;
const credits = async (named: string): Promise<number> => {
  const { id } = await details(named);
  const { rows } = await database.db.pool.query(
    `select from journals where tenant_id = $1 and reference = $2 and operation = 'payment'`,
    [client.testTenantId, id],
  );
  return rows.length;
};

async function loadByReference(named: string): Promise<Payment> {
  const { rows } = await database.db.pool.query<{ id: string }>(
    'select id from payments where tenant_id = $1 and reference = $2',
    [client.testTenantId, named],
  );
  const payment = await loadPayment(database.db.pool, client.testTenantId, rows[0]?.id ?? '0');
  if (payment === null) throw new Error(`no payment ${named}`);
  return payment;
}

describe('the document', () => {
  test('asked, paid, told: the merchant bears, so 80 are charged and 75 are left', async () => {
    await charge('client');
    const asked = await receive('3jL2KlUy3vt21');
    expect(asked.status).toBe(200);
    expect(asked.body).toEqual({
      success: true,
      message: 'Transaction pending. Expect callback request for final state',
      responseCode: '0001',
      data: {
        id: expect.stringMatching(/^pay_[0-9a-f]{32}$/),
        reference: '3jL2KlUy3vt21',
        status: 'PROCESSING',
        amount: 80,
        currency: 'GHS',
        phone: '233200000000',
        provider: 'TELECEL',
        description: 'Union Dues',
        createdAt: '2026-06-06T12:00:00Z',
        feeBearer: 'client',
        netAmount: 75,
        amountCharged: 80,
      },
    });
    const hex: string = asked.body.data.id.slice(4);
    expect((await call('GET', '/v1/payments/3jL2KlUy3vt21')).body).toMatchObject({
      message: 'Successful',
      responseCode: '0000',
      data: {
        date: '2026-06-06T12:00:00Z',
        status: 'Unpaid',
        transactionId: hex,
        externalTransactionId: null,
        paymentMethod: 'mobilemoney',
        clientReference: '3jL2KlUy3vt21',
        currencyCode: 'GHS',
        amount: 80,
        charges: 0,
        amountAfterCharges: 80,
        isFulfilled: null,
      },
    });
    provider.truth = () => paid({ amountMinor: 80n, occurredAtMs: START + 44_000 });
    await poll(60_000);
    for (const named of ['3jL2KlUy3vt21', `pay_${hex}`, hex]) {
      expect(await status(named)).toMatchObject({
        date: '2026-06-06T12:00:44Z',
        status: 'Paid',
        transactionId: hex,
        externalTransactionId: '2116938399',
        amount: 80,
        charges: 5,
        amountAfterCharges: 75,
        isFulfilled: true,
      });
    }
    expect(await balances()).toEqual({
      PROVIDER_CLEARING: '-80',
      AVAILABLE_COLLECTIONS: '75',
      COMMISSION_ACCOUNT: '5',
    });
    await wholeBooks();
  });

  test('callbacks as the samples have them: the customer bears, so 85 are charged and 80 are left', async () => {
    await charge('customer');
    await call('PATCH', '/v1/collection_policy', { callback_url: 'https://example.com/callback' });
    const { body } = await receive('3jL2KlUy3vt21');
    expect(provider.initiated[0]?.amountMinor).toBe(85n);
    const hex: string = body.data.id.slice(4);
    provider.truth = () => paid({ amountMinor: 85n, occurredAtMs: START + 44_000 });
    await poll(60_000);
    expect(ports.called.map(({ url, type, body: sent }) => ({ url, type, sent }))).toEqual([
      {
        url: 'https://example.com/callback',
        type: 'payment.succeeded',
        sent: JSON.stringify({
          ResponseCode: '0000',
          Message: 'success',
          Data: {
            Amount: 80,
            Charges: 5,
            AmountAfterCharges: 80,
            Description: 'The Telecel Cash payment has been approved and processed successfully',
            ClientReference: '3jL2KlUy3vt21',
            TransactionId: hex,
            ExternalTransactionId: '2116938399',
            AmountCharged: 85,
            OrderId: hex,
            PaymentDate: '2026-06-06T12:00:44Z',
          },
        }),
      },
    ]);
    expect(await balances()).toEqual({
      PROVIDER_CLEARING: '-85',
      AVAILABLE_COLLECTIONS: '80',
      COMMISSION_ACCOUNT: '5',
    });

    const failing = reference();
    await receive(failing, { callbackUrl: 'https://example.com/this-one' });
    provider.truth = () => ({ outcome: 'failed', code: 'wrong_pin', receipt: '2116938399' });
    await poll(60_000);
    const last = ports.called.at(-1);
    expect(last?.url).toBe('https://example.com/this-one');
    expect(JSON.parse(last?.body ?? '')).toMatchObject({
      ResponseCode: '2001',
      Message: 'failed',
      Data: {
        Amount: 80,
        Charges: 5,
        AmountAfterCharges: 80,
        AmountCharged: 85,
        Description: 'FAILED: User entered wrong PIN',
      },
    });
    expect(await status(failing)).toMatchObject({
      status: 'Unpaid',
      paymentStatus: 'failed',
      isFinal: true,
      failureCode: 'wrong_pin',
    });
    await wholeBooks();
  });
});

describe('a request', () => {
  test('with a reference that was there prompts nobody; with another amount it is refused', async () => {
    const named = reference();
    const first = await receive(named);
    const again = await receive(named);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(provider.initiated).toHaveLength(1);
    const other = await receive(named, { amount: 81 });
    expect(other).toMatchObject({ status: 409, body: { success: false, responseCode: '4000' } });
  });

  test('twenty at once with one reference prompt once', async () => {
    const named = reference();
    const answers = await Promise.all(Array.from({ length: 20 }, () => receive(named)));
    expect(new Set(answers.map(({ status: code }) => code))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ body }) => body.data.id)).size).toBe(1);
    expect(provider.initiated).toHaveLength(1);
  });

  test('with an Idempotency-Key and no reference is one payment', async () => {
    const send = () =>
      api.call('POST', '/v1/payments/receive', client.secret, SAMPLE, { 'Idempotency-Key': 'once-and-no-more' });
    const [first, second] = [await send(), await send()];
    expect(second.body).toEqual(first.body);
    expect(provider.initiated).toHaveLength(1);
  });

  test.each([
    ['amount', { amount: 80.5 }],
    ['amount', { amount: 0 }],
    ['amount', { amount: '80' }],
    ['provider', { provider: 'VODAFONE' }],
    ['currency', { currency: 'KES' }],
    ['phone', { phone: '254712345678' }],
    ['phone', { phone: '233241234567' }],
    ['phone', { phone: '0200000000' }],
    ['provider', { provider: 'MPESA', currency: 'KES', phone: '254712345678', amount: 80, description: undefined }],
    ['callbackUrl', { callbackUrl: 'http://169.254.169.254/latest' }],
    ['metadata', { metadata: { clientReference: 'two words' } }],
    ['amuont', { amuont: 80 }],
  ])('with a bad %s is refused by its name, and nobody is prompted', async (field, body) => {
    const answer = await call('POST', '/v1/payments/receive', { ...SAMPLE, ...body });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ success: false, responseCode: '4000', message: expect.any(String) });
    if (field !== 'provider' || ('provider' in body && body.provider === 'VODAFONE'))
      expect(answer.body.errors).toContainEqual({ field, message: expect.any(String) });
    expect(provider.initiated).toEqual([]);
  });

  test('in lower-case currency, without one, and with a plus', async () => {
    for (const body of [{ currency: 'ghs' }, { currency: undefined }, { phone: '+233200000000' }]) {
      const { body: answer } = await receive(reference(), body);
      expect(answer.data).toMatchObject({ currency: 'GHS', phone: '233200000000' });
    }
  });

  test('under the gateway’s bounds, or under its charges, is 4070', async () => {
    await charge('client', { fee: { type: 'FIXED', amount: '1' } });
    expect(await receive(reference())).toMatchObject({ status: 422, body: { responseCode: '4070' } });
    await charge('client', { minimumAmount: '5' });
    expect(await receive(reference())).toMatchObject({ status: 422, body: { responseCode: '4070' } });
    expect(provider.initiated).toEqual([]);
  });

  test('that the provider refuses at once is 4070, and 4103 where the payer may not', async () => {
    provider.answer = () => ({
      status: 'rejected',
      code: 'limit_reached',
      providerCode: 'X',
      message: 'no',
      retryable: false,
    });
    const declined = reference();
    expect(await receive(declined)).toMatchObject({ status: 422, body: { success: false, responseCode: '4070' } });
    expect(await receive(declined)).toMatchObject({ status: 422, body: { responseCode: '4070' } });
    expect(provider.initiated).toHaveLength(1);
    expect(await status(declined)).toMatchObject({ paymentStatus: 'failed', failureCode: 'limit_reached' });
    provider.answer = () => ({
      status: 'rejected',
      code: 'payer_not_allowed',
      providerCode: 'X',
      message: 'no',
      retryable: false,
    });
    expect(await receive(reference())).toMatchObject({ status: 403, body: { responseCode: '4103' } });
  });

  test('while the provider is down is told so at once', async () => {
    provider.isUp = false;
    expect(await receive(reference())).toMatchObject({ status: 422, body: { responseCode: '4070' } });
    expect(provider.initiated).toEqual([]);
  });

  test('of somebody else’s payment finds nothing', async () => {
    const { body } = await receive(reference());
    const stranger = await api.newClient();
    for (const named of [body.data.id, body.data.reference])
      expect((await api.call('GET', `/v1/payments/${named}`, stranger.secret)).status).toBe(404);
  });

  test('lists, by status', async () => {
    const named = reference();
    await receive(named);
    const pending = await call('GET', '/v1/payments?status=pending');
    expect(pending.body.data).toMatchObject([{ object: 'payment', reference: named, status: 'pending' }]);
    expect((await call('GET', '/v1/payments?status=succeeded')).body.data).toEqual([]);
  });

  test('to cancel says that a sent prompt cannot be withdrawn', async () => {
    const named = reference();
    await receive(named);
    expect(await call('POST', `/v1/payments/${named}/cancel`, {})).toMatchObject({
      status: 409,
      body: { success: false, responseCode: '4000' },
    });
  });
});

describe('who may be asked', () => {
  const from = (peer: string, body: object = {}) =>
    api.app.request(
      '/v1/payments/receive',
      {
        method: 'POST',
        headers: { Authorization: `Bearer ${client.secret}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ ...SAMPLE, ...body }),
      },
      { peer },
    );
  const addresses = (list: string[]) =>
    call('PUT', `/v1/api_keys/${formatId('key', client.keyId)}/allowed_ips`, { allowed_ips: list });

  test('from the key’s addresses alone, four at the most, whatever a header says', async () => {
    expect((await addresses(['203.0.113.9', '2001:db8::1'])).body.allowed_ips).toEqual(['203.0.113.9', '2001:db8::1']);
    expect((await from('203.0.113.9')).status).toBe(200);
    expect((await from('::ffff:203.0.113.9')).status).toBe(200);
    const refused = await from('203.0.113.10');
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ success: false, responseCode: '4101', errors: [] });
    expect((await addresses(['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4', '10.0.0.5'])).status).toBe(400);
    expect((await addresses(['10.0.0.0/8'])).status).toBe(400);
    expect((await from('203.0.113.9')).status).toBe(200);
  });

  test('a live key without addresses prompts nobody', async () => {
    client = await api.newClient({ keyMode: 'live' });
    const refused = await from('203.0.113.9');
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ responseCode: '4101' });
    expect(provider.initiated).toEqual([]);
  });

  test('a key without the scope is 4101', async () => {
    client = await api.newClient({ scopes: ['wallets:write'] });
    expect(await receive(reference())).toMatchObject({ status: 403, body: { responseCode: '4101' } });
    client = await api.newClient({ scopes: ['mobilemoney-receive-direct'] });
    const named = reference();
    expect((await receive(named)).status).toBe(200);
    expect((await call('GET', `/v1/payments/${named}`)).status).toBe(200);
    expect((await api.call('POST', '/v1/payments/receive', 'sec_test_nope', SAMPLE)).body).toMatchObject({
      success: false,
      responseCode: '4101',
    });
  });

  test('locked: only the customer’s registered phone', async () => {
    await call('PATCH', '/v1/collection_policy', { phone_policy: 'locked' });
    await call('POST', '/v1/customers', { id: 'cus_locked', phone: '+233200000000' });
    expect(await receive(reference())).toMatchObject({ status: 400, body: { errors: [{ field: 'customerId' }] } });
    expect((await receive(reference(), { customerId: 'cus_locked' })).status).toBe(200);
    const other = await receive(reference(), { customerId: 'cus_locked', phone: '233200000001' });
    expect(other).toMatchObject({ status: 400, body: { errors: [{ field: 'phone' }] } });
    expect(provider.initiated).toHaveLength(1);
  });

  test('otp: a code from the phone, once, five tries, ten minutes', async () => {
    await call('PATCH', '/v1/collection_policy', { phone_policy: 'otp' });
    expect(await receive(reference())).toMatchObject({ status: 400, body: { errors: [{ field: 'otpToken' }] } });
    const send = async (): Promise<string> =>
      (await call('POST', '/v1/payments/otp', { phone: '233200000000' })).body.data.code;
    const verify = (code: string) => call('POST', '/v1/payments/otp/verify', { phone: '233200000000', code });
    const wrong = (code: string) => (code === '000000' ? '000001' : '000000');

    const code = await send();
    expect(code).toMatch(/^[0-9]{6}$/);
    expect(await verify(wrong(code))).toMatchObject({ status: 400, body: { responseCode: '4000' } });
    const token = (await verify(code)).body.data.otpToken;
    expect((await verify(code)).status).toBe(400);
    expect((await receive(reference(), { otpToken: token, phone: '233200000001' })).status).toBe(400);
    expect((await receive(reference(), { otpToken: token })).status).toBe(200);
    expect((await receive(reference(), { otpToken: token })).status).toBe(400);

    const guessed = await send();
    await Promise.all(Array.from({ length: 10 }, () => verify(wrong(guessed))));
    expect((await verify(guessed)).status).toBe(400);
    const late = await send();
    clock.advance(600_000);
    expect((await verify(late)).status).toBe(400);
    const { rows } = await database.db.pool.query<{ code_hash: Buffer }>('select code_hash from payment_otps');
    expect(rows.every((row) => row.code_hash.length === 32)).toBe(true);
  });

  test('off is for test books', async () => {
    client = await api.newClient({ keyMode: 'live' });
    expect((await call('GET', '/v1/collection_policy')).body.phone_policy).toBe('locked');
    expect((await call('PATCH', '/v1/collection_policy', { phone_policy: 'off' })).status).toBe(400);
  });

  test('so many prompts for a phone in an hour and no more, also at once', async () => {
    await call('PATCH', '/v1/collection_policy', { prompts_per_phone_hour: 3 });
    const answers = await Promise.all(Array.from({ length: 9 }, () => receive(reference())));
    expect(answers.filter(({ status: code }) => code === 200)).toHaveLength(3);
    expect(answers.find(({ status: code }) => code !== 200)).toMatchObject({
      status: 422,
      body: { responseCode: '4070' },
    });
    expect(provider.initiated).toHaveLength(3);
    clock.advance(3_600_000);
    expect((await receive(reference())).status).toBe(200);
  });
});

describe('the truth', () => {
  test('is asked for on the schedule, and after a day by nobody but a person', async () => {
    const named = reference();
    await receive(named);
    provider.truth = () => ({ outcome: 'unknown' });
    for (let hour = 0; hour < 30; hour++) await poll(3_600_000);
    expect(await status(named)).toMatchObject({ paymentStatus: 'in_reconciliation', failureCode: 'truth_unknown' });
    const asked = provider.asked.length;
    expect(asked).toBeGreaterThan(5);
    await poll(3_600_000);
    expect(provider.asked).toHaveLength(asked);
    expect((await call('GET', '/v1/payments?status=in_reconciliation')).body.data).toHaveLength(1);
    await wholeBooks();
  });

  test('an ignored prompt expires by the provider’s word, is asked about on, and may still be paid', async () => {
    const named = reference();
    await receive(named);
    await poll(300_000);
    expect(await status(named)).toMatchObject({ paymentStatus: 'pending' });
    await poll(300_000);
    expect(await status(named)).toMatchObject({ paymentStatus: 'expired', isFinal: false, failureCode: 'expired' });
    provider.truth = () => paid({ amountMinor: 80n });
    await poll(7_200_000);
    expect(await status(named)).toMatchObject({ paymentStatus: 'succeeded', status: 'Paid', failureCode: null });
    expect((await details(named)).timeline.map((line: { cause: string }) => line.cause)).toContain('late_success');
    expect(await credits(named)).toBe(1);
    await wholeBooks();
  });

  test('a callback is a hint: it is asked, and asked about once', async () => {
    const named = reference();
    await receive(named);
    const message = { outcome: 'succeeded', amountMinor: '80', currency: 'GHS' };
    const answers = await Promise.all(Array.from({ length: 5 }, () => sendCallback(message)));
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200]);
    expect(await answers[0]?.json()).toEqual({ ok: 1 });
    await settle();
    expect(await status(named)).toMatchObject({ paymentStatus: 'pending' });
    const { rows } = await database.db.pool.query('select status from provider_inbox where tenant_id = $1', [
      client.testTenantId,
    ]);
    expect(rows).toEqual([{ status: 'processed' }]);
    provider.truth = () => paid({ amountMinor: 80n });
    await sendCallback({ ...message, again: 1 }, tokenOf(), 'PUT');
    await settle();
    expect(await status(named)).toMatchObject({ paymentStatus: 'succeeded' });
    await wholeBooks();
  });

  test('forged, foreign and unreadable callbacks credit nothing and are kept', async () => {
    use(new ScriptedProvider('daraja'));
    const named = reference();
    await receive(named, { provider: 'MPESA', currency: 'KES', phone: '254712345678' });
    const token = tokenOf();
    const success = { outcome: 'succeeded', amountMinor: '80', currency: 'KES', phone: '254712345678' };
    expect((await sendCallback({ ...success, forged: true })).status).toBe(401);
    expect((await sendCallback(success, 'x'.repeat(43))).status).toBe(200);
    expect((await sendCallback('<html>', token)).status).toBe(200);
    expect((await sendCallback({ ...success, reference: 'another' }, token)).status).toBe(200);
    expect((await api.app.request('/callbacks/nobody/abc', { method: 'POST', body: '{}' })).status).toBe(404);
    await settle();
    expect(await status(named)).toMatchObject({ paymentStatus: 'pending' });
    const { rows } = await database.db.pool.query<{ status: string; path: string }>(
      `select status, path from provider_inbox where provider = 'daraja' order by id`,
    );
    expect(rows.map((row) => row.status)).toEqual(['forged', 'unmatched', 'ignored', 'forged']);
    expect(rows.every((row) => !row.path.includes(token))).toBe(true);
    expect(await balances()).toEqual({});
    await sendCallback(success, token);
    await settle();
    expect(await status(named)).toMatchObject({ paymentStatus: 'succeeded' });
    await wholeBooks();
  });

  test.each([
    ['amount_mismatch', { amountMinor: 79n }, 'GHS'],
    ['currency_mismatch', { amountMinor: 80n, currency: 'KES' }, 'KES'],
    ['phone_mismatch', { amountMinor: 80n, phone: '233209999999' }, 'GHS'],
  ])('%s: in suspense, nothing credited, seen by a person', async (failure, said, currency) => {
    const named = reference();
    await receive(named);
    provider.truth = () => paid(said);
    await poll(60_000);
    expect(await status(named)).toMatchObject({
      status: 'Unpaid',
      paymentStatus: 'in_reconciliation',
      failureCode: failure,
    });
    expect(await balances()).toEqual({
      SUSPENSE: String(said.amountMinor),
      PROVIDER_CLEARING: String(-said.amountMinor),
    });
    const { rows } = await database.db.pool.query(
      `select type from events where tenant_id = $1 and type = 'payment.amount_mismatch'`,
      [client.testTenantId],
    );
    expect(rows).toHaveLength(1);
    expect(currency).toHaveLength(3);
    provider.truth = () => paid({ amountMinor: 80n });
    await sendCallback({ outcome: 'succeeded', amountMinor: '80' });
    await settle();
    expect((await balances())['AVAILABLE_COLLECTIONS']).toBeUndefined();
    await wholeBooks();
  });

  test('silence to an initiation: the same reference again where the provider takes it, never where it does not', async () => {
    provider.answer = () => ({ status: 'unknown', reason: 'no_answer', providerCode: null, message: 'timeout' });
    const named = reference();
    expect((await receive(named)).body.responseCode).toBe('0001');
    expect(await status(named)).toMatchObject({ paymentStatus: 'submitting' });
    provider.answer = null;
    await poll(61_000);
    expect(provider.initiated.map((attempt) => attempt.reference)).toHaveLength(2);
    expect(new Set(provider.initiated.map((attempt) => attempt.reference)).size).toBe(1);
    expect(await status(named)).toMatchObject({ paymentStatus: 'pending' });

    use(new ScriptedProvider('daraja'));
    provider.answer = () => ({ status: 'unknown', reason: 'no_answer', providerCode: null, message: 'timeout' });
    provider.truth = () => ({ outcome: 'unknown' });
    const shilling = reference();
    await receive(shilling, { provider: 'MPESA', currency: 'KES', phone: '254712345678' });
    await poll(61_000);
    await poll(3_600_000);
    expect(provider.initiated).toHaveLength(1);
    expect(await status(shilling)).toMatchObject({ paymentStatus: 'in_reconciliation' });
    await sendCallback({ outcome: 'succeeded', amountMinor: '80', currency: 'KES', phone: '254712345678' });
    await settle();
    expect(await status(shilling)).toMatchObject({ paymentStatus: 'succeeded' });
    expect(await credits(shilling)).toBe(1);
    await wholeBooks();
  });

  test('a worker that died after the books and before the row is made good by the next question', async () => {
    const named = reference();
    await receive(named);
    provider.truth = () => paid({ amountMinor: 80n });
    const payment = await loadByReference(named);
    await postMoney(services(), payment, { kind: 'credit' }, jobMover(api.ledger));
    expect(await status(named)).toMatchObject({ paymentStatus: 'pending' });
    await poll(60_000);
    expect(await status(named)).toMatchObject({ paymentStatus: 'succeeded' });
    expect(await credits(named)).toBe(1);
    await wholeBooks();
  });

  test('and then a failure comes first: nothing is called unpaid that the books hold', async () => {
    use(new ScriptedProvider('mtn-momo', { callbackTrust: 'checked' }));
    const named = reference();
    await receive(named);
    await postMoney(services(), await loadByReference(named), { kind: 'credit' }, jobMover(api.ledger));
    await sendCallback({ outcome: 'failed', code: 'wrong_pin' });
    await settle();
    expect(await status(named)).not.toMatchObject({ paymentStatus: 'failed' });
    provider.truth = () => paid({ amountMinor: 80n });
    await poll(60_000);
    expect(await status(named)).toMatchObject({ paymentStatus: 'succeeded' });
    await wholeBooks();
  });

  test('ten workers and ten callbacks at once: one credit', async () => {
    use(new ScriptedProvider('mtn-momo', { callbackTrust: 'checked' }));
    const named = reference();
    await receive(named);
    provider.truth = () => paid({ amountMinor: 80n });
    clock.advance(60_000);
    await Promise.all([
      ...Array.from({ length: 10 }, () => pollDue(services())),
      ...Array.from({ length: 10 }, (_, i) =>
        sendCallback({ outcome: 'succeeded', amountMinor: '80', phone: '233200000000', copy: i }),
      ),
    ]);
    await settle();
    expect(await status(named)).toMatchObject({ paymentStatus: 'succeeded' });
    expect(await credits(named)).toBe(1);
    const { rows } = await database.db.pool.query(
      `select from events where tenant_id = $1 and type = 'payment.succeeded'`,
      [client.testTenantId],
    );
    expect(rows).toHaveLength(1);
    await wholeBooks();
  });
});

describe('a wallet', () => {
  test('is credited with what was asked for; the fee is the collections’', async () => {
    await charge('client');
    const walletId = await aWallet();
    const named = reference();
    await receive(named, { walletId });
    provider.truth = () => paid({ amountMinor: 80n });
    await poll(60_000);
    expect((await call('GET', `/v1/wallets/${walletId}`)).body).toMatchObject({ balance: 80 });
    const listed = (await call('GET', `/v1/wallets/${walletId}/transactions?type=topup`)).body.data;
    expect(listed).toMatchObject([{ type: 'topup', amount: 80, fee: 5 }]);
    expect((await details(named)).transaction_id).toBe(listed[0].id);
    expect((await call('POST', `/v1/transactions/${listed[0].id}/reverse`, { reason: 'No' })).status).toBe(409);
    expect(await balances()).toEqual({
      CUSTOMER_WALLET: '80',
      AVAILABLE_COLLECTIONS: '-5',
      COMMISSION_ACCOUNT: '5',
      PROVIDER_CLEARING: '-80',
    });
    await wholeBooks();
  });

  test('that was closed since is owed the money', async () => {
    const walletId = await aWallet();
    const named = reference();
    await receive(named, { walletId });
    await call('POST', `/v1/wallets/${walletId}/close`, {});
    provider.truth = () => paid({ amountMinor: 80n });
    await poll(60_000);
    expect(await status(named)).toMatchObject({ paymentStatus: 'succeeded' });
    expect(await balances()).toEqual({ REFUNDS_DUE: '80', PROVIDER_CLEARING: '-80' });
    expect((await call('GET', `/v1/wallets/${walletId}`)).body).toMatchObject({ status: 'closed', refund_due: 80 });
    await wholeBooks();
  });

  test('of another customer, currency or client is refused', async () => {
    const walletId = await aWallet();
    const stranger = client;
    expect((await receive(reference(), { walletId, customerId: 'cus_other' })).status).toBe(404);
    client = await api.newClient();
    expect((await receive(reference(), { walletId })).status).toBe(404);
    client = stranger;
    await call('POST', `/v1/wallets/${walletId}/close`, {});
    expect((await receive(reference(), { walletId })).status).toBe(409);
  });

  test('pays back what its provider takes back, below zero if it must', async () => {
    await charge('customer');
    const walletId = await aWallet();
    const named = reference();
    await receive(named, { walletId });
    provider.truth = () => paid({ amountMinor: 85n });
    await poll(60_000);
    await call('POST', `/v1/wallets/${walletId}/debit`, { amount: 70, description: 'Spent', reference: 'spent' });
    provider.truth = () => ({ outcome: 'failed', isReversed: true });
    for (const copy of [1, 2, 3]) await sendCallback({ outcome: 'failed', isReversed: true, copy });
    await settle();
    expect(await status(named)).toMatchObject({ paymentStatus: 'reversed', status: 'Refunded' });
    expect((await call('GET', `/v1/wallets/${walletId}`)).body).toMatchObject({ balance: -70 });
    expect(await balances()).toEqual({
      CUSTOMER_WALLET: '-70',
      AVAILABLE_COLLECTIONS: '65',
      COMMISSION_ACCOUNT: '5',
    });
    provider.truth = () => paid({ amountMinor: 85n });
    await sendCallback({ outcome: 'succeeded', amountMinor: '85' });
    await settle();
    expect(await status(named)).toMatchObject({ paymentStatus: 'reversed' });
    await wholeBooks();
  });
});

describe('a person', () => {
  /** The operator's own, on the client's books. */
  const resolve = async (named: string, verdict: 'paid' | 'unpaid') =>
    api.call(
      'POST',
      `/v1/payments/${named}/resolve`,
      (await makeOperator(api.services)).token,
      { verdict, receipt: 'R-77', reason: 'On the statement' },
      { 'Pesewa-Client': client.code },
    );

  test('says paid of what nobody knew: credited once, whatever the provider says later', async () => {
    const named = reference();
    await receive(named);
    provider.truth = () => ({ outcome: 'unknown' });
    await poll(86_400_000);
    expect(await status(named)).toMatchObject({ paymentStatus: 'in_reconciliation' });
    expect(await resolve(named, 'paid')).toMatchObject({ status: 200, body: { data: { paymentStatus: 'succeeded' } } });
    expect((await resolve(named, 'paid')).status).toBe(409);
    provider.truth = () => paid({ amountMinor: 80n });
    await sendCallback({ outcome: 'succeeded', amountMinor: '80' });
    await settle();
    expect(await balances()).toEqual({ AVAILABLE_COLLECTIONS: '80', PROVIDER_CLEARING: '-80' });
    await wholeBooks();
  });

  test('says unpaid, and a late success is credited all the same', async () => {
    const named = reference();
    await receive(named);
    provider.truth = () => ({ outcome: 'unknown' });
    await poll(86_400_000);
    expect((await resolve(named, 'unpaid')).status).toBe(200);
    expect(await status(named)).toMatchObject({ paymentStatus: 'failed', failureCode: 'written_off' });
    provider.truth = () => paid({ amountMinor: 80n });
    await sendCallback({ outcome: 'succeeded', amountMinor: '80' });
    await settle();
    expect(await status(named)).toMatchObject({ paymentStatus: 'succeeded' });
    expect(await credits(named)).toBe(1);
    await wholeBooks();
  });

  test('credits out of suspense what came, or gives it back; both for good', async () => {
    const walletId = await aWallet();
    for (const verdict of ['paid', 'unpaid'] as const) {
      const named = reference();
      await receive(named, { walletId });
      provider.truth = () => paid({ amountMinor: 79n });
      await poll(60_000);
      expect(await status(named)).toMatchObject({ paymentStatus: 'in_reconciliation' });
      const answers = await Promise.all([resolve(named, verdict), resolve(named, verdict)]);
      expect(answers.map(({ status: code }) => code).sort()).toEqual([200, 409]);
      provider.truth = () => paid({ amountMinor: 80n });
      await sendCallback({ outcome: 'succeeded', amountMinor: '80' });
      await settle();
    }
    expect(await balances()).toEqual({ CUSTOMER_WALLET: '79', PROVIDER_CLEARING: '-79' });
    await wholeBooks();
  });

  test('and another says the opposite at the same moment: one answer, in the books too', async () => {
    // Somebody else's money stands in suspense as well: it must not be taken for this one's.
    const others = reference();
    await receive(others);
    provider.truth = () => paid({ amountMinor: 79n });
    await poll(60_000);
    for (let round = 0; round < 6; round++) {
      const named = reference();
      await receive(named);
      await poll(60_000);
      const answers = await Promise.all([resolve(named, 'paid'), resolve(named, 'unpaid')]);
      expect(answers.map(({ status: code }) => code).sort()).toEqual([200, 409]);
    }
    expect((await balances())['SUSPENSE']).toBe('79');
    await wholeBooks();
  });

  test('who is no operator resolves nothing', async () => {
    const named = reference();
    await receive(named);
    const answer = await call('POST', `/v1/payments/${named}/resolve`, { verdict: 'paid', reason: 'Mine' });
    expect(answer).toMatchObject({ status: 403, body: { success: false, responseCode: '4101' } });
  });
});
