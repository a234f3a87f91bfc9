import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeTestDatabase } from '@/db/testing';
import type { NewClient } from '@/server/clients/create-client';
import { type ApiHarness, openTestApi } from '@/server/http/testing';
import { fixedClock } from '@/server/kernel/clock';
import { proveBooks } from '@/server/ledger/books/prove';
import { makeOperator } from '@/server/staff/testing';
import { loadPayment } from './read';
import { jobMover } from './services';
import { submitToProvider } from './submit';
import { installTestPorts, ScriptedProvider } from './testing';

/** What people who look after payments see of them, and may do. */
const START = Date.UTC(2026, 5, 6, 12);
const DAY_MS = 86_400_000;
const clock = fixedClock(START);

let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let api: ApiHarness;
let provider: ScriptedProvider;
let client: NewClient;
let operator: string;
let n = 0;

beforeAll(async () => {
  database = await makeTestDatabase();
  api = await openTestApi(database, { clock });
  operator = (await makeOperator(api.services)).token;
});
afterAll(async () => {
  await api.close();
  await database.close();
});
beforeEach(async () => {
  clock.set(START);
  provider = new ScriptedProvider();
  installTestPorts(database.db, provider);
  client = await api.newClient();
});

const services = () => ({ db: database.db, ledger: api.ledger, clock });
const call = (method: string, path: string, body?: unknown, secret = client.secret) =>
  api.call(method, path, secret, body);
const phone = (): string => `23320${String(1_000_000 + ++n)}`;

