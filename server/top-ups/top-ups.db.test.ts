import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseId } from '@/contracts/ids';
import { makeTestDatabase } from '@/db/testing';
import type { NewClient } from '@/server/clients/create-client';
import { type ApiHarness, openTestApi } from '@/server/http/testing';
import { fixedClock } from '@/server/kernel/clock';
import { transact } from '@/server/kernel/transaction';
import { proveBooks } from '@/server/ledger/books/prove';
import type { PaymentState } from '@/server/payments/types';
import { expireDueTopUps } from './expire-due';
import { followPayment } from './follow-payment';

const START_MS = Date.UTC(2026, 10, 21, 10, 42);
const HOUR_MS = 3_600_000;
const clock = fixedClock(START_MS);

let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let api: ApiHarness;
let client: NewClient;
let live: NewClient;
let count = 0;

beforeAll(async () => {
  database = await makeTestDatabase();
  api = await openTestApi(database, { clock, env: { BASE_URL: 'https://pay.example.com' } });
  client = await api.newClient({ name: 'Volta Data', keyMode: 'test' });
  live = await api.newClient({ name: 'Live', keyMode: 'live' });
});

afterAll(async () => {
  await api.close();
  await database.close();
});

async function newWallet(secret = client.secret): Promise<string> {
  const answer = await api.call('POST', '/v1/wallets', secret, { customer_id: `cus_${++count}`, currency: 'GHS' });
  expect(answer.status).toBe(201);
  return answer.body.id;
}

const body = { amount: 5000, redirect_url: 'http://localhost:5173/done' };

