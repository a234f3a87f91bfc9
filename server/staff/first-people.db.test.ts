import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTestDatabase } from '@/db/testing';
import { readDemoCredentials, writeDemoCredentials } from '@/server/clients/demo-credentials';
import { type ApiHarness, openTestApi } from '@/server/http/testing';
import { purgeSessions, purgeThrottles } from '@/server/jobs/purge';
import { type DemoOperatorOptions, ensureDemoOperator } from './demo-operator';
import { makeFirstAdmin } from './make-first-admin';
import { ensureOperator, findOperator } from './operator';
import { logIn, makeUser } from './testing';

const PASSWORD = 'tidal-quartz-lemur';

let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let api: ApiHarness;
const dataDirs: string[] = [];

/** A deployment of its own for each test: there is one operator in each. */
async function fresh(): Promise<{ api: ApiHarness; end: () => Promise<void> }> {
  const own = await makeTestDatabase();
  const ownApi = await openTestApi(own);
  return {
    api: ownApi,
    end: async () => {
      await ownApi.close();
      await own.close();
    },
  };
}

async function newDataDir(): Promise<string> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'pesewa-people-'));
  dataDirs.push(dataDir);
  return dataDir;
}

beforeAll(async () => {
  database = await makeTestDatabase();
  api = await openTestApi(database);
});

afterAll(async () => {
  await api?.close();
  await database?.close();
  await Promise.all(dataDirs.map((dataDir) => rm(dataDir, { recursive: true })));
});

describe('the operator', () => {
  it('is one, with both books and no key, however many make it at once', async () => {
    const { api: own, end } = await fresh();
    try {
      expect(await findOperator(own.services.db)).toBeNull();
      const made = await Promise.all(Array.from({ length: 8 }, () => ensureOperator(own.services)));
      expect(new Set(made.map((operator) => operator.publicId)).size).toBe(1);
      const { pool } = own.services.db;
      const { rows } = await pool.query(
        `select c.name, array_agg(t.mode order by t.mode) as modes, count(k.id) as keys
         from clients c join tenants t on t.client_id = c.id left join api_keys k on k.tenant_id = t.id
         where c.is_operator group by c.id`,
      );
      expect(rows).toEqual([{ name: 'Operator', modes: ['live', 'test'], keys: '0' }]);
    } finally {
      await end();
    }
  });

  it('gets one first admin, however many are made at once', async () => {
    const { api: own, end } = await fresh();
    try {
      const made = await Promise.all(
        Array.from({ length: 6 }, (_, i) =>
          makeFirstAdmin(own.services, { email: `first-${i}@example.com`, name: 'Ama', password: PASSWORD }),
        ),
      );
      expect(made.filter(Boolean)).toHaveLength(1);
      const { rows } = await own.services.db.pool.query<{ email: string; id: string }>('select id, email from users');
      expect(rows).toHaveLength(1);
      await logIn(own, rows[0]?.email ?? '', PASSWORD);
      const audit = await own.services.db.pool.query(
        `select actor, request_id from audit_log where action = 'user.created' and object_id = $1`,
        [rows[0]?.id],
      );
      expect(audit.rows).toEqual([{ actor: 'operator', request_id: 'set-up' }]);
    } finally {
      await end();
    }
  });

  it('gets a first admin again where every one was deactivated behind its back', async () => {
    const { api: own, end } = await fresh();
    try {
      const admin = (email: string) => makeFirstAdmin(own.services, { email, name: 'Ama', password: PASSWORD });
      expect(await admin('one@example.com')).toBe(true);
      expect(await admin('two@example.com')).toBe(false);
      await own.services.db.pool.query(`update users set status = 'inactive'`);
      await expect(admin('one@example.com')).rejects.toMatchObject({ code: 'user_exists' });
      expect(await admin('two@example.com')).toBe(true);
    } finally {
      await end();
    }
  });
});

