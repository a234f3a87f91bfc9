import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTestDatabase } from '@/db/testing';
// @ts-expect-error The scripts are plain JavaScript, to run before anything is installed.
import { bundle, bundlePath } from '@/scripts/lib/build.mjs';
import { type ApiHarness, openTestApi } from '@/server/http/testing';
import { logIn } from '@/server/staff/testing';

const run = promisify(execFile);
const ENTRY = 'server/operator-cli.ts';

let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let api: ApiHarness;

beforeAll(async () => {
  database = await makeTestDatabase();
  api = await openTestApi(database);
  await bundle([ENTRY]);
});

afterAll(async () => {
  await api?.close();
  await database?.close();
});

async function operatorCommand(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  try {
    const { stdout, stderr } = await run(process.execPath, [bundlePath(ENTRY), ...args], {
      // Nothing of the test runner's own settings.
      env: { NODE_ENV: 'production', DATABASE_URL: database.url },
    });
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
}

describe('npm run operator', () => {
  it.each([
    [[]],
    [['--email', 'ama@example.com']],
    [['--name', 'Ama']],
    [['--email', 'ama', '--name', 'Ama']],
    [['--email', 'ama@example.com', '--name', ' ']],
    [['--admin']],
  ])('says how it is used for %j', async (args) => {
    const { code, stdout } = await operatorCommand(...args);
    expect(code).toBe(2);
    expect(stdout).toContain('npm run operator -- --email');
    expect((await database.db.pool.query('select from users')).rows).toHaveLength(0);
  });

  it('makes the first admin with a password that logs in, and no second one', async () => {
    const first = await operatorCommand('--email', 'Ama@Example.com', '--name', 'Ama Mensah');
    expect([first.code, first.stderr]).toEqual([0, '']);
    const password = /Password {2}(\S+)/.exec(first.stdout)?.[1] ?? '';
    const token = await logIn(api, 'ama@example.com', password, 'live');
    expect((await api.call('GET', '/v1/me', token)).body).toMatchObject({
      is_operator: true,
      role: 'admin',
      user: { name: 'Ama Mensah' },
    });
    const second = await operatorCommand('--email', 'kofi@example.com', '--name', 'Kofi');
    expect([second.code, second.stdout]).toEqual([
      1,
      'The operator has an active admin already; nothing was changed.\n',
    ]);
    expect((await database.db.pool.query('select from users')).rows).toHaveLength(1);
  });

  it('prints a link with which one of the operator’s people chooses a new password, and for nobody else', async () => {
    await operatorCommand('--email', 'reset@example.com', '--name', 'Ama');
    const { rows } = await database.db.pool.query<{ email: string }>(
      'select u.email from users u join clients c on c.id = u.client_id where c.is_operator limit 1',
    );
    const printed = await operatorCommand('--reset', rows[0]?.email ?? '');
    const path = /http:\/\/localhost:3000(\/signin\/reset\/[0-9A-Za-z]{43})/.exec(printed.stdout)?.[1] ?? '';
    expect([printed.code, (await api.app.request(path)).status]).toEqual([0, 200]);
    const stranger = await operatorCommand('--reset', 'nobody@example.com');
    expect([stranger.code, stranger.stdout]).toEqual([1, expect.stringContaining('None of the operator’s')]);
  });
});
