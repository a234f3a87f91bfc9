import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTestDatabase } from '@/db/testing';
import { type ApiHarness, openTestApi } from '@/server/http/testing';
import { fixedClock } from '@/server/kernel/clock';
import { ensureOperator } from './operator';
import { logIn, type MadeUser, makeUser } from './testing';

const PASSWORD = 'tidal-quartz-lemur';
const WRONG = 'tidal-quartz-lemon';
const LOGIN = '/api/v1/auth/login';
const START_MS = Date.UTC(2026, 4, 24, 10);
const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };

const clock = fixedClock(START_MS);
let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let api: ApiHarness;

beforeAll(async () => {
  database = await makeTestDatabase();
  api = await openTestApi(database, { clock, env: { TRUSTED_PROXIES: '1' } });
  await ensureOperator(api.services);
});

afterAll(async () => {
  await api?.close();
  await database?.close();
});

let lastAddress = 0;
const newAddress = (): string => `198.51.${Math.floor(++lastAddress / 250)}.${(lastAddress % 250) + 1}`;

const from = (address: string, username: string, password: string) =>
  api.call('POST', LOGIN, null, { username, password }, { 'x-forwarded-for': address });

async function newUser(
  input: Partial<Parameters<typeof makeUser>[1]> = {},
): Promise<MadeUser & { clientCode: string }> {
  const client = await api.newClient();
  const user = await makeUser(database.db, { clientId: client.publicId, password: PASSWORD, ...input });
  return { ...user, clientCode: client.code };
}

async function failuresOf(prefix: string): Promise<number[]> {
  const { rows } = await database.db.pool.query<{ failures: number }>(
    'select failures from login_throttles where key like $1 order by key',
    [`${prefix}%`],
  );
  return rows.map((row) => row.failures);
}

async function auditOf(objectId: string) {
  const { rows } = await database.db.pool.query(
    'select action, actor, credential, address, before, after from audit_log where object_id = $1 order by id',
    [objectId],
  );
  return rows;
}