async function newTopUp(extra: object = {}) {
  const answer = await api.call('POST', `/v1/wallets/${await newWallet()}/topups`, client.secret, {
    ...body,
    ...extra,
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body;
}

const get = async (id: string) => (await api.call('GET', `/v1/topups/${id}`, client.secret)).body;

async function eventsOf(id: string): Promise<string[]> {
  const { rows } = await database.db.pool.query<{ type: string; payload: string }>(
    `select type, payload from events where type like 'topup.%' order by id`,
  );
  return rows.filter((row) => JSON.parse(row.payload).data.id === id).map((row) => row.type);
}

/** As the payment's own transition does it. */
async function pay(id: string, state: PaymentState, reference = 'P-1'): Promise<void> {
  const writer = {
    principal: { tenantId: client.testTenantId, mode: 'test' as const },
    clock,
    db: database.db,
    ledger: api.ledger,
  };
  await transact(database.db, (tx) =>
    followPayment(writer, tx, {
      topUpId: parseId('topup', id) as string,
      publicId: `pay_${reference}`,
      reference,
      state,
      failureCode: state === 'failed' ? 'insufficient_funds' : null,
    }),
  );
}

describe('making a checkout', () => {
  it('answers with its address, a sayable number and what was asked', async () => {
    const topUp = await newTopUp({ metadata: { cart: 7 } });
    expect(topUp).toMatchObject({
      object: 'topup',
      id: expect.stringMatching(/^top_/),
      amount: 5000,
      currency: 'GHS',
      status: 'created',
      failure_code: null,
      checkout_url: expect.stringMatching(/^https:\/\/pay\.example\.com\/pay\/[0-9A-Za-z]{22}$/),
      payment_number: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/),
      payment_id: null,
      attempts: 0,
      redirect_url: body.redirect_url,
      cancel_url: null,
      metadata: { cart: 7 },
      created_at: '2026-11-21T10:42:00Z',
      expires_at: '2026-11-22T10:42:00Z',
      livemode: false,
    });
    expect(await get(topUp.id)).toEqual(topUp);
    expect(await eventsOf(topUp.id)).toEqual(['topup.created']);
  });

  it('keeps the address out of the database and the events', async () => {
    const topUp = await newTopUp();
    const token = topUp.checkout_url.split('/').at(-1);
    const { rows } = await database.db.pool.query(
      `select t::text as row from top_ups t union all select payload from events where payload like '%topup%'`,
    );
    expect(rows.length).toBeGreaterThan(1);
    for (const { row } of rows) expect(row).not.toContain(token);
  });

  it('gives the same one again under the same Idempotency-Key', async () => {
    const wallet = await newWallet();
    const ask = () =>
      api.call('POST', `/v1/wallets/${wallet}/topups`, client.secret, body, { 'Idempotency-Key': 'k1' });
    const [first, second] = [await ask(), await ask()];
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect((await api.call('GET', `/v1/wallets/${wallet}/topups`, client.secret)).body.data).toHaveLength(1);
  });

  it('lists a wallet’s, newest first, by status and by page', async () => {
    const wallet = await newWallet();
    const made = [];
    for (let n = 1; n <= 3; n++) {
      made.unshift(
        (await api.call('POST', `/v1/wallets/${wallet}/topups`, client.secret, { ...body, amount: n })).body,
      );
    }
    const path = `/v1/wallets/${wallet}/topups`;
    expect((await api.call('GET', path, client.secret)).body.data).toEqual(made);
    await api.call('POST', `/v1/topups/${made[1].id}/expire`, client.secret, {});
    const open = await api.call('GET', `${path}?status=created&limit=1`, client.secret);
    expect(open.body).toMatchObject({ data: [{ amount: 3 }], has_more: true });
    const next = await api.call('GET', `${path}?status=created&after=${open.body.next_cursor}`, client.secret);
    expect(next.body).toMatchObject({ data: [{ amount: 1 }], has_more: false });
    expect((await api.call('GET', `${path}?status=expired`, client.secret)).body.data).toHaveLength(1);
  });
});

describe('what is refused changes nothing', () => {
  const hosts = ['shop.example.com', 'shop.example.com:8443'];
  it.each([
    ['redirect_url', 'http://shop.example.com/x', 'https'],
    ['redirect_url', 'https://evil.example/x', 'return hosts'],
    ['redirect_url', 'https://shop.example.com.evil.example/', 'return hosts'],
    ['redirect_url', 'https://www.shop.example.com/', 'return hosts'],
    ['redirect_url', 'https://shop.example.com@evil.example/', 'user name'],
    ['redirect_url', 'https://shop.example.com:9000/', 'return hosts'],
    ['redirect_url', 'javascript:alert(1)', 'https'],
    ['redirect_url', 'http://localhost/x', 'https'],
    ['cancel_url', 'https://evil.example/x', 'return hosts'],
  ])('in live mode: %s %s', async (param, url, words) => {
    await api.call('PUT', '/v1/checkout_settings', live.secret, { return_hosts: hosts });
    const wallet = await newWallet(live.secret);
    const good = { amount: 5000, redirect_url: 'https://shop.example.com/done' };
    const path = `/v1/wallets/${wallet}/topups`;
    const answer = await api.call('POST', path, live.secret, { ...good, [param]: url });
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'parameter_invalid', param } } });
    expect(answer.body.error.message).toContain(words);
    expect((await api.call('GET', path, live.secret)).body.data).toEqual([]);
    const taken = { ...good, cancel_url: 'https://shop.example.com:8443/cart?x=1' };
    expect((await api.call('POST', path, live.secret, taken)).status).toBe(201);
  });

  it.each([
    [{ amount: 5.5 }, 'parameter_invalid', 'amount'],
    [{ redirect_url: undefined }, 'parameter_missing', 'redirect_url'],
    [{ expires_at: '2026-11-21T10:41:00Z' }, 'expires_at_past', 'expires_at'],
    [{ expires_at: '2026-11-21T10:43:00Z' }, 'parameter_invalid', 'expires_at'],
    [{ expires_at: '2026-12-21T10:42:00Z' }, 'parameter_invalid', 'expires_at'],
    [{ color: 'red' }, 'parameter_unknown', 'color'],
  ])('%j: %s', async (extra, code, param) => {
    const wallet = await newWallet();
    const answer = await api.call('POST', `/v1/wallets/${wallet}/topups`, client.secret, { ...body, ...extra });
    expect(answer).toMatchObject({ status: 400, body: { error: { code, param } } });
    expect((await api.call('GET', `/v1/wallets/${wallet}/topups`, client.secret)).body.data).toEqual([]);
  });

  it('a wallet that can take no money, and one of somebody else', async () => {
    const wallet = await newWallet();
    const other = await api.newClient({ keyMode: 'test' });
    expect((await api.call('POST', `/v1/wallets/${wallet}/topups`, other.secret, body)).status).toBe(404);
    await api.call('POST', `/v1/wallets/${wallet}/close`, client.secret, {});
    const closed = await api.call('POST', `/v1/wallets/${wallet}/topups`, client.secret, body);
    expect(closed).toMatchObject({ status: 409, body: { error: { code: 'wallet_closed' } } });
    const topUp = await newTopUp();
    for (const path of [`/v1/topups/${topUp.id}`, '/v1/topups/top_a1b2c3']) {
      expect((await api.call('GET', path, other.secret)).status).toBe(404);
    }
  });

  it('settings that make no sense', async () => {
    const put = (settings: object) => api.call('PUT', '/v1/checkout_settings', client.secret, settings);
    expect((await put({})).body.error).toMatchObject({ code: 'parameter_missing', param: 'return_hosts' });
    for (const host of ['https://a.example', 'a.example/x', 'localhost', 'A.example', '*.example.com', 'a.example:0']) {
      expect((await put({ return_hosts: [host] })).status, host).toBe(400);
    }
    for (const extra of [{ brand_colour: 'red' }, { support_phone: '030 290' }, { display_name: '' }]) {
      expect((await put({ return_hosts: [], ...extra })).status, JSON.stringify(extra)).toBe(400);
    }
  });
});

