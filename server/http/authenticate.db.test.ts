import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTestDatabase } from '@/db/testing';
import { makeSecret } from '@/server/kernel/secret';
import { type ApiHarness, basic, openTestApi } from './testing';

let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let api: ApiHarness;

beforeAll(async () => {
  database = await makeTestDatabase();
  api = await openTestApi(database);
});

afterAll(async () => {
  await api?.close();
  await database?.close();
});

/** Past the second that an answer about a key is believed. */
const BEYOND_BELIEF_MS = 1_050;
const PATH = '/v1/api_keys';

describe('credentials', () => {
  it('are accepted as Basic and as Bearer', async () => {
    const client = await api.newClient();
    for (const authorization of [
      basic(client.publicId, client.secret),
      `bearer ${client.secret}`,
      `Bearer  ${client.secret}`,
    ]) {
      expect((await api.call('GET', PATH, authorization)).status).toBe(200);
    }
  });

  it.each([
    ['nothing', null, 'authentication_required'],
    ['an unknown scheme', 'Digest abc', 'authentication_required'],
    ['Basic that is not base64', 'Basic ***', 'authentication_required'],
    ['Basic without a colon', `Basic ${Buffer.from('abc').toString('base64')}`, 'authentication_required'],
    ['Basic with an empty secret', `Basic ${Buffer.from('abc:').toString('base64')}`, 'authentication_required'],
    ['Bearer with nothing', 'Bearer ', 'authentication_required'],
    ['a secret longer than any', `Bearer ${'x'.repeat(300)}`, 'authentication_required'],
    ['an unknown secret', `Bearer ${makeSecret('test')}`, 'credentials_invalid'],
    ['an unknown secret of another shape', 'Bearer letmein', 'credentials_invalid'],
    ['a NUL', `Basic ${Buffer.from('a\0b:c').toString('base64')}`, 'authentication_required'],
  ])('are refused when they are %s', async (_name, authorization, code) => {
    const answer = await api.call('GET', PATH, authorization);
    expect(answer.status).toBe(401);
    expect(answer.body.error).toMatchObject({ code, type: 'authentication_error' });
    expect(answer.headers.get('www-authenticate')).toMatch(/^Basic realm=.*Bearer realm=/);
    expect(answer.headers.get('request-id')).toBe(answer.body.error.request_id);
  });

  it('are refused without a query when the checksum is wrong', async () => {
    const { secret } = await api.newClient();
    const typo = secret.slice(0, -1) + (secret.endsWith('0') ? '1' : '0');
    const connect = api.services.db.pool.query;
    let queries = 0;
    api.services.db.pool.query = ((...args: Parameters<typeof connect>) => {
      queries += 1;
      return connect.apply(api.services.db.pool, args);
    }) as typeof connect;
    try {
      const answer = await api.call('GET', PATH, typo);
      expect(answer.body.error.code).toBe('credentials_invalid');
      expect(queries).toBe(0);
    } finally {
      api.services.db.pool.query = connect;
    }
  });

  it('need the client id that the secret belongs to', async () => {
    const [one, other] = [await api.newClient(), await api.newClient()];
    expect((await api.call('GET', PATH, basic(other.publicId, one.secret))).body.error.code).toBe(
      'credentials_invalid',
    );
  });

  it('may be chosen by the operator, who may choose one twice', async () => {
    const secret = 'demo-secret-1';
    const one = await api.newClient({ secret });
    expect((await api.call('GET', PATH, `Bearer ${secret}`)).status).toBe(200);
    const other = await api.newClient({ secret });
    await sleep(BEYOND_BELIEF_MS);
    expect((await api.call('GET', PATH, `Bearer ${secret}`)).body.error.code).toBe('credentials_invalid');
    for (const { publicId } of [one, other])
      expect((await api.call('GET', PATH, basic(publicId, secret))).status).toBe(200);
  });

  it('of an inactive client are refused', async () => {
    const client = await api.newClient();
    await database.db.pool.query(`update clients set status = 'inactive' where public_id = $1`, [client.publicId]);
    const answer = await api.call('GET', PATH, client.secret);
    expect([answer.status, answer.body.error.code]).toEqual([403, 'client_inactive']);
  });

  it('expire', async () => {
    const { secret } = await api.newClient();
    const expiresAt = new Date(Date.now() + 700).toISOString();
    const made = await api.call('POST', PATH, secret, { name: 'short', expires_at: expiresAt });
    expect(made.status).toBe(201);
    expect((await api.call('GET', PATH, made.body.secret)).status).toBe(200);
    await sleep(1_800);
    const answer = await api.call('GET', PATH, made.body.secret);
    expect([answer.status, answer.body.error.code]).toEqual([401, 'key_expired']);
  });

  it('share one query however many requests come at once', async () => {
    const { secret } = await api.newClient();
    const { pool } = api.services.db;
    const query = pool.query;
    let lookUps = 0;
    pool.query = ((...args: Parameters<typeof query>) => {
      if ((args[0] as unknown as { name?: string }).name === 'authenticate') lookUps += 1;
      return query.apply(pool, args);
    }) as typeof query;
    try {
      const answers = await Promise.all(Array.from({ length: 50 }, () => api.call('GET', PATH, secret)));
      expect(answers.every((answer) => answer.status === 200)).toBe(true);
      expect(lookUps).toBe(1);
    } finally {
      pool.query = query;
    }
  });

  it('are noted when used', async () => {
    const { secret } = await api.newClient();
    await api.call('GET', PATH, secret);
    await sleep(100);
    const { body } = await api.call('GET', PATH, secret);
    expect(body.data[0].last_used_at).toMatch(/^20/);
  });
});

