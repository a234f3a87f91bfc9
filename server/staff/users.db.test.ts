import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES } from '@/contracts/roles';
import { makeTestDatabase } from '@/db/testing';
import { type ApiHarness, openTestApi } from '@/server/http/testing';
import { databaseClock } from '@/server/kernel/clock';
import { logIn, makeOperator, makeUser, tokenFor } from './testing';

const PASSWORD = 'tidal-quartz-lemur';
const USERS = '/v1/users';

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

let count = 0;
const newEmail = (): string => `person-${++count}@example.com`;

/** A client with an admin of its own. */
async function newTeam() {
  const client = await api.newClient();
  const admin = await makeUser(database.db, { clientId: client.publicId });
  return { client, admin, token: await tokenFor(database.db, databaseClock, admin) };
}

async function auditOf(email: string, action: string) {
  const { rows } = await database.db.pool.query(
    `select a.actor, a.reason, a.before, a.after from audit_log a join users u on u.id::text = a.object_id
     where u.email = $1 and a.action = $2`,
    [email, action],
  );
  return rows;
}

describe('an admin of a client', () => {
  it('makes a user, whose password is shown once and logs in', async () => {
    const { client, admin, token } = await newTeam();
    const email = newEmail();
    const made = await api.call('POST', USERS, token, { email: email.toUpperCase(), name: 'Kofi', role: 'finance' });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      id: expect.stringMatching(/^usr_[0-9a-z]{13}$/),
      object: 'user',
      email,
      name: 'Kofi',
      kind: 'staff',
      role: 'finance',
      status: 'active',
      client_id: client.publicId,
      last_login_at: null,
    });
    const { password, ...rest } = made.body;
    const found = await api.call('GET', `${USERS}/${made.body.id}`, token);
    expect(found.body).toEqual(rest);
    await logIn(api, email, password);
    expect((await api.call('GET', `${USERS}/${made.body.id}`, token)).body.last_login_at).toMatch(/^20/);
    const [audit] = await auditOf(email, 'user.created');
    expect(audit).toMatchObject({ actor: `user:${admin.id}`, before: null });
    expect(audit.after).not.toContain(password);
  });

  it('may choose the password, which no answer and no table shows', async () => {
    const { token } = await newTeam();
    const email = newEmail();
    const body = { email, name: 'Kofi', role: 'ops', kind: 'api_user', password: PASSWORD };
    const headers = { 'idempotency-key': `key-${email}` };
    const made = await api.call('POST', USERS, token, body, headers);
    expect([made.status, made.body.kind, made.body.password]).toEqual([201, 'api_user', undefined]);
    const again = await api.call('POST', USERS, token, body, headers);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.body).toEqual(made.body);
    await logIn(api, email, PASSWORD);
    const { rows } = await database.db.pool.query<{ row: string }>(
      'select u::text || (select string_agg(a::text, $2) from answers a) as row from users u where email = $1',
      [email, ' '],
    );
    expect(rows[0]?.row).toContain('$argon2id$');
    expect(rows[0]?.row).not.toContain(PASSWORD);
  });

  it('hears the made password once, also with an Idempotency-Key', async () => {
    const { token } = await newTeam();
    const body = { email: newEmail(), name: 'Kofi', role: 'ops' };
    const headers = { 'idempotency-key': 'made-once' };
    expect((await api.call('POST', USERS, token, body, headers)).body.password).toMatch(/^[0-9a-z-]{23}$/);
    const again = await api.call('POST', USERS, token, body, headers);
    expect([again.status, 'password' in again.body]).toEqual([201, false]);
  });

  it('cannot take an address that somebody has, in any client and any case', async () => {
    const [one, other] = [await newTeam(), await newTeam()];
    const body = { email: newEmail(), name: 'Kofi', role: 'ops' };
    expect((await api.call('POST', USERS, one.token, body)).status).toBe(201);
    const taken = await api.call('POST', USERS, other.token, { ...body, email: body.email.toUpperCase() });
    expect([taken.status, taken.body.error.code, taken.body.error.param]).toEqual([409, 'user_exists', 'email']);
    const raced = newEmail();
    const answers = await Promise.all(
      [one, other, one, other].map(({ token }) => api.call('POST', USERS, token, { ...body, email: raced })),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409, 409]);
  });

  it.each([
    ['an e-mail that is none', { email: 'kofi' }, 'parameter_invalid', 'email'],
    ['a role that is none', { role: 'root' }, 'parameter_invalid', 'role'],
    ['a kind that is none', { kind: 'robot' }, 'parameter_invalid', 'kind'],
    ['a name that is empty', { name: '' }, 'parameter_invalid', 'name'],
    ['a short password', { password: 'k7vqm2h' }, 'password_unsuitable', 'password'],
    ['a common password', { password: 'Password123' }, 'password_unsuitable', 'password'],
    ['a password with the local part', { password: 'xx-kofi.annan-xx' }, 'password_unsuitable', 'password'],
    ['an unknown field', { is_admin: true }, 'parameter_unknown', 'is_admin'],
  ])('hears what is wrong with %s', async (_what, wrong, code, param) => {
    const { token } = await newTeam();
    const body = { email: 'kofi.annan@example.com', name: 'Kofi', role: 'ops', ...wrong };
    const answer = await api.call('POST', USERS, token, body);
    expect([answer.status, answer.body.error.code, answer.body.error.param]).toEqual([400, code, param]);
    expect((await api.call('GET', USERS, token)).body.data).toHaveLength(1);
  });

  it('sees and changes nobody of another client', async () => {
    const [one, other] = [await newTeam(), await newTeam()];
    const path = `${USERS}/${other.admin.publicId}`;
    for (const [method, to, body] of [
      ['GET', path, undefined],
      ['PATCH', path, { status: 'inactive' }],
      ['POST', `${path}/password`, {}],
      ['POST', `${path}/sessions/revoke`, {}],
    ] as const) {
      const answer = await api.call(method, to, one.token, body);
      expect([answer.status, answer.body.error.code]).toEqual([404, 'resource_missing']);
      const absent = await api.call(method, to.replace(other.admin.publicId, 'usr_0000000000000'), one.token, body);
      expect({ ...absent.body.error, request_id: '' }).toEqual({ ...answer.body.error, request_id: '' });
    }
    expect((await api.call('GET', USERS, one.token)).body.data.map((user: { id: string }) => user.id)).toEqual([
      one.admin.publicId,
    ]);
    const named = await api.call('GET', USERS, one.token, undefined, { 'pesewa-client': other.client.publicId });
    expect(named.status).toBe(404);
    expect((await api.call('GET', '/v1/me', other.token)).status).toBe(200);
  });

  it('lists its people by role, kind and status, a page at a time', async () => {
    const { client, admin, token } = await newTeam();
    const made = [];
    for (const role of ['ops', 'ops', 'support'] as const) {
      made.push(await makeUser(database.db, { clientId: client.publicId, role }));
    }
    const robot = await makeUser(database.db, { clientId: client.publicId, kind: 'api_user', status: 'inactive' });
    const ids = async (query: string): Promise<string[]> =>
      (await api.call('GET', `${USERS}${query}`, token)).body.data.map((user: { id: string }) => user.id);
    expect((await ids('?role=ops')).sort()).toEqual([made[0]?.publicId, made[1]?.publicId].sort());
    expect(await ids('?kind=api_user')).toEqual([robot.publicId]);
    expect(await ids('?status=inactive')).toEqual([robot.publicId]);
    const first = await api.call('GET', `${USERS}?limit=3`, token);
    expect(first.body.has_more).toBe(true);
    const second = await api.call('GET', `${USERS}?limit=3&after=${first.body.next_cursor}`, token);
    expect(second.body).toMatchObject({ has_more: false, next_cursor: null });
    const all = [...first.body.data, ...second.body.data].map((user) => user.id);
    expect(all).toHaveLength(5);
    expect([...all].sort().reverse()).toEqual(all);
    expect(all).toContain(admin.publicId);
    expect((await api.call('GET', `${USERS}?after=nonsense`, token)).status).toBe(400);
  });
});