describe('a log-in', () => {
  it('gives a token that works in both families', async () => {
    const user = await newUser();
    const answer = await from('203.0.113.1', user.email, PASSWORD);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.body).toEqual({
      access_token: expect.stringMatching(/^acc_[0-9A-Za-z]{36}$/),
      token_type: 'Bearer',
      expires_in: 43_200,
      livemode: false,
      user_id: user.publicId,
      role: 'admin',
      client_code: user.clientCode,
    });
    const me = await api.call('GET', '/v1/me', `Bearer ${answer.body.access_token}`);
    expect(me.body).toMatchObject({ kind: 'login', mode: 'test', livemode: false, user: { id: user.publicId } });
  });

  it('takes a form', async () => {
    const user = await newUser();
    const body = new URLSearchParams({ username: user.email, password: PASSWORD, mode: 'live' }).toString();
    const answer = await api.call('POST', LOGIN, null, body, FORM);
    expect([answer.status, answer.body.livemode]).toEqual([200, true]);
  });

  it('takes the e-mail in any case, and a mode', async () => {
    const user = await newUser();
    const token = await logIn(api, ` ${user.email.toUpperCase()} `, PASSWORD, 'live');
    expect((await api.call('GET', '/v1/me', token)).body).toMatchObject({ mode: 'live', livemode: true });
  });

  it('opens the books that LOGIN_MODE says', async () => {
    const live = await openTestApi(database, { clock, env: { LOGIN_MODE: 'live' } });
    try {
      const user = await newUser();
      const answer = await live.call('POST', LOGIN, null, { username: user.email, password: PASSWORD });
      expect(answer.body.livemode).toBe(true);
    } finally {
      await live.close();
    }
  });

  it('stores of the token only its hash', async () => {
    const user = await newUser();
    const token = await logIn(api, user.email, PASSWORD);
    const { rows } = await database.db.pool.query('select * from login_sessions where user_id = $1', [user.id]);
    expect(JSON.stringify(rows)).not.toContain(token.slice(4, 20));
    expect(rows).toHaveLength(1);
  });

  it('counts an Idempotency-Key for nothing: each is a session of its own, and nothing of it is kept', async () => {
    const user = await newUser();
    const headers = { 'idempotency-key': 'log-in-1' };
    const body = { username: user.email, password: PASSWORD };
    const one = await api.call('POST', LOGIN, null, body, headers);
    const other = await api.call('POST', LOGIN, null, body, headers);
    expect([one.status, other.status]).toEqual([200, 200]);
    expect(one.body.access_token).not.toBe(other.body.access_token);
    expect((await database.db.pool.query(`select from answers where key = 'log-in-1'`)).rows).toHaveLength(0);
  });

  it.each([
    ['a missing password', { username: 'ama@example.com' }, 'parameter_missing', 'password'],
    ['a missing username', { password: PASSWORD }, 'parameter_missing', 'username'],
    ['a number', { username: 1, password: PASSWORD }, 'parameter_invalid', 'username'],
    ['a mode that is none', { username: 'a', password: 'b', mode: 'prod' }, 'parameter_invalid', 'mode'],
    ['an unknown field', { username: 'a', password: 'b', grant_type: 'password' }, 'parameter_unknown', 'grant_type'],
  ])('refuses %s by name, in its family’s words', async (_what, body, code, param) => {
    const answer = await api.call('POST', LOGIN, null, body);
    expect(answer.body).toMatchObject({ status: 400, error: { code, param } });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).not.toContain(PASSWORD);
  });

  it('answers the same for an unknown user, a wrong password, and a user who is inactive', async () => {
    const user = await newUser();
    const inactive = await newUser({ status: 'inactive' });
    const answers = [
      await from(newAddress(), user.email, WRONG),
      await from(newAddress(), 'nobody-at-all@example.com', WRONG),
      await from(newAddress(), 'no address', WRONG),
      await from(newAddress(), inactive.email, PASSWORD),
    ];
    for (const { status, body } of answers) {
      expect([status, body.error.code]).toEqual([401, 'credentials_invalid']);
      expect({ ...body.error, request_id: '' }).toEqual({ ...answers[0]?.body.error, request_id: '' });
    }
  });

  it('of a client’s user is refused while the client is inactive', async () => {
    const user = await newUser();
    await database.db.pool.query(`update clients set status = 'inactive' where public_id = $1`, [user.clientId]);
    const answer = await from(newAddress(), user.email, PASSWORD);
    expect([answer.status, answer.body.error.code]).toEqual([403, 'client_inactive']);
  });

  it('is in the audit trail with its address, as are failures', async () => {
    const user = await newUser();
    await from('203.0.113.9', user.email, WRONG);
    await from('203.0.113.9', user.email, PASSWORD);
    const { rows: sessions } = await database.db.pool.query<{ id: string }>(
      'select id from login_sessions where user_id = $1',
      [user.id],
    );
    expect(await auditOf(user.id)).toEqual([
      {
        action: 'user.login_failed',
        actor: 'nobody',
        credential: 'nobody',
        address: '203.0.113.9',
        before: null,
        after: null,
      },
      {
        action: 'user.logged_in',
        actor: `user:${user.id}`,
        credential: `session:${sessions[0]?.id}`,
        address: '203.0.113.9',
        before: null,
        after: null,
      },
    ]);
  });
});