describe('its status follows the payment', () => {
  it('through a refused try to a paid one, with an event each', async () => {
    const topUp = await newTopUp();
    for (const state of ['created', 'submitting', 'pending'] as const) await pay(topUp.id, state);
    expect(await get(topUp.id)).toMatchObject({ status: 'pending', payment_id: 'pay_P-1' });
    await pay(topUp.id, 'failed');
    expect(await get(topUp.id)).toMatchObject({ status: 'failed', failure_code: 'insufficient_funds' });
    await pay(topUp.id, 'succeeded');
    await pay(topUp.id, 'succeeded');
    const paid = await get(topUp.id);
    expect(paid).toMatchObject({ status: 'succeeded', failure_code: null });
    expect(paid).not.toHaveProperty('checkout_url');
    expect(await eventsOf(topUp.id)).toEqual(['topup.created', 'topup.failed', 'topup.succeeded']);
  });

  it('is paid late even when it had run out', async () => {
    const topUp = await newTopUp();
    await pay(topUp.id, 'pending');
    await pay(topUp.id, 'expired');
    expect((await get(topUp.id)).status).toBe('failed');
    clock.advance(25 * HOUR_MS);
    expect((await get(topUp.id)).status).toBe('expired');
    await expireDueTopUps({ db: database.db, clock, ledger: api.ledger });
    await pay(topUp.id, 'succeeded');
    expect((await get(topUp.id)).status).toBe('succeeded');
    expect(await eventsOf(topUp.id)).toEqual(['topup.created', 'topup.failed', 'topup.expired', 'topup.succeeded']);
    clock.set(START_MS);
  });
});

describe('its end', () => {
  it('is asked for once; while a payment is under way it cannot be', async () => {
    const topUp = await newTopUp();
    const expire = () => api.call('POST', `/v1/topups/${topUp.id}/expire`, client.secret, {});
    await pay(topUp.id, 'pending');
    expect(await expire()).toMatchObject({
      status: 409,
      body: { error: { code: 'top_up_not_open', details: { status: 'pending' } } },
    });
    await pay(topUp.id, 'failed');
    for (let n = 0; n < 2; n++) expect(await expire()).toMatchObject({ status: 200, body: { status: 'expired' } });
    expect(await eventsOf(topUp.id)).toEqual(['topup.created', 'topup.failed', 'topup.expired']);
  });

  it('comes by its time, once, whoever looks; an open payment is seen to its end', async () => {
    const [idle, busy] = [await newTopUp(), await newTopUp()];
    await pay(busy.id, 'pending', 'P-2');
    clock.advance(25 * HOUR_MS);
    expect((await get(idle.id)).status).toBe('expired');
    expect((await get(busy.id)).status).toBe('pending');
    const parts = { db: database.db, clock, ledger: api.ledger };
    expect(await expireDueTopUps(parts)).toBeGreaterThan(0);
    expect(await expireDueTopUps(parts)).toBe(0);
    expect(await eventsOf(idle.id)).toEqual(['topup.created', 'topup.expired']);
    expect(await eventsOf(busy.id)).toEqual(['topup.created']);
    clock.set(START_MS);
  });
});

it('moves nothing in the books by itself', async () => {
  expect((await proveBooks(database.db.pool)).findings).toEqual([]);
});