describe('sessions end', () => {
  it.each([
    ['deactivation', 'PATCH', '', { status: 'inactive', reason: 'Left' }, 'user.updated'],
    ['another role', 'PATCH', '', { role: 'auditor', reason: 'Left' }, 'user.updated'],
    ['a new password', 'POST', '/password', { reason: 'Left' }, 'user.password_set'],
    ['a revocation', 'POST', '/sessions/revoke', { reason: 'Left' }, 'user.sessions_revoked'],
  ])('at once with %s, which is in the audit trail', async (_what, method, suffix, body, action) => {
    const { client, admin, token } = await newTeam();
    const user = await makeUser(database.db, { clientId: client.publicId, role: 'ops', password: PASSWORD });
    const tokens = [
      await tokenFor(database.db, databaseClock, user),
      await tokenFor(database.db, databaseClock, user, 'live'),
    ];
    for (const one of tokens) expect((await api.call('GET', '/v1/me', one)).status).toBe(200);
    const changed = await api.call(method, `${USERS}/${user.publicId}${suffix}`, token, body);
    expect(changed.status).toBe(200);
    for (const one of tokens) expect((await api.call('GET', '/v1/me', one)).status).toBe(401);
    expect((await api.call('GET', '/v1/me', token)).status).toBe(200);
    expect(await auditOf(user.email, action)).toMatchObject([{ actor: `user:${admin.id}`, reason: 'Left' }]);
  });

  it('and an inactive user cannot log in until active again', async () => {
    const { client, token } = await newTeam();
    const user = await makeUser(database.db, { clientId: client.publicId, password: PASSWORD });
    const path = `${USERS}/${user.publicId}`;
    const set = async (status: string) => (await api.call('PATCH', path, token, { status })).body.status;
    expect(await set('inactive')).toBe('inactive');
    await expect(logIn(api, user.email, PASSWORD)).rejects.toThrow('401');
    expect(await set('active')).toBe('active');
    await logIn(api, user.email, PASSWORD);
  });

  it('not with a new name, nor with a change that is none', async () => {
    const { client, token } = await newTeam();
    const user = await makeUser(database.db, { clientId: client.publicId, role: 'ops' });
    const theirs = await tokenFor(database.db, databaseClock, user);
    const path = `${USERS}/${user.publicId}`;
    expect((await api.call('PATCH', path, token, { name: 'Esi' })).body.name).toBe('Esi');
    const same = await api.call('PATCH', path, token, { name: 'Esi', role: 'ops', status: 'active' });
    expect(same.status).toBe(200);
    expect((await api.call('GET', '/v1/me', theirs)).status).toBe(200);
    expect(await auditOf(user.email, 'user.updated')).toHaveLength(1);
  });

  it('with a password that works, and the old one no more', async () => {
    const { client, token } = await newTeam();
    const user = await makeUser(database.db, { clientId: client.publicId, password: PASSWORD });
    const path = `${USERS}/${user.publicId}/password`;
    const unsuitable = await api.call('POST', path, token, { password: 'password1' });
    expect([unsuitable.status, unsuitable.body.error.code]).toEqual([400, 'password_unsuitable']);
    const set = await api.call('POST', path, token, {});
    await expect(logIn(api, user.email, PASSWORD)).rejects.toThrow('401');
    await logIn(api, user.email, set.body.password);
    expect((await api.call('POST', path, token, { password: `${PASSWORD}s` })).body).not.toHaveProperty('password');
    await logIn(api, user.email, `${PASSWORD}s`);
  });
});