describe('failures', () => {
  it('of an account delay the next try, longer each time, and a success forgets them', async () => {
    const user = await newUser();
    const fail = () => from(newAddress(), user.email, WRONG);
    for (let i = 0; i < 5; i++) expect((await fail()).status).toBe(401);
    expect((await fail()).status).toBe(401);
    for (const seconds of [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]) {
      const held = await from(newAddress(), user.email, PASSWORD);
      expect([held.status, held.body.error.code]).toEqual([429, 'login_throttled']);
      expect(held.headers.get('retry-after')).toBe(String(seconds));
      clock.advance(seconds * 1_000 - 1);
      expect((await from(newAddress(), user.email, PASSWORD)).status).toBe(429);
      clock.advance(1);
      expect((await fail()).status).toBe(401);
    }
    clock.advance(300_000);
    expect((await from(newAddress(), user.email, PASSWORD)).status).toBe(200);
    for (let i = 0; i < 5; i++) expect((await fail()).status).toBe(401);
    expect((await from(newAddress(), user.email, PASSWORD)).status).toBe(200);
  });

  it('of an unknown account delay alike', async () => {
    const name = 'somebody-unknown@example.com';
    for (let i = 0; i < 6; i++) expect((await from(newAddress(), name, WRONG)).status).toBe(401);
    const held = await from(newAddress(), name, WRONG);
    expect([held.status, held.headers.get('retry-after')]).toEqual([429, '1']);
  });

  it('from an address delay it whatever the account, and a success there pays for none', async () => {
    const user = await newUser();
    const address = newAddress();
    for (let i = 0; i < 21; i++) expect((await from(address, `guess-${i}@example.com`, WRONG)).status).toBe(401);
    expect((await from(address, user.email, PASSWORD)).status).toBe(429);
    expect((await from(newAddress(), user.email, PASSWORD)).status).toBe(200);
    clock.advance(1_000);
    expect((await from(address, user.email, PASSWORD)).status).toBe(200);
    expect((await from(address, 'guess-22@example.com', WRONG)).status).toBe(401);
    expect((await from(address, user.email, PASSWORD)).headers.get('retry-after')).toBe('2');
  });

  it('of others do not keep the owner out where they have logged in before', async () => {
    const user = await newUser();
    const home = newAddress();
    expect((await from(home, user.email, PASSWORD)).status).toBe(200);
    for (let i = 0; i < 6; i++) await from(newAddress(), user.email, WRONG);
    expect((await from(newAddress(), user.email, PASSWORD)).status).toBe(429);
    expect((await from(home, user.email, PASSWORD)).status).toBe(200);
    // The guesses elsewhere still count.
    expect((await from(newAddress(), user.email, PASSWORD)).status).toBe(429);
  });

  it('begin anew after a day', async () => {
    const user = await newUser();
    for (let i = 0; i < 6; i++) await from(newAddress(), user.email, WRONG);
    clock.advance(24 * 3_600_000 + 1);
    for (let i = 0; i < 5; i++) expect((await from(newAddress(), user.email, WRONG)).status).toBe(401);
    expect((await from(newAddress(), user.email, PASSWORD)).status).toBe(200);
  });

  it('that come all at once all count, in two processes', async () => {
    const user = await newUser();
    const second = await openTestApi(database, { clock, env: { TRUSTED_PROXIES: '1' } });
    try {
      const answers = await Promise.all(
        Array.from({ length: 60 }, (_, i) =>
          (i % 2 === 0 ? api : second).call(
            'POST',
            LOGIN,
            null,
            { username: user.email, password: WRONG },
            { 'x-forwarded-for': `203.0.114.${i + 1}` },
          ),
        ),
      );
      const guessed = answers.filter((answer) => answer.status === 401).length;
      expect(answers.every((answer) => answer.status === 401 || answer.status === 429)).toBe(true);
      // Two may be under way when the last free one fails.
      expect(guessed).toBeGreaterThanOrEqual(6);
      expect(guessed).toBeLessThanOrEqual(8);
      expect((await auditOf(user.id)).filter((row) => row.action === 'user.login_failed')).toHaveLength(guessed);
      const total = (await failuresOf('address:203.0.114.')).reduce((sum, failures) => sum + failures, 0);
      expect(total).toBe(guessed);
    } finally {
      await second.close();
    }
  });

  it('leave a row that says nothing of the name', async () => {
    await from(newAddress(), 'hunter2-typed-into-the-wrong-field', WRONG);
    const { rows } = await database.db.pool.query(
      `select 1 from login_throttles where key like '%hunter2%'
       union all select 1 from audit_log where object_id like '%hunter2%' or after like '%hunter2%'`,
    );
    expect(rows).toHaveLength(0);
  });
});

describe('a log-out', () => {
  it('ends the token, at once in this process and within a second in others', async () => {
    const user = await newUser();
    const second = await openTestApi(database, { clock });
    try {
      const token = await logIn(api, user.email, PASSWORD);
      const other = await logIn(api, user.email, PASSWORD);
      expect((await second.call('GET', '/v1/me', token)).status).toBe(200);
      const out = await api.call('POST', '/api/v1/auth/logout', token);
      expect([out.status, out.body]).toEqual([200, { status: 'logged_out' }]);
      const gone = await api.call('GET', '/v1/me', token);
      expect([gone.status, gone.body.error.code]).toEqual([401, 'token_expired']);
      await expect.poll(async () => (await second.call('GET', '/v1/me', token)).status, { timeout: 1_500 }).toBe(401);
      expect((await api.call('GET', '/v1/me', other)).status).toBe(200);
      expect((await auditOf(user.id)).map((row) => row.action)).toContain('user.logged_out');
    } finally {
      await second.close();
    }
  });

  it('is not for keys', async () => {
    const client = await api.newClient();
    const answer = await api.call('POST', '/api/v1/auth/logout', client.secret);
    expect([answer.status, answer.body.error.code]).toEqual([403, 'login_required']);
  });
});

describe('a token', () => {
  it('ends after twelve hours', async () => {
    const user = await newUser();
    const token = await logIn(api, user.email, PASSWORD);
    clock.advance(12 * 3_600_000 - 1);
    expect((await api.call('GET', '/v1/me', token)).status).toBe(200);
    clock.advance(1);
    api.services.authenticator.forgetLogIns();
    const answer = await api.call('GET', '/v1/me', token);
    expect([answer.status, answer.body.error.code]).toEqual([401, 'token_expired']);
  });
});
