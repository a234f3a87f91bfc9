import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeTestDatabase } from '@/db/testing';
import type { NewClient } from '@/server/clients/create-client';
import { databaseClock } from '@/server/kernel/clock';
import { idAt } from '@/server/ledger/ids';
import { LOOKED_AT_MAX } from '@/server/request-log/read-requests';
import { makeUser, tokenFor } from '@/server/staff/testing';
import { type ApiHarness, openTestApi } from '../testing';

let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let api: ApiHarness;
let client: NewClient;

beforeAll(async () => {
  database = await makeTestDatabase();
  api = await openTestApi(database);
});
afterAll(async () => {
  await api.close();
  await database.close();
});
beforeEach(async () => {
  client = await api.newClient();
});

const call = (method: string, path: string, body?: unknown, by = client.secret) => api.call(method, path, by, body);
const log = async (query = '') => {
  await api.services.requestLog.flush();
  const answer = await call('GET', `/v1/request_log${query}`);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
};
const pathsOf = ({ data }: { data: { method: string; path: string }[] }) =>
  data.map(({ method, path }) => `${method} ${path}`);

describe('the request log', () => {
  it('has each request with its answer, and opens one by its id', async () => {
    const refused = await call('GET', '/v1/wallets/wal_0000000000032/lots?limit=5');
    const { data } = await log();
    expect(data[0]).toMatchObject({
      id: refused.headers.get('Request-Id'),
      object: 'request',
      method: 'GET',
      path: '/v1/wallets/wal_0000000000032/lots',
      status: 404,
      error_code: 'resource_missing',
      caller: { type: 'api_key', id: expect.stringMatching(/^key_/) },
      livemode: false,
    });
    expect((await call('GET', `/v1/request_log/${data[0].id}`)).body).toEqual({ ...data[0], results: [] });
    const stranger = await api.newClient();
    expect((await call('GET', `/v1/request_log/${data[0].id}`, undefined, stranger.secret)).status).toBe(404);
    expect((await call('GET', '/v1/request_log/req_x')).status).toBe(404);
  });

  it('leads from a request to what it brought about, and from no other', async () => {
    await call('POST', '/v1/customers', { id: 'cus_log', name: 'Ama' });
    const wallet = (await call('POST', '/v1/wallets', { customer_id: 'cus_log', currency: 'GHS' })).body;
    const credit = () =>
      call('POST', `/v1/wallets/${wallet.id}/credit`, { amount: 5, description: 'x', reference: `${Math.random()}` });
    const [first, second] = [await credit(), await credit()];
    await log();
    const read = async (answer: typeof first) =>
      (await call('GET', `/v1/request_log/${answer.headers.get('Request-Id')}`)).body.results;
    const results = await read(first);
    expect(results).toEqual([
      { type: 'journal', id: expect.stringMatching(/^jnl_/), title: 'credit' },
      { type: 'event', id: expect.stringMatching(/^evt_/), title: 'wallet.credited' },
    ]);
    const journal = (await call('GET', `/v1/journals/${results[0].id}`)).body;
    expect(journal.origin.request.id).toBe(first.headers.get('Request-Id'));
    expect((await read(second))[0].id).not.toBe(results[0].id);
  });

  it('is narrowed by key, class, method, path and period', async () => {
    const person = await makeUser(database.db, { clientId: client.publicId, role: 'developer', name: 'Kojo' });
    const token = await tokenFor(database.db, databaseClock, person);
    await call('POST', '/v1/customers', { name: 'Ama' });
    await call('POST', '/v1/customers', { name: 1 });
    await call('GET', '/v1/wallets', undefined, token);
    expect(pathsOf(await log('?status=4xx'))).toEqual(['POST /v1/customers']);
    expect(pathsOf(await log('?status=error&method=GET'))).toEqual([]);
    expect(pathsOf(await log('?method=POST&status=2xx'))).toEqual(['POST /v1/customers']);
    const { data } = await log('?path=/v1/wal');
    expect(data).toMatchObject([{ path: '/v1/wallets', caller: { type: 'user', name: 'Kojo' } }]);
    expect(pathsOf(await log('?caller=user'))).toEqual(['GET /v1/wallets']);
    expect(pathsOf(await log('?caller=api_key&path=/v1/wallets'))).toEqual([]);
    const { data: all } = await log('?path=/v1/customers');
    const key = all[0].caller.id;
    expect(pathsOf(await log(`?api_key_id=${key}&path=/v1/wallets`))).toEqual([]);
    expect((await log('?api_key_id=key_x')).data).toEqual([]);
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    expect((await log(`?from=${tomorrow}`)).data).toEqual([]);
    expect((await log(`?to=${tomorrow}&path=/v1/customers`)).data).toHaveLength(2);
    expect((await call('GET', '/v1/request_log?status=900')).status).toBe(400);
  });

  it('pages by its cursor, and past what no filter passes', async () => {
    const at = Date.UTC(2026, 4, 1);
    const rows = LOOKED_AT_MAX + 500;
    await database.db.pool.query(
      `insert into request_log (tenant_id, id, request_id, method, path, status, duration_ms, created_at)
       select $1, $2::bigint + i * 32, 'req_' || i, 'GET', '/v1/bulk', case when i = 1 then 500 else 200 end, 1, $3
       from generate_series(1, $4::integer) i`,
      [client.testTenantId, idAt(at), new Date(at), rows],
    );
    const period = '?from=2026-05-01&to=2026-05-01';
    const first = await log(`${period}&status=5xx`);
    expect(first).toMatchObject({ data: [], has_more: true });
    const startedMs = performance.now();
    const second = await log(`${period}&status=5xx&after=${first.next_cursor}`);
    expect(second).toMatchObject({ data: [{ id: 'req_1', status: 500 }], has_more: false, next_cursor: null });
    expect(performance.now() - startedMs).toBeLessThan(2_000);
    const page = await log(`${period}&limit=3`);
    const next = await log(`${period}&limit=3&after=${page.next_cursor}`);
    expect([...page.data, ...next.data].map(({ id }) => id)).toEqual([0, 1, 2, 3, 4, 5].map((i) => `req_${rows - i}`));
  });
});

