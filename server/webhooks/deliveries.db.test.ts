import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { formatId, parseId } from '@/contracts/ids';
import { makeTestDatabase } from '@/db/testing';
import type { NewClient } from '@/server/clients/create-client';
import { type ApiAnswer, type ApiHarness, openTestApi } from '@/server/http/testing';
import { renderEvent } from '@/server/http/v1/event-data';
import { purgeDeliveries } from '@/server/jobs/purge';
import { fixedClock } from '@/server/kernel/clock';
import { transact } from '@/server/kernel/transaction';
import { proveBooks } from '@/server/ledger/books/prove';
import { attemptDelivery, type DeliveryParts } from './attempt-delivery';
import { claimDeliveries } from './claim-deliveries';
import { deliverCallback } from './deliver-callback';
import { deliverWhatIsDue, LOOP_LIMITS } from './delivery-loop';
import { fanOut } from './fan-out';
import { openReceiver, type Receiver, verifies } from './testing';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const clock = fixedClock(Date.UTC(2026, 5, 1, 12));

let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let api: ApiHarness;
let receiver: Receiver;
let parts: DeliveryParts;
let client: NewClient;
let count = 0;

beforeAll(async () => {
  database = await makeTestDatabase();
  api = await openTestApi(database, { clock, env: { WEBHOOK_ALLOWED_HOSTS: '127.0.0.1' } });
});

afterAll(async () => {
  expect((await proveBooks(database.db.pool)).findings).toEqual([]);
  await api.close();
  await database.close();
});

beforeEach(async () => {
  receiver = await openReceiver();
  client = await api.newClient({ name: 'Hooked' });
  const { db, ledger, secretBox } = api.services;
  parts = { db, ledger, clock, secretBox, renderEvent, allowedHosts: ['127.0.0.1'], timeoutMs: 2_000, random: () => 0 };
});

afterEach(async () => {
  // Nothing of one test may be due in the next.
  await database.db.pool.query(`delete from webhook_deliveries where status = 'pending'`);
  await database.db.pool.query('delete from event_queue');
  await receiver.close();
});

const call = async (method: string, path: string, body?: unknown): Promise<ApiAnswer> => {
  const answer = await api.call(method, path, client.secret, body);
  expect(answer.status, `${method} ${path}: ${JSON.stringify(answer.body)}`).toBeLessThan(300);
  return answer;
};

const endpoint = async (input: Record<string, unknown> = {}): Promise<{ id: string; secret: string }> =>
  (await call('POST', '/v1/webhook_endpoints', { url: receiver.url, ...input })).body;

const wallet = async (): Promise<string> =>
  (await call('POST', '/v1/wallets', { customer_id: `cus_${++count}`, currency: 'GHS' })).body.id;

const credit = (walletId: string, amount = 1_000): Promise<ApiAnswer> =>
  call('POST', `/v1/wallets/${walletId}/credit`, { amount, description: 'Bonus', reference: `ref_${++count}` });

const deliver = (): Promise<number> => deliverWhatIsDue(parts);

const deliveriesOf = async (endpointId: string): Promise<Record<string, unknown>[]> =>
  (await call('GET', `/v1/webhook_endpoints/${endpointId}/deliveries?limit=100`)).body.data;