describe('what one may hand out', () => {
  it('is no more than one has', async () => {
    const client = await api.newClient();
    const key = await api.newClient({ scopes: ['users:write', 'wallets:read'] });
    const { token } = await newTeam();
    for (const role of ROLES) {
      const body = { email: newEmail(), name: 'Kofi', role };
      expect((await api.call('POST', USERS, token, body)).status).toBe(201);
      const answer = await api.call('POST', USERS, key.secret, { ...body, email: newEmail() });
      expect([answer.status, answer.body.error.code, answer.body.error.param]).toEqual([403, 'scope_missing', 'role']);
    }
    // A key that may do everything makes an admin of its own client.
    const body = { email: newEmail(), name: 'Kofi', role: 'admin' };
    expect((await api.call('POST', USERS, client.secret, body)).status).toBe(201);
  });

  it('nor may one take over who has more', async () => {
    const client = await api.newClient({ scopes: ['users:write', 'users:read', 'wallets:read'] });
    const admin = await makeUser(database.db, { clientId: client.publicId });
    const path = `${USERS}/${admin.publicId}`;
    for (const [method, to, body] of [
      ['POST', `${path}/password`, {}],
      ['PATCH', path, { role: 'support' }],
      ['PATCH', path, { status: 'inactive' }],
      ['POST', `${path}/sessions/revoke`, {}],
    ] as const) {
      const answer = await api.call(method, to, client.secret, body);
      expect([answer.status, answer.body.error.code]).toEqual([403, 'scope_missing']);
    }
  });

  it.each(ROLES.filter((role) => role !== 'admin'))('is nothing for the role %s', async (role) => {
    const { client } = await newTeam();
    const user = await makeUser(database.db, { clientId: client.publicId, role });
    const token = await tokenFor(database.db, databaseClock, user);
    const answer = await api.call('POST', USERS, token, { email: newEmail(), name: 'Kofi', role: 'support' });
    expect([answer.status, answer.body.error.details]).toEqual([403, { required_scope: 'users:write' }]);
    const password = await api.call('POST', `${USERS}/${user.publicId}/password`, token, {});
    expect(password.status).toBe(403);
  });
});