describe('notes', () => {
  it('are written by support, listed newest first, and stay', async () => {
    const wallet = (await call('POST', '/v1/wallets', { customer_id: 'cus_ama', currency: 'GHS' })).body;
    const person = await makeUser(database.db, { clientId: client.publicId, role: 'support', name: 'Abena Darko' });
    const token = await tokenFor(database.db, databaseClock, person);
    const path = `/v1/wallets/${wallet.id}/notes`;
    expect((await call('POST', path, { body: 'Called twice' }, token)).status).toBe(201);
    expect((await call('POST', path, { body: 'By key' })).status).toBe(201);
    const first = (await call('GET', `${path}?limit=1`)).body;
    expect(first).toMatchObject({ has_more: true, data: [{ body: 'By key', author: { type: 'api_key' } }] });
    const { data } = (await call('GET', `${path}?after=${first.next_cursor}`)).body;
    expect(data).toMatchObject([
      { object: 'note', wallet_id: wallet.id, body: 'Called twice', author: { type: 'user', name: 'Abena Darko' } },
    ]);
    const { pool } = database.db;
    await expect(
      pool.query('delete from account_notes where tenant_id = $1', [client.testTenantId]),
    ).rejects.toMatchObject({ code: '42501' });
    const audit = (await call('GET', `/v1/audit?object_id=${wallet.id}&action=wallet.note_added`)).body.data;
    expect(audit.map((entry: { after: { body: string } }) => entry.after.body)).toEqual(['By key', 'Called twice']);
  });

  it('are of a wallet of one’s own, and have words', async () => {
    const wallet = (await call('POST', '/v1/wallets', { customer_id: 'cus_ama', currency: 'GHS' })).body;
    const stranger = await api.newClient();
    for (const body of [{ body: '  ' }, {}, { body: 'x'.repeat(2_001) }]) {
      expect((await call('POST', `/v1/wallets/${wallet.id}/notes`, body)).status).toBe(400);
    }
    expect((await call('POST', `/v1/wallets/${wallet.id}/notes`, { body: 'x' }, stranger.secret)).status).toBe(404);
    expect((await call('GET', `/v1/wallets/${wallet.id}/notes`, undefined, stranger.secret)).status).toBe(404);
    const person = await makeUser(database.db, { clientId: client.publicId, role: 'auditor' });
    const token = await tokenFor(database.db, databaseClock, person);
    expect((await call('POST', `/v1/wallets/${wallet.id}/notes`, { body: 'x' }, token)).body.error.code).toBe(
      'scope_missing',
    );
  });
});