describe('a delivery', () => {
  it('brings the event as the API shows it, signed so that the reference library verifies it', async () => {
    const { secret } = await endpoint();
    const walletId = await wallet();
    await credit(walletId);
    await deliver();
    expect(receiver.received.map(({ body }) => JSON.parse(body).type).sort()).toEqual([
      'wallet.created',
      'wallet.credited',
    ]);
    for (const request of receiver.received) {
      expect(verifies(request, secret)).toBe(true);
      expect(verifies({ ...request, body: `${request.body} ` }, secret)).toBe(false);
      expect(request.headers['content-type']).toBe('application/json');
      expect(Number(request.headers['webhook-timestamp'])).toBe(clock.fixedMs() / SECOND);
      const shown = await call('GET', `/v1/events/${request.id}`);
      expect(JSON.parse(request.body)).toEqual(shown.body);
    }
    expect(await deliver()).toBe(0);
  });

  it('goes to each endpoint that listens to its type, in its own books alone', async () => {
    const all = await endpoint({ url: `${receiver.url}/all` });
    await endpoint({ url: `${receiver.url}/debits`, events: ['wallet.debited'] });
    const disabled = await endpoint({ url: `${receiver.url}/disabled` });
    await call('POST', `/v1/webhook_endpoints/${disabled.id}/disable`, {});
    const neighbour = await api.newClient({ name: 'Neighbour' });
    await api.call('POST', '/v1/webhook_endpoints', neighbour.secret, { url: `${receiver.url}/neighbour` });
    const walletId = await wallet();
    await credit(walletId);
    await call('POST', `/v1/wallets/${walletId}/debit`, { amount: 10, description: 'SMS', reference: `r${++count}` });
    await deliver();
    const paths = receiver.received.map(({ path, body }) => `${path} ${JSON.parse(body).type}`);
    expect(paths.sort()).toEqual([
      '/hooks/all wallet.created',
      '/hooks/all wallet.credited',
      '/hooks/all wallet.debited',
      '/hooks/debits wallet.debited',
    ]);
    const kept = await deliveriesOf(all.id);
    expect(kept.map(({ status, attempts }) => [status, attempts])).toEqual(Array(3).fill(['succeeded', 1]));
  });

  it('carries the wallet’s sequence, by which a receiver orders', async () => {
    await endpoint({ events: ['wallet.credited'] });
    const walletId = await wallet();
    for (let i = 1; i <= 5; i++) await credit(walletId, i);
    await deliver();
    const data = receiver.received.map(({ body }) => JSON.parse(body).data).sort((a, b) => a.sequence - b.sequence);
    expect(data.map(({ sequence, amount }) => [sequence, amount])).toEqual([1, 2, 3, 4, 5].map((n) => [n, n]));
  });

  it('is the same bytes at every attempt, whatever happened since, under a fresh signature', async () => {
    const { secret } = await endpoint({ events: ['wallet.frozen'] });
    const walletId = await wallet();
    await credit(walletId);
    await call('POST', `/v1/wallets/${walletId}/freeze`, {});
    receiver.answer = 500;
    await deliver();
    await call('POST', `/v1/wallets/${walletId}/unfreeze`, {});
    await credit(walletId, 77);
    receiver.answer = 200;
    clock.advance(5 * SECOND);
    await deliver();
    const [first, second] = receiver.received;
    expect(second?.body).toBe(first?.body);
    expect(second?.id).toBe(first?.id);
    expect(JSON.parse(first?.body ?? '').data).toMatchObject({ status: 'frozen', balance: 1_000, sequence: 1 });
    expect(second?.headers['webhook-timestamp']).not.toBe(first?.headers['webhook-timestamp']);
    for (const request of receiver.received) expect(verifies(request, secret)).toBe(true);
  });

  it('tells a wallet as it was, though more happened before it was rendered', async () => {
    await endpoint({ events: ['wallet.created', 'wallet.frozen'] });
    const walletId = await wallet();
    await credit(walletId, 300);
    await call('POST', `/v1/wallets/${walletId}/freeze`, {});
    await credit(walletId, 50);
    await deliver();
    const told = Object.fromEntries(
      receiver.received.map(({ body }) => [JSON.parse(body).type, JSON.parse(body).data]),
    );
    expect(told['wallet.created']).toMatchObject({ balance: 0, available: 0, status: 'active', sequence: 0 });
    expect(told['wallet.frozen']).toMatchObject({ balance: 300, promotional: 300, status: 'frozen', sequence: 1 });
  });
});