describe('the demo’s operator', () => {
  const options = async (given: Partial<DemoOperatorOptions> = {}): Promise<DemoOperatorOptions> => ({
    dataDir: given.dataDir ?? (await newDataDir()),
    email: given.email ?? null,
    password: given.password ?? null,
    progress: given.progress ?? (() => {}),
  });

  it('is made at the first start, kept in a file of its owner’s, and found at later ones', async () => {
    const { api: own, end } = await fresh();
    try {
      const first = await options();
      await writeDemoCredentials(first.dataDir, { clientId: 'client_demo', clientSecret: 'secret-of-the-client' });
      const made = await ensureDemoOperator(own.services, first);
      expect(made).toEqual({ email: 'operator@example.com', password: expect.stringMatching(/^[0-9a-z-]{23}$/) });
      await logIn(own, 'operator@example.com', made?.password ?? '');
      const file = path.join(first.dataDir, 'demo-credentials.json');
      expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({
        clientId: 'client_demo',
        clientSecret: 'secret-of-the-client',
        operatorEmail: 'operator@example.com',
        operatorPassword: made?.password,
      });
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      const { rows: before } = await own.services.db.pool.query('select * from users');
      expect(await ensureDemoOperator(own.services, first)).toEqual(made);
      // From another directory the password is not known, and stays what it is.
      expect(await ensureDemoOperator(own.services, await options())).toEqual({
        email: 'operator@example.com',
        password: null,
      });
      const { rows: after } = await own.services.db.pool.query('select * from users');
      expect(after.map(({ last_login_at: _, ...user }) => user)).toEqual(
        before.map(({ last_login_at: _, ...user }) => user),
      );
    } finally {
      await end();
    }
  });

  it('is who the settings say; another password later changes nothing', async () => {
    const { api: own, end } = await fresh();
    try {
      const lines: string[] = [];
      const given = await options({
        email: 'Boss@Example.com',
        password: PASSWORD,
        progress: (line) => lines.push(line),
      });
      expect(await ensureDemoOperator(own.services, given)).toEqual({ email: 'boss@example.com', password: PASSWORD });
      const other = await ensureDemoOperator(own.services, { ...given, password: `${PASSWORD}s` });
      expect(other).toEqual({ email: 'boss@example.com', password: null });
      expect(lines.at(-1)).toMatch(/DEMO_OPERATOR_PASSWORD changes nothing/);
      await logIn(own, 'boss@example.com', PASSWORD);
      expect(await ensureDemoOperator(own.services, { ...given, email: 'other@example.com' })).toBeNull();
      expect(lines.at(-1)).toMatch(/DEMO_OPERATOR_EMAIL makes no other/);
    } finally {
      await end();
    }
  });

  it('is not made beside an admin of a real deployment', async () => {
    const { api: own, end } = await fresh();
    try {
      await makeFirstAdmin(own.services, { email: 'real@example.com', name: 'Ama', password: PASSWORD });
      const given = await options();
      expect(await ensureDemoOperator(own.services, given)).toBeNull();
      expect(await readDemoCredentials(given.dataDir)).toEqual({});
      expect((await own.services.db.pool.query('select from users')).rows).toHaveLength(1);
    } finally {
      await end();
    }
  });

  it('is refused with a common password or a taken address, and no file remembers it', async () => {
    const { api: own, end } = await fresh();
    try {
      const common = await options({ password: 'Password123' });
      await expect(ensureDemoOperator(own.services, common)).rejects.toMatchObject({ code: 'password_unsuitable' });
      const client = await own.newClient();
      const { email } = await makeUser(own.services.db, { clientId: client.publicId });
      const taken = await options({ email });
      await expect(ensureDemoOperator(own.services, taken)).rejects.toMatchObject({ code: 'user_exists' });
      for (const { dataDir } of [common, taken]) expect(await readDemoCredentials(dataDir)).toEqual({});
    } finally {
      await end();
    }
  });
});

describe('the purge', () => {
  it('forgets sessions a month after their end, and failures a day after the last', async () => {
    const client = await api.newClient();
    const user = await makeUser(database.db, { clientId: client.publicId });
    const { pool } = database.db;
    const insert = (id: number, ended: string): Promise<unknown> =>
      pool.query(
        `insert into login_sessions (id, user_id, mode, lookup_id, token_hash, created_at, expires_at)
         values ($1::bigint, $2, 'test', 's' || $1::bigint, '\\x00', now() - interval '40 days', now() - $3::interval)`,
        [id, user.id, ended],
      );
    await insert(1, '31 days');
    await insert(2, '29 days');
    await insert(3, '-1 hour');
    await pool.query(
      `insert into login_throttles (key, failures, last_failed_at, blocked_until) values
       ('account:old', 9, now() - interval '25 hours', now()), ('account:new', 9, now() - interval '23 hours', now())`,
    );
    expect(await purgeSessions(pool, 30)).toBe(1);
    expect(await purgeThrottles(pool, 24)).toBe(1);
    const { rows } = await pool.query<{ id: string }>('select id from login_sessions order by id');
    expect(rows.map((row) => row.id)).toEqual(['2', '3']);
    expect((await pool.query('select key from login_throttles')).rows).toEqual([{ key: 'account:new' }]);
  });
});