describe('scopes', () => {
  it('bound what a key may do', async () => {
    const { secret } = await api.newClient({ scopes: ['keys:read'] });
    expect((await api.call('GET', PATH, secret)).status).toBe(200);
    const answer = await api.call('POST', PATH, secret, { name: 'more' });
    expect(answer.status).toBe(403);
    expect(answer.body.error).toMatchObject({ code: 'scope_missing', details: { required_scope: 'keys:write' } });
  });

  it('cannot be granted by who lacks them', async () => {
    const { secret } = await api.newClient({ scopes: ['keys:write', 'wallets:read'] });
    for (const scopes of [['*'], ['wallets:write'], ['wallets:read', 'events:read']]) {
      const answer = await api.call('POST', PATH, secret, { name: 'more', scopes });
      expect([answer.status, answer.body.error?.param]).toEqual([403, 'scopes']);
    }
    const made = await api.call('POST', PATH, secret, { name: 'less', scopes: ['wallets:read'] });
    expect([made.status, made.body.scopes]).toEqual([201, ['wallets:read']]);
    const inherited = await api.call('POST', PATH, secret, { name: 'same' });
    expect(inherited.body.scopes).toEqual(['keys:write', 'wallets:read']);
  });
});

describe('rotation and revocation', () => {
  it('leaves the old key working for the overlap and no longer', async () => {
    const { secret, keyId } = await api.newClient();
    expect(keyId).toMatch(/^[0-9]+$/);
    const { body: list } = await api.call('GET', PATH, secret);
    const id = list.data[0].id;
    const rotated = await api.call('POST', `${PATH}/${id}/rotate`, secret, { overlap_seconds: 1 });
    expect(rotated.status).toBe(201);
    expect((await api.call('GET', PATH, secret)).status).toBe(200);
    expect((await api.call('GET', PATH, rotated.body.secret)).status).toBe(200);
    const again = await api.call('POST', `${PATH}/${id}/rotate`, rotated.body.secret, {});
    expect([again.status, again.body.error.code]).toEqual([409, 'key_not_active']);
    await sleep(1_000 + BEYOND_BELIEF_MS);
    expect((await api.call('GET', PATH, secret)).body.error.code).toBe('key_expired');
    const old = await api.call('GET', `${PATH}/${id}`, rotated.body.secret);
    expect(old.body).toMatchObject({ status: 'expired', replaced_by: rotated.body.id });
  });

  it('is no way to a stronger key', async () => {
    const client = await api.newClient();
    const { body: list } = await api.call('GET', PATH, client.secret);
    const weak = await api.call('POST', PATH, client.secret, { name: 'weak', scopes: ['keys:write'] });
    const answer = await api.call('POST', `${PATH}/${list.data[0].id}/rotate`, weak.body.secret, {});
    expect([answer.status, answer.body.error.code]).toEqual([403, 'scope_missing']);
  });

  it('ends a key in other processes within a second', async () => {
    const elsewhere = await openTestApi(database);
    const { secret } = await api.newClient();
    const made = await api.call('POST', PATH, secret, { name: 'doomed' });
    expect((await elsewhere.call('GET', PATH, made.body.secret)).status).toBe(200);
    const revoked = await api.call('POST', `${PATH}/${made.body.id}/revoke`, secret, {
      reason: 'Left in a repository',
    });
    expect(revoked.body.status).toBe('revoked');
    const deadline = performance.now() + BEYOND_BELIEF_MS;
    // Busy all the while: renewing must not stretch what is believed.
    while (performance.now() < deadline) await elsewhere.call('GET', PATH, made.body.secret);
    const answer = await elsewhere.call('GET', PATH, made.body.secret);
    expect([answer.status, answer.body.error.code]).toEqual([401, 'key_revoked']);
    expect((await api.call('POST', `${PATH}/${made.body.id}/revoke`, secret)).status).toBe(200);
    const audit = await database.db.pool.query(`select action, reason from audit_log where action = 'api_key.revoked'`);
    expect(audit.rows).toEqual([{ action: 'api_key.revoked', reason: 'Left in a repository' }]);
    await elsewhere.close();
  });

  it('sees no other client’s keys', async () => {
    const [one, other] = [await api.newClient(), await api.newClient()];
    const { body: list } = await api.call('GET', PATH, one.secret);
    for (const [method, suffix] of [
      ['GET', ''],
      ['POST', '/rotate'],
      ['POST', '/revoke'],
    ] as const) {
      const answer = await api.call(method, `${PATH}/${list.data[0].id}${suffix}`, other.secret);
      expect([answer.status, answer.body.error.code]).toEqual([404, 'resource_missing']);
      expect((await api.call(method, `${PATH}/key_nonsense${suffix}`, other.secret)).status).toBe(404);
    }
  });
});