describe('what is not a success', () => {
  it('is anything but 2xx', async () => {
    const { id } = await endpoint({ events: ['wallet.created'] });
    let status = 0;
    receiver.answer = (_request, response) => {
      response.writeHead(status, { Location: `${receiver.url}/elsewhere` }).end();
    };
    for (status of [301, 302, 307, 308, 400, 404, 500, 503]) {
      await wallet();
      await deliver();
    }
    for (status of [200, 201, 204, 299]) {
      await wallet();
      await deliver();
    }
    const outcomes = (await deliveriesOf(id)).map((one) => one['status']).reverse();
    expect(outcomes).toEqual([...Array(8).fill('pending'), ...Array(4).fill('succeeded')]);
    // Redirects are not followed.
    expect(receiver.received.every(({ path }) => path === '/hooks')).toBe(true);
  });

  it('is tried ten times on the schedule, then no more', async () => {
    const { id } = await endpoint({ events: ['wallet.created'] });
    await wallet();
    receiver.answer = 500;
    const at: number[] = [];
    // A second success in between, so that the endpoint is not one that only fails.
    for (let turns = 0; turns < 40; turns++) {
      const before = receiver.received.length;
      const startedMs = clock.fixedMs();
      await deliver();
      if (receiver.received.length > before) at.push(startedMs);
      await database.db.pool.query('update webhook_endpoints set failing_since = null where id = $1', [
        parseId('webhook', id),
      ]);
      const [only] = await deliveriesOf(id);
      if (only?.['status'] !== 'pending') break;
      clock.set(Date.parse(String(only['next_attempt_at'])));
    }
    const gaps = at.slice(1).map((ms, i) => ms - (at[i] as number));
    expect(gaps).toEqual([
      5 * SECOND,
      5 * MINUTE,
      30 * MINUTE,
      2 * HOUR,
      5 * HOUR,
      10 * HOUR,
      14 * HOUR,
      20 * HOUR,
      24 * HOUR,
    ]);
    expect((await deliveriesOf(id))[0]).toMatchObject({ status: 'failed', attempts: 10, next_attempt_at: null });
  });

  it('is kept with its answer, cut at 4 kB, or with why there was none', async () => {
    const { id } = await endpoint({ events: ['wallet.created'] });
    await wallet();
    receiver.answer = (_request, response) => response.writeHead(500).end(`\0${'é'.repeat(100_000)}`);
    await deliver();
    receiver.answer = (request, response) => {
      if (request.path !== '') response.socket?.destroy();
    };
    clock.advance(5 * SECOND);
    await deliver();
    const [only] = await deliveriesOf(id);
    const detail = (await call('GET', `/v1/webhook_deliveries/${only?.['id']}`)).body;
    expect(detail.attempt_log).toHaveLength(2);
    expect(detail.attempt_log[0]).toMatchObject({ number: 1, http_status: 500, failure: null, url: receiver.url });
    expect(detail.attempt_log[0].response_body.length).toBeLessThanOrEqual(4_096);
    expect(detail.attempt_log[0].response_body).toContain('ééé');
    expect(detail.attempt_log[1]).toMatchObject({
      http_status: null,
      failure: 'connection_reset',
      response_body: null,
    });
    expect(detail.request_body).toBe(receiver.received[0]?.body);
  });

  it('waits as long as Retry-After asks', async () => {
    const { id } = await endpoint({ events: ['wallet.created'] });
    await wallet();
    receiver.answer = (_request, response) => response.writeHead(503, { 'Retry-After': '3600' }).end();
    await deliver();
    const [only] = await deliveriesOf(id);
    expect(Date.parse(String(only?.['next_attempt_at'])) - clock.fixedMs()).toBe(HOUR);
  });

  it('includes an answer that does not come', async () => {
    const { id } = await endpoint({ events: ['wallet.created'] });
    await wallet();
    receiver.answer = () => {};
    await deliverWhatIsDue({ ...parts, timeoutMs: 100 });
    const [only] = await deliveriesOf(id);
    const detail = (await call('GET', `/v1/webhook_deliveries/${only?.['id']}`)).body;
    expect(detail.attempt_log[0]).toMatchObject({ http_status: null, failure: 'timed_out' });
  });

  it('includes an address inside, found only when it is sent', async () => {
    const { id } = await endpoint({ url: 'https://hooks.example.org/', events: ['wallet.created'] });
    await wallet();
    await deliverWhatIsDue({ ...parts, resolve: async () => [{ address: '169.254.169.254', family: 4 }] });
    const [only] = await deliveriesOf(id);
    const detail = (await call('GET', `/v1/webhook_deliveries/${only?.['id']}`)).body;
    expect(detail.attempt_log[0]).toMatchObject({ http_status: null, failure: 'destination_refused' });
  });
});