describe('the operator’s admin', () => {
  it('manages the operator’s people, and a client’s by naming it', async () => {
    const operator = await makeOperator(api.services);
    const { client, admin } = await newTeam();
    const named = { 'pesewa-client': client.code };
    const own = await api.call('POST', USERS, operator.token, { email: newEmail(), name: 'Esi', role: 'ops' });
    expect([own.status, own.body.client_id]).toEqual([201, operator.client.publicId]);
    const theirs = await api.call(
      'POST',
      USERS,
      operator.token,
      { email: newEmail(), name: 'Yaw', role: 'ops' },
      named,
    );
    expect([theirs.status, theirs.body.client_id]).toEqual([201, client.publicId]);
    expect((await api.call('GET', `${USERS}/${admin.publicId}`, operator.token)).status).toBe(404);
    expect((await api.call('GET', `${USERS}/${admin.publicId}`, operator.token, undefined, named)).status).toBe(200);
    const off = await api.call('PATCH', `${USERS}/${admin.publicId}`, operator.token, { status: 'inactive' }, named);
    expect(off.body.status).toBe('inactive');
  });

  it('is made by a log-in, never by a key', async () => {
    const operator = await makeOperator(api.services);
    const key = await api.call('POST', '/v1/api_keys', operator.token, { name: 'All' });
    expect(key.status).toBe(201);
    const made = await api.call('POST', USERS, key.body.secret, { email: newEmail(), name: 'Eve', role: 'admin' });
    expect([made.status, made.body.error.code]).toEqual([403, 'operator_required']);
    const path = `${USERS}/${operator.user.publicId}/password`;
    expect((await api.call('POST', path, key.body.secret, {})).body.error.code).toBe('operator_required');
  });

  it('cannot be the last to go, whichever way and however many at once', async () => {
    const own = await makeTestDatabase();
    const fresh = await openTestApi(own);
    try {
      const first = await makeOperator(fresh.services);
      const path = (user: { publicId: string }) => `${USERS}/${user.publicId}`;
      await makeOperator(fresh.services, { role: 'finance' });
      for (const change of [{ status: 'inactive' }, { role: 'ops' }]) {
        const answer = await fresh.call('PATCH', path(first.user), first.token, change);
        expect([answer.status, answer.body.error.code]).toEqual([409, 'last_admin']);
      }
      for (let round = 0; round < 10; round++) {
        await own.db.pool.query(`update users set role = 'ops'`);
        const [one, other] = [await makeOperator(fresh.services), await makeOperator(fresh.services)];
        const answers = await Promise.all([
          fresh.call('PATCH', path(other.user), one.token, { role: 'ops' }),
          fresh.call('PATCH', path(one.user), other.token, { role: 'ops' }),
        ]);
        expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
        const { rows } = await own.db.pool.query(`select from users where role = 'admin' and status = 'active'`);
        expect(rows).toHaveLength(1);
      }
    } finally {
      await fresh.close();
      await own.close();
    }
  });

  it('may leave a client without an admin', async () => {
    const { admin, token } = await newTeam();
    const answer = await api.call('PATCH', `${USERS}/${admin.publicId}`, token, { status: 'inactive' });
    expect(answer.status).toBe(200);
  });
});

describe('GET /v1/me', () => {
  it('says who a key is', async () => {
    const client = await api.newClient({ scopes: ['wallets:read'] });
    const { status, body } = await api.call('GET', '/v1/me', client.secret);
    expect(status).toBe(200);
    expect(body).toEqual({
      object: 'credential',
      kind: 'api_key',
      id: expect.stringMatching(/^key_/),
      user: null,
      role: null,
      scopes: ['wallets:read'],
      client: { id: client.publicId, code: client.code, name: 'Test' },
      mode: 'test',
      livemode: false,
      is_operator: false,
      acts_on_client: false,
      own_client: null,
      second_factor: null,
      session: null,
    });
  });

  it('says on which client one of the operator’s people acts', async () => {
    const operator = await makeOperator(api.services, { role: 'support', mode: 'live' });
    const client = await api.newClient();
    const own = await api.call('GET', '/v1/me', operator.token);
    expect(own.body).toMatchObject({
      kind: 'login',
      id: expect.stringMatching(/^ses_/),
      user: { id: operator.user.publicId, email: operator.user.email, name: 'Ama Mensah' },
      role: 'support',
      client: { id: operator.client.publicId, name: 'Operator' },
      livemode: true,
      is_operator: true,
      acts_on_client: false,
    });
    const acting = await api.call('GET', '/v1/me', operator.token, undefined, { 'pesewa-client': client.code });
    expect(acting.body).toMatchObject({ client: { id: client.publicId }, acts_on_client: true, role: 'support' });
  });

  it('needs a credential', async () => {
    expect((await api.call('GET', '/v1/me', null)).status).toBe(401);
  });
});
