import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTestDatabase } from '@/db/testing';
import { purgeAnswers } from '@/server/jobs/purge';
import { type ApiHarness, openTestApi } from './testing';

let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let api: ApiHarness;
let secret: string;
let tenantId: string;
let wallet: string;

beforeAll(async () => {
  database = await makeTestDatabase();
  api = await openTestApi(database);
  const client = await api.newClient();
  secret = client.secret;
  tenantId = client.testTenantId;
  const made = await api.call('POST', '/v1/wallets', secret, { customer_id: 'cus_1', currency: 'GHS' });
  wallet = made.body.id;
  const credit = { amount: 10_000, description: 'Welcome', reference: 'welcome' };
  expect((await api.call('POST', `/v1/wallets/${wallet}/credit`, secret, credit)).status).toBeLessThan(300);
});

afterAll(async () => {
  await api?.close();
  await database?.close();
});

let keys = 0;
const nextKey = (): string => `key ${++keys}`;
const debit = (reference: string, amount = 100) => ({ amount, description: 'Test', reference });
const balance = async (): Promise<number> => (await api.call('GET', `/v1/wallets/${wallet}`, secret)).body.balance;
const stored = async (key: string): Promise<number | null> =>
  (await database.db.pool.query('select 1 from answers where tenant_id = $1 and key = $2', [tenantId, key])).rowCount;