describe('an endpoint that fails', () => {
  it('is disabled by 410 at once, and the others are told', async () => {
    const gone = await endpoint({ url: `${receiver.url}/gone`, events: ['wallet.created'] });
    await endpoint({
      url: `${receiver.url}/other`,
      events: ['webhook_endpoint.disabled', 'webhook_endpoint.recovered'],
    });
    await wallet();
    receiver.answer = ({ path }, response) => response.writeHead(path.endsWith('gone') ? 410 : 200).end();
    await deliver();
    const shown = (await call('GET', `/v1/webhook_endpoints/${gone.id}`)).body;
    expect(shown).toMatchObject({ status: 'disabled', disabled_reason: 'gone' });
    expect((await deliveriesOf(gone.id))[0]).toMatchObject({ status: 'canceled' });
    const told = receiver.received.filter(({ path }) => path.endsWith('other')).map(({ body }) => JSON.parse(body));
    expect(told.map(({ type, data }) => [type, data.id, data.status])).toEqual([
      ['webhook_endpoint.disabled', gone.id, 'disabled'],
    ]);
    // Nothing is sent to it any more; enabled again, its first success is told.
    await wallet();
    expect(await deliver()).toBe(0);
    await call('POST', `/v1/webhook_endpoints/${gone.id}/enable`, {});
    receiver.answer = 200;
    await wallet();
    await deliver();
    expect(receiver.received.map(({ body }) => JSON.parse(body).type)).toContain('webhook_endpoint.recovered');
    await wallet();
    await deliver();
    const recoveries = receiver.received.filter(({ body }) => JSON.parse(body).type === 'webhook_endpoint.recovered');
    expect(recoveries).toHaveLength(1);
  });

  it('is disabled after five days of nothing else, not after five days with a success', async () => {
    const bad = await endpoint({ url: `${receiver.url}/bad`, events: ['wallet.created'] });
    const mixed = await endpoint({ url: `${receiver.url}/mixed`, events: ['wallet.created'] });
    receiver.answer = ({ path }, response) => {
      const good = path.endsWith('mixed') && receiver.received.filter((one) => one.path === path).length % 7 === 0;
      response.writeHead(good ? 200 : 500).end();
    };
    const statusOf = async (id: string): Promise<string> =>
      (await call('GET', `/v1/webhook_endpoints/${id}`)).body.status;
    for (let day = 0; day < 5; day++) {
      await wallet();
      for (let hour = 0; hour < 24; hour += 4) {
        await deliver();
        expect(await statusOf(bad.id)).toBe('enabled');
        clock.advance(4 * HOUR);
      }
    }
    await deliver();
    expect(await statusOf(bad.id)).toBe('disabled');
    expect(await statusOf(mixed.id)).toBe('enabled');
  });
});

describe('workers', () => {
  it('take over from one that was killed, and a late one completes nothing', async () => {
    const { id } = await endpoint({ events: ['wallet.created'] });
    await wallet();
    const { db } = parts;
    await fanOut({ db, clock, nextId: () => api.ledger.nextId() });
    const [zombie] = await claimDeliveries({ db, clock }, 10, LOOP_LIMITS);
    if (zombie === undefined) throw new Error('nothing was claimed');
    expect(await claimDeliveries({ db, clock }, 10, LOOP_LIMITS)).toEqual([]);
    clock.advance(LOOP_LIMITS.leaseMs);
    const [heir] = await claimDeliveries({ db, clock }, 10, LOOP_LIMITS);
    expect(heir?.id).toBe(zombie.id);
    receiver.answer = 500;
    await attemptDelivery(parts, zombie);
    expect((await deliveriesOf(id))[0]).toMatchObject({ status: 'pending', attempts: 0 });
    receiver.answer = 200;
    if (heir !== undefined) await attemptDelivery(parts, heir);
    expect((await deliveriesOf(id))[0]).toMatchObject({ status: 'succeeded', attempts: 1 });
    await attemptDelivery(parts, zombie);
    expect((await deliveriesOf(id))[0]).toMatchObject({ status: 'succeeded', attempts: 1 });
  });

  it('share the queue: five at once deliver each event once', async () => {
    const seen = new Map<string, number>();
    await endpoint({ events: ['wallet.created'] });
    const wallets = 60;
    for (let i = 0; i < wallets; i++) await wallet();
    const counts = await Promise.all(Array.from({ length: 5 }, deliver));
    for (const { id } of receiver.received) seen.set(id, (seen.get(id) ?? 0) + 1);
    expect(counts.reduce((a, b) => a + b, 0)).toBe(wallets);
    expect([...seen.values()]).toEqual(Array(wallets).fill(1));
  });

  it('never have more of one endpoint under way than its bound, however many they are', async () => {
    let now = 0;
    let most = 0;
    receiver.answer = (_request, response) => {
      most = Math.max(most, ++now);
      setTimeout(() => {
        now -= 1;
        response.writeHead(200).end();
      }, 5);
    };
    await endpoint({ events: ['wallet.created'] });
    for (let i = 0; i < 40; i++) await wallet();
    await Promise.all(Array.from({ length: 3 }, () => deliverWhatIsDue(parts, { ...LOOP_LIMITS, perEndpoint: 3 })));
    expect(receiver.received).toHaveLength(40);
    expect(most).toBeLessThanOrEqual(3);
  });
});