async function receive(body: object = {}): Promise<string> {
  const reference = `con${++n}`;
  const answer = await call('POST', '/v1/payments/receive', {
    amount: 80,
    currency: 'GHS',
    phone: phone(),
    provider: 'TELECEL',
    description: 'Union Dues',
    metadata: { clientReference: reference },
    ...body,
  });
  expect(answer.body, JSON.stringify(answer.body)).toMatchObject({ responseCode: '0001' });
  return reference;
}
const list = async (query: string): Promise<string[]> => {
  const { status, body } = await call('GET', `/v1/payments?${query}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return body.data.map(({ reference }: { reference: string }) => reference);
};
const details = async (named: string) => (await call('GET', `/v1/payments/${named}/details`)).body;
const rowOf = async (reference: string) => {
  const { rows } = await database.db.pool.query<{ id: string }>(
    'select id from payments where tenant_id = $1 and reference = $2',
    [client.testTenantId, reference],
  );
  const payment = await loadPayment(database.db.pool, client.testTenantId, rows[0]?.id ?? '0');
  if (payment === null) throw new Error(`no payment ${reference}`);
  return payment;
};
const pay = async (reference: string): Promise<void> => {
  provider.truth = () => ({ outcome: 'succeeded', receipt: `R-${reference}`, amountMinor: 80n, currency: 'GHS' });
  const answer = await call('POST', `/v1/payments/${reference}/refresh`, {});
  expect(answer.body).toMatchObject({ asked: true, status: 'succeeded' });
};

describe('the list', () => {
  test('by state, channel, customer, period and by any name, newest first', async () => {
    await call('POST', '/v1/customers', { id: 'cus_1', name: 'Ama Mensah' });
    const first = await receive({ provider: 'MTN', phone: '233241234567', customerId: 'cus_1' });
    clock.advance(DAY_MS);
    const second = await receive();
    const third = await receive();
    await pay(second);
    expect(await list('limit=10')).toEqual([third, second, first]);
    expect(await list('status=succeeded')).toEqual([second]);
    expect(await list('status=pending&channel=MTN')).toEqual([first]);
    expect(await list('provider=mtn-momo&limit=1')).toEqual([third]);
    expect(await list('provider=daraja')).toEqual([]);
    expect(await list('customer_id=cus_1')).toEqual([first]);
    expect(await list('phone=233241234567')).toEqual([first]);
    expect(await list('from=2026-06-07')).toEqual([third, second]);
    expect(await list('to=2026-06-06')).toEqual([first]);
    const { id, provider_reference } = await details(first);
    for (const name of [first, id, id.slice(4), provider_reference, '233241234567', '%2B233241234567']) {
      expect(await list(`search=${name}`), name).toEqual([first]);
    }
    expect(await list(`search=R-${second}`)).toEqual([second]);
    expect(await list('search=nobody')).toEqual([]);
    const page = await call('GET', '/v1/payments?limit=2');
    expect(page.body).toMatchObject({ has_more: true });
    expect(await list(`limit=2&after=${page.body.next_cursor}`)).toEqual([first]);
    const [row] = (await call('GET', '/v1/payments?customer_id=cus_1')).body.data;
    expect(row).toMatchObject({ customer_name: 'Ama Mensah', client_code: expect.any(String) });
  });

  test('an operator without a client meets every client’s, a client only its own', async () => {
    const mine = await receive();
    const other = await api.newClient();
    const theirs = client;
    client = other;
    const second = await receive();
    const { body } = await call('GET', '/v1/payments?limit=100', undefined, operator);
    const seen = body.data.map(({ reference }: { reference: string }) => reference);
    expect(seen).toEqual(expect.arrayContaining([mine, second]));
    expect(seen.indexOf(second)).toBeLessThan(seen.indexOf(mine));
    expect(await list('limit=100')).toEqual([second]);
    const { id } = await details(second);
    expect((await call('GET', `/v1/payments/${id}/details`, undefined, operator)).body).toMatchObject({ id });
    expect((await call('GET', `/v1/payments/${id}/details`, undefined, theirs.secret)).status).toBe(404);
    expect((await call('POST', `/v1/payments/${id}/refresh`, {}, operator)).body).toMatchObject({ id, asked: true });
    expect((await call('POST', `/v1/payments/${id}/refresh`, {}, theirs.secret)).status).toBe(404);
  });
});

describe('the report', () => {
  test('counts by state, channel and day, and the share that was paid', async () => {
    const paid = await receive();
    await pay(paid);
    clock.advance(DAY_MS);
    const unpaid = await receive({ provider: 'MTN', phone: '233241234567' });
    provider.truth = () => ({ outcome: 'failed', code: 'insufficient_funds' });
    await call('POST', `/v1/payments/${unpaid}/refresh`, {});
    await receive();
    const { body } = await call('GET', '/v1/reports/payments');
    expect(body).toMatchObject({ payments: 3, succeeded: 1, ended: 2, success_rate: 0.5, livemode: false });
    expect(body.statuses).toEqual(
      expect.arrayContaining([
        { status: 'succeeded', currency: 'GHS', payments: 1, amount: 80 },
        { status: 'failed', currency: 'GHS', payments: 1, amount: 80 },
        { status: 'pending', currency: 'GHS', payments: 1, amount: 80 },
      ]),
    );
    expect(body.channels).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ channel: 'TELECEL', payments: 2, success_rate: 1, amount_succeeded: 80 }),
        expect.objectContaining({ channel: 'MTN', payments: 1, success_rate: 0 }),
      ]),
    );
    expect(body.days.map(({ day, payments }: { day: string; payments: number }) => [day, payments])).toEqual([
      ['2026-06-06', 1],
      ['2026-06-07', 1],
      ['2026-06-07', 1],
    ]);
    expect((await call('GET', '/v1/reports/payments?from=2026-06-07&to=2026-06-07')).body.payments).toBe(2);
    expect((await call('GET', '/v1/reports/payments?currency=KES')).body).toMatchObject({
      payments: 0,
      success_rate: null,
      channels: [],
    });
    const all = await call('GET', '/v1/reports/payments', undefined, operator);
    expect(all.body.payments).toBeGreaterThanOrEqual(3);
  });
});

describe('one payment', () => {
  test('its story: whose time it was, what went over the wire, why it was believed, and the journal', async () => {
    const reference = await receive();
    clock.advance(42_000);
    await pay(reference);
    const story = await details(reference);
    expect(story).toMatchObject({
      status: 'succeeded',
      journal_id: expect.stringMatching(/^jnl_/),
      started_by: { type: 'api_key', id: expect.stringMatching(/^key_/) },
      believed: ['amount_agrees', 'currency_agrees', 'provider_confirmed'],
      next_ask_at: null,
    });
    expect(story.timeline.map(({ to }: { to: string | null }) => to).filter(Boolean)).toEqual([
      'submitting',
      'pending',
      'succeeded',
    ]);
    const waited = story.stages.find(({ stage }: { stage: string }) => stage === 'waiting');
    expect(waited).toMatchObject({ whose: 'customer', duration_ms: 42_000 });
    expect(story.stages.map(({ whose }: { whose: string }) => whose)).toEqual([
      'us',
      'provider',
      'customer',
      'provider',
      'us',
    ]);
  });

  test('is first asked about ten seconds after it was sent', async () => {
    const reference = await receive();
    expect((await details(reference)).next_ask_at).toBe(new Date(START + 10_000).toISOString());
  });

  test('asking now: the provider answers at once, a second press is let be', async () => {
    const reference = await receive();
    expect((await call('POST', `/v1/payments/${reference}/refresh`, {})).body).toMatchObject({ asked: true });
    const asked = provider.asked.length;
    expect((await call('POST', `/v1/payments/${reference}/refresh`, {})).body).toMatchObject({ asked: false });
    expect(provider.asked.length).toBe(asked);
    clock.advance(4_000);
    await pay(reference);
    provider.isUp = false;
    expect((await call('POST', `/v1/payments/${reference}/refresh`, {})).status).toBe(422);
  });
});

describe('canceling', () => {
  /** A crash between the payment's first row and the call to the provider. */
  async function crashed(): Promise<string> {
    const reference = await receive();
    const { id } = await rowOf(reference);
    const copy = `crash${++n}`;
    await database.db.pool.query(
      `insert into payments select (jsonb_populate_record(p, jsonb_build_object('id', $3::bigint, 'reference', $4::text,
         'state', 'submitting', 'attempt_reference', gen_random_uuid(), 'initiated_at', null, 'provider_reference', null,
         'public_hex', lpad(to_hex($3::bigint), 16, '0') || repeat('0', 16)))).*
       from payments p where tenant_id = $1 and id = $2`,
      [client.testTenantId, id, api.ledger.nextId(), copy],
    );
    return copy;
  }

  test('what nobody was asked for ends, once, with a row in the audit log; and is never sent', async () => {
    const reference = await crashed();
    const stale = await rowOf(reference);
    const sent = provider.initiated.length;
    for (let twice = 0; twice < 2; twice++) {
      const answer = await call('POST', `/v1/payments/${reference}/cancel`, {});
      expect(answer).toMatchObject({ status: 200, body: { data: { paymentStatus: 'canceled', status: 'Unpaid' } } });
    }
    const { body } = await call('GET', '/v1/audit?action=payment.canceled');
    expect(body.data).toMatchObject([{ before: { status: 'submitting' }, after: { status: 'canceled' } }]);
    // Whoever was about to send it finds it over.
    const after = await submitToProvider(services(), stale, jobMover(api.ledger));
    expect(after.state).toBe('canceled');
    expect(provider.initiated.length).toBe(sent);
    expect((await proveBooks(database.db.pool)).findings).toEqual([]);
  });

  test('what is on a phone stays there', async () => {
    const reference = await receive();
    expect((await call('POST', `/v1/payments/${reference}/cancel`, {})).status).toBe(409);
    expect((await details(reference)).status).toBe('pending');
  });
});

describe('prompts of one client', () => {
  test('stop at the day’s limit exactly, however many come at once', async () => {
    await call('PATCH', '/v1/collection_policy', { prompts_per_day: 21 });
    const answers = await Promise.all(
      Array.from({ length: 40 }, () =>
        call('POST', '/v1/payments/receive', {
          amount: 80,
          phone: phone(),
          provider: 'TELECEL',
          description: 'Union Dues',
        }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(21);
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(19);
    expect(provider.initiated).toHaveLength(21);
  });
});

describe('top-ups of all wallets', () => {
  test('by status and wallet; the operator meets every client’s', async () => {
    const wallet = (await call('POST', '/v1/wallets', { customer_id: 'cus_t', currency: 'GHS' })).body.id;
    const made = await call('POST', `/v1/wallets/${wallet}/topups`, {
      amount: 500,
      redirect_url: 'http://localhost/x',
    });
    const ids = async (query: string, secret = client.secret): Promise<string[]> => {
      const { body } = await call('GET', `/v1/topups?${query}`, undefined, secret);
      return body.data.map(({ id }: { id: string }) => id);
    };
    expect(await ids('limit=10')).toEqual([made.body.id]);
    expect(await ids(`wallet_id=${wallet}&customer_id=cus_t&status=created`)).toEqual([made.body.id]);
    expect(await ids(`payment_number=${made.body.payment_number}`)).toEqual([made.body.id]);
    expect(await ids('status=expired')).toEqual([]);
    const other = await api.newClient();
    expect(await ids('limit=10', other.secret)).toEqual([]);
    expect(await ids('limit=100', operator)).toContain(made.body.id);
    clock.advance(2 * DAY_MS);
    expect(await ids('status=expired')).toEqual([made.body.id]);
    expect(await ids('status=created')).toEqual([]);
    const { body } = await call('GET', '/v1/topups');
    expect(body.data[0]).toMatchObject({ customer_id: 'cus_t', client_code: expect.any(String) });
    expect(body.data[0]).not.toHaveProperty('checkout_url');
  });
});

describe('providers and credentials of one’s own', () => {
  const OWN = { clientId: 'canary-client-id-0001', clientSecret: 'canary-secret-0001', posSalesId: '11684' };

  test('are set, shown by their ends, used, and revoked', async () => {
    const before = await call('GET', '/v1/providers');
    expect(before.body.data).toMatchObject([
      { id: 'scripted', credentials: 'deployment', is_available: true, circuit: { state: 'closed' } },
      { id: 'hubtel-own', credentials: 'missing', is_available: false, circuit: null },
    ]);
    expect(before.body.data[0].routes).toContainEqual(
      expect.objectContaining({ channel: 'TELECEL', country: 'GH', is_used: true }),
    );
    expect(before.body.data[1].credential_fields).toContainEqual({ name: 'clientSecret', required: true });
    const set = await call('PUT', '/v1/provider_credentials/hubtel-own', { credentials: OWN });
    expect(set).toMatchObject({
      status: 200,
      body: { id: expect.stringMatching(/^pcr_/), fields: { clientSecret: '…0001', posSalesId: '11684' } },
    });
    const shown = await call('GET', '/v1/provider_credentials/hubtel-own');
    expect(shown.body).toEqual(set.body);
    expect(JSON.stringify(shown.body)).not.toContain('canary');
    const bad = await call('PUT', '/v1/provider_credentials/hubtel-own', { credentials: { clientId: 'x' } });
    expect(bad).toMatchObject({ status: 400, body: { error: { param: 'credentials' } } });
    expect((await call('PUT', '/v1/provider_credentials/none', { credentials: OWN })).status).toBe(404);
    const gone = await call('DELETE', '/v1/provider_credentials/hubtel-own');
    expect(gone.body).toMatchObject({ revoked_at: expect.any(String) });
    expect((await call('GET', '/v1/provider_credentials/hubtel-own')).status).toBe(404);
    expect((await call('GET', '/v1/provider_credentials')).body.data).toHaveLength(1);
    const audit = await call('GET', '/v1/audit?action=provider_credentials.');
    expect(JSON.stringify(audit.body)).not.toContain('canary');
    expect(audit.body.data).toHaveLength(2);
    provider.isUp = false;
    expect((await call('GET', '/v1/providers')).body.data[0]).toMatchObject({
      is_available: false,
      circuit: { state: 'open' },
    });
  });
});