describe('Idempotency-Key', () => {
  it('gives the stored answer again, for verbs outside the ledger', async () => {
    const key = nextKey();
    const body = { name: 'once', scopes: ['wallets:read'] };
    const first = await api.call('POST', '/v1/api_keys', secret, body, { 'Idempotency-Key': key });
    const again = await api.call('POST', '/v1/api_keys', secret, '{ "scopes": ["wallets:read"],  "name": "once" }', {
      'Idempotency-Key': key,
    });
    expect([first.status, first.headers.get('idempotent-replayed')]).toEqual([201, null]);
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([201, 'true']);
    expect(again.body.id).toBe(first.body.id);
    // Shown once: neither the second answer nor the table has it.
    expect(first.body.secret).toMatch(/^sec_test_/);
    expect(again.body.secret).toBeUndefined();
    const { rows } = await database.db.pool.query('select body from answers where key = $1', [key]);
    expect(rows[0].body).not.toContain('sec_test_0');
    expect(rows[0].body).not.toContain(first.body.secret);
  });

  it('gives the stored answer again, for the ledger', async () => {
    const key = nextKey();
    const before = await balance();
    const first = await api.call('POST', `/v1/wallets/${wallet}/debit`, secret, debit('k1'), {
      'Idempotency-Key': key,
    });
    const again = await api.call('POST', `/v1/wallets/${wallet}/debit`, secret, debit('k1'), {
      'Idempotency-Key': key,
    });
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(await balance()).toBe(before - 100);
  });

  it('refuses another request under the same key', async () => {
    const key = nextKey();
    await api.call('POST', `/v1/wallets/${wallet}/debit`, secret, debit('k2'), { 'Idempotency-Key': key });
    const before = await balance();
    for (const [path, body] of [
      [`/v1/wallets/${wallet}/debit`, debit('k2', 101)],
      [`/v1/wallets/${wallet}/credit`, debit('k2')],
      ['/v1/api_keys', { name: 'x' }],
    ] as const) {
      const answer = await api.call('POST', path, secret, body, { 'Idempotency-Key': key });
      expect([answer.status, answer.body.error.code]).toEqual([422, 'idempotency_key_reused']);
    }
    expect(await balance()).toBe(before);
  });

  it('answers 409 while the request runs, and has one effect', async () => {
    const key = nextKey();
    const before = await balance();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        api.call('POST', `/v1/wallets/${wallet}/debit`, secret, debit('k3'), { 'Idempotency-Key': key }),
      ),
    );
    const statuses = answers.map((answer) => answer.status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    const waiting = answers.filter((answer) => answer.status === 409);
    expect(waiting).toHaveLength(19);
    for (const answer of waiting) {
      expect(answer.body.error.code).toBe('idempotency_in_progress');
      expect(answer.headers.get('retry-after')).toBe('1');
    }
    expect(await balance()).toBe(before - 100);
  });

  it('is decided by the database between processes', async () => {
    const elsewhere = await openTestApi(database);
    const [keyA, keyB] = [nextKey(), nextKey()];
    const before = await balance();
    const send = (harness: ApiHarness, path: string, body: unknown, key: string) =>
      harness.call('POST', path, secret, body, { 'Idempotency-Key': key });
    for (let round = 0; round < 5; round++) {
      const path = `/v1/wallets/${wallet}/transactions`;
      const body = { amount: -10, description: `Round ${round}`, currency: 'GHS' };
      const pair = await Promise.all([api, elsewhere].map((harness) => send(harness, path, body, `${keyA} ${round}`)));
      expect(pair.map((answer) => answer.status)).toEqual([pair[0]?.status, pair[0]?.status]);
      expect(pair[1]?.body).toEqual(pair[0]?.body);
      const keyPair = await Promise.all(
        [api, elsewhere].map((harness) => send(harness, '/v1/api_keys', { name: 'pair' }, `${keyB} ${round}`)),
      );
      expect(keyPair[1]?.body.id).toBe(keyPair[0]?.body.id);
    }
    expect(await balance()).toBe(before - 50);
    await elsewhere.close();
  });

  it('keeps a refusal of the ledger, and none that had no part in it', async () => {
    const key = nextKey();
    const path = `/v1/wallets/${wallet}/debit`;
    const refused = await api.call('POST', path, secret, debit('k4', 99_999_999), { 'Idempotency-Key': key });
    expect([refused.status, await stored(key)]).toEqual([402, 1]);
    const again = await api.call('POST', path, secret, debit('k4', 99_999_999), { 'Idempotency-Key': key });
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([402, 'true']);
    const malformed = nextKey();
    expect((await api.call('POST', path, secret, { amount: 'x' }, { 'Idempotency-Key': malformed })).status).toBe(400);
    expect(await stored(malformed)).toBe(0);
    expect((await api.call('POST', path, secret, debit('k5'), { 'Idempotency-Key': malformed })).status).toBe(200);
  });

  it('keeps nothing of our own failures', async () => {
    const key = nextKey();
    const { pool } = api.services.db;
    const connect = pool.connect;
    const refuse = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    pool.connect = ((callback?: (error: Error) => void) =>
      callback === undefined ? Promise.reject(refuse) : callback(refuse)) as typeof connect;
    const down = await api
      .call('POST', '/v1/api_keys', secret, { name: 'down' }, { 'Idempotency-Key': key })
      .finally(() => {
        pool.connect = connect;
      });
    expect([down.status, down.body.error.code, down.headers.get('retry-after')]).toEqual([
      503,
      'database_unavailable',
      '2',
    ]);
    expect(await stored(key)).toBe(0);
    expect((await api.call('POST', '/v1/api_keys', secret, { name: 'down' }, { 'Idempotency-Key': key })).status).toBe(
      201,
    );
  });

  it.each(['x'.repeat(129), 'é'])('has to be printable: %s', async (key) => {
    const answer = await api.call('POST', '/v1/api_keys', secret, { name: 'x' }, { 'Idempotency-Key': key });
    expect([answer.status, answer.body.error.code]).toEqual([400, 'idempotency_key_invalid']);
  });

  it('is forgotten after its time and not before', async () => {
    await database.db.pool.query(
      `insert into answers (tenant_id, key, fingerprint, status, body, created_at)
       values ($1, 'old', 'x', 200, '{}', now() - interval '25 hours'), ($1, 'new', 'x', 200, '{}', now() - interval '23 hours')`,
      [tenantId],
    );
    expect(await purgeAnswers(database.db.pool, 24)).toBe(1);
    expect([await stored('old'), await stored('new')]).toEqual([0, 1]);
    await expect(purgeAnswers(database.db.pool, 23)).rejects.toThrow(RangeError);
  });
});

describe('a reference', () => {
  it('repeats the first answer without a key, and says so', async () => {
    const path = `/v1/wallets/${wallet}/debit`;
    const first = await api.call('POST', path, secret, debit('r1'));
    const again = await api.call('POST', path, secret, debit('r1'));
    expect(again.body).toEqual(first.body);
    expect([first.headers.get('idempotent-replayed'), again.headers.get('idempotent-replayed')]).toEqual([
      null,
      'true',
    ]);
  });
});