describe('by hand', () => {
  it('a secret is rotated with a day in which either verifies', async () => {
    const { id, secret: older } = await endpoint({ events: ['wallet.created'] });
    const newer = (await call('POST', `/v1/webhook_endpoints/${id}/rotate_secret`, {})).body.secret;
    expect(newer).not.toBe(older);
    await wallet();
    await deliver();
    clock.advance(24 * HOUR);
    await wallet();
    await deliver();
    const [during, after] = receiver.received;
    if (during === undefined || after === undefined) throw new Error('not delivered');
    expect([verifies(during, older), verifies(during, newer)]).toEqual([true, true]);
    expect([verifies(after, older), verifies(after, newer)]).toEqual([false, true]);
  });

  it('a secret is shown once and in no table', async () => {
    const body = { url: receiver.url };
    const headers = { 'Idempotency-Key': `key-${++count}` };
    const first = await api.call('POST', '/v1/webhook_endpoints', client.secret, body, headers);
    const second = await api.call('POST', '/v1/webhook_endpoints', client.secret, body, headers);
    expect(first.body.secret).toMatch(/^whsec_/);
    expect(second.body).toMatchObject({ id: first.body.id });
    expect(second.body.secret).toBeUndefined();
    expect((await call('GET', `/v1/webhook_endpoints/${first.body.id}`)).body.secret).toBeUndefined();
    const { rows } = await database.db.pool.query<{ text: string }>(
      `select w::text as text from webhook_endpoints w union all select a::text from answers a
       union all select l::text from audit_log l`,
    );
    const bare = String(first.body.secret).slice('whsec_'.length);
    expect(rows.length).toBeGreaterThan(2);
    expect(rows.filter(({ text }) => text.includes(bare))).toEqual([]);
  });

  it('an example of every type goes out, listened to or not', async () => {
    const { id, secret } = await endpoint({ events: ['wallet.debited'] });
    const made = (await call('POST', `/v1/webhook_endpoints/${id}/test`, { type: 'hold.captured' })).body;
    expect(made).toMatchObject({ status: 'pending', reason: 'test', event_id: null });
    await deliver();
    const [request] = receiver.received;
    if (request === undefined) throw new Error('not delivered');
    expect(request.id).toBe(made.id);
    expect(JSON.parse(request.body)).toMatchObject({ type: 'hold.captured', livemode: false });
    expect(verifies(request, secret)).toBe(true);
  });

  it('a delivery is resent as it was, to where the endpoint is now', async () => {
    const { id } = await endpoint({ events: ['wallet.created'] });
    await wallet();
    await deliver();
    await call('PATCH', `/v1/webhook_endpoints/${id}`, { url: `${receiver.url}/new` });
    const [original] = await deliveriesOf(id);
    const resent = (await call('POST', `/v1/webhook_deliveries/${original?.['id']}/resend`, {})).body;
    expect(resent).toMatchObject({ reason: 'resend', event_id: original?.['event_id'] });
    const ofEvent = (await call('GET', `/v1/events/${original?.['event_id']}/deliveries`)).body.data;
    expect(ofEvent.map((delivery: { id: string }) => delivery.id)).toEqual([resent.id, original?.['id']]);
    expect(resent.id).not.toBe(original?.['id']);
    await deliver();
    const [first, second] = receiver.received;
    expect(second).toMatchObject({ path: '/hooks/new', body: first?.body, id: first?.id });
  });

  it('a window is replayed: what happened before the endpoint, only what is missing, only some types', async () => {
    const fromMs = clock.fixedMs();
    const walletId = await wallet();
    await credit(walletId);
    clock.advance(MINUTE);
    const { id } = await endpoint();
    await credit(walletId);
    await deliver();
    expect(receiver.received).toHaveLength(1);
    const replay = async (body: Record<string, unknown>): Promise<number> => {
      const window = { from: new Date(fromMs).toISOString(), to: new Date(clock.fixedMs() + 1).toISOString() };
      return (await call('POST', `/v1/webhook_endpoints/${id}/replay`, { ...window, ...body })).body.deliveries;
    };
    expect(await replay({ types: ['wallet.created'] })).toBe(1);
    await deliver();
    expect(await replay({ undelivered_only: true })).toBe(1);
    await deliver();
    expect(await replay({ undelivered_only: true })).toBe(0);
    expect(await replay({})).toBe(3);
    expect(await replay({ to: new Date(fromMs + 1).toISOString() })).toBe(2);
    await deliver();
    const ids = receiver.received.map((request) => request.id);
    expect(new Set(ids).size).toBe(3);
    expect(ids).toHaveLength(8);
  });

  it('nothing is sent to an endpoint that is disabled or deleted', async () => {
    const { id } = await endpoint();
    await wallet();
    await fanOut({ db: parts.db, clock, nextId: () => api.ledger.nextId() });
    await call('POST', `/v1/webhook_endpoints/${id}/disable`, {});
    expect((await deliveriesOf(id))[0]).toMatchObject({ status: 'canceled' });
    for (const path of [
      `webhook_endpoints/${id}/test`,
      `webhook_deliveries/${(await deliveriesOf(id))[0]?.['id']}/resend`,
    ]) {
      const refused = await api.call('POST', `/v1/${path}`, client.secret, {});
      expect(refused.body.error).toMatchObject({ code: 'webhook_endpoint_disabled' });
    }
    await call('DELETE', `/v1/webhook_endpoints/${id}`);
    expect((await api.call('GET', `/v1/webhook_endpoints/${id}`, client.secret)).status).toBe(404);
    expect((await api.call('DELETE', `/v1/webhook_endpoints/${id}`, client.secret)).status).toBe(404);
    await wallet();
    expect(await deliver()).toBe(0);
  });

  it.each([
    'http://hooks.example.org/',
    'https://localhost/',
    'https://10.0.0.1/',
    'https://u:p@hooks.example.org/',
    'hooks',
  ])('the URL %s is refused', async (url) => {
    const answer = await api.call('POST', '/v1/webhook_endpoints', client.secret, { url });
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({ code: 'parameter_invalid', param: 'url' });
  });
});

describe('callbacks', () => {
  const send = (body: string): Promise<string> =>
    transact(parts.db, async (tx) => {
      const { rows } = await tx.query<{ id: string }>(
        `select t.id from tenants t join clients c on c.id = t.client_id where c.public_id = $1 and t.mode = 'test'`,
        [client.publicId],
      );
      const tenantId = rows[0]?.id ?? '';
      const sender = { nextId: () => api.ledger.nextId(), secretBox: parts.secretBox, fixedMs: clock.fixedMs() };
      return deliverCallback(
        tx,
        { tenantId, url: `${receiver.url}/callback`, body, type: 'payment.succeeded' },
        sender,
      );
    });

  it('go to their URL byte for byte, signed under the callback secret, retried', async () => {
    const body = '{ "ResponseCode": "0000",\n  "Amount": 80.00 }';
    await send('{}');
    const { secret } = (await call('POST', '/v1/callback_secret/rotate', {})).body;
    const id = await send(body);
    receiver.answer = 500;
    await deliver();
    receiver.answer = 200;
    clock.advance(5 * SECOND);
    await deliver();
    const mine = receiver.received.filter((request) => request.id === formatId('delivery', id));
    expect(mine.map((request) => [request.path, request.body])).toEqual(Array(2).fill(['/hooks/callback', body]));
    for (const request of mine) expect(verifies(request, secret)).toBe(true);
    const shown = (await call('GET', `/v1/webhook_deliveries/${formatId('delivery', id)}`)).body;
    expect(shown).toMatchObject({ endpoint_id: null, reason: 'callback', status: 'succeeded', attempts: 2 });
  });

  it('have a secret that says since when, and until when the one before signs too', async () => {
    await send('{}');
    const state = async () => (await call('GET', '/v1/callback_secret')).body;
    expect(await state()).toMatchObject({ is_set: false, rotated_at: null, previous_secret_until: null });
    await call('POST', '/v1/callback_secret/rotate', {});
    const now = clock.fixedMs();
    const iso = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');
    const set = { is_set: true, rotated_at: iso(now) };
    expect(await state()).toMatchObject({ ...set, previous_secret_until: iso(now + DAY) });
    clock.advance(DAY);
    expect(await state()).toMatchObject({ ...set, previous_secret_until: null });
    expect((await state()).secret).toBeUndefined();
  });

  it('end with a URL that is gone, and no other', async () => {
    const id = await send('{}');
    receiver.answer = 410;
    await deliver();
    const shown = (await call('GET', `/v1/webhook_deliveries/${formatId('delivery', id)}`)).body;
    expect(shown).toMatchObject({ status: 'failed', attempts: 1 });
    receiver.answer = 200;
    await send('{}');
    expect(await deliver()).toBe(1);
  });

  it('bring no endpoint into a list, and no event to anybody', async () => {
    await send('{}');
    expect((await call('GET', '/v1/webhook_endpoints')).body.data).toEqual([]);
    await wallet();
    expect(await deliver()).toBe(1);
  });
});

it('delivers everything once after an outage of 30 hours, with the secret rotated midway', async () => {
  const [first, second] = [await endpoint({ url: `${receiver.url}/a` }), await endpoint({ url: `${receiver.url}/b` })];
  const secrets = { a: [first.secret], b: [second.secret] };
  receiver.answer = 200;
  const walletId = await wallet();
  await deliver();
  const taken: { path: string; id: string; good: boolean }[] = [];
  let down = true;
  receiver.answer = (request, response) => {
    if (down) return void response.socket?.destroy();
    const known = request.path.endsWith('a') ? secrets.a : secrets.b;
    taken.push({ path: request.path, id: request.id, good: known.some((secret) => verifies(request, secret)) });
    response.writeHead(200).end();
  };
  const journals: string[] = [];
  for (let hour = 0; hour < 30; hour++) {
    journals.push((await credit(walletId, hour + 1)).body.id);
    if (hour === 15)
      secrets.a = [(await call('POST', `/v1/webhook_endpoints/${first.id}/rotate_secret`, {})).body.secret];
    for (let minute = 0; minute < 60; minute += 20) {
      await deliver();
      clock.advance(20 * MINUTE);
    }
  }
  expect(taken).toEqual([]);
  down = false;
  for (let hour = 0; hour < 48; hour++) {
    await deliver();
    clock.advance(HOUR);
  }
  expect(taken.every(({ good }) => good)).toBe(true);
  for (const path of ['/hooks/a', '/hooks/b']) {
    const ids = taken.filter((one) => one.path === path).map(({ id }) => id);
    expect(ids).toHaveLength(journals.length);
    expect(new Set(ids).size).toBe(journals.length);
  }
  const open = await database.db.pool.query(`select 1 from webhook_deliveries where status = 'pending'`);
  expect(open.rowCount).toBe(0);
});

it('forgets deliveries 30 days after their end, with their attempts, and keeps the event', async () => {
  const { id } = await endpoint({ events: ['wallet.created'] });
  await wallet();
  await deliver();
  const [only] = await deliveriesOf(id);
  await purgeDeliveries(database.db.pool, 30);
  const ageDays = (await database.db.pool.query('select now() as now')).rows[0].now.getTime() - clock.fixedMs();
  expect(await deliveriesOf(id)).toHaveLength(ageDays > 30 * DAY ? 0 : 1);
  await database.db.pool.query(
    `update webhook_deliveries set ended_at = now() - interval '31 days' where status = 'succeeded'`,
  );
  await purgeDeliveries(database.db.pool, 30);
  expect(await deliveriesOf(id)).toEqual([]);
  expect((await database.db.pool.query('select 1 from webhook_attempts')).rowCount).toBe(
    (await database.db.pool.query('select 1 from webhook_attempts a join webhook_deliveries d on d.id = a.delivery_id'))
      .rowCount,
  );
  expect((await call('GET', `/v1/events/${only?.['event_id']}`)).body.id).toBe(only?.['event_id']);
});
