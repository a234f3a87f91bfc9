import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTestDatabase } from '@/db/testing';
import { fixedClock } from '@/server/kernel/clock';
import { proveBooks } from '@/server/ledger/books/prove';
import { type MadeUser, makeOperator, makeUser } from '@/server/staff/testing';
import { type ApiHarness, openTestApi } from '../testing';
import { FormBrowser } from './testing';

const PASSWORD = 'volta lake sunrise 1965';
const MINUTE = 60_000;
// After whatever the database itself says: people are made by its clock.
const clock = fixedClock(Date.UTC(2031, 5, 1, 12));
let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let api: ApiHarness;

beforeAll(async () => {
  database = await makeTestDatabase();
  api = await openTestApi(database, { clock, env: { TRUSTED_PROXIES: '1' } });
  await makeOperator(api.services);
});

afterAll(async () => {
  await api?.close();
  await database?.close();
});

let addresses = 0;
const newBrowser = (): FormBrowser =>
  new FormBrowser(api, { 'x-forwarded-for': `192.0.2.${++addresses}`, host: 'localhost' });

async function newPerson(options: { kind?: 'staff' | 'api_user' } = {}): Promise<MadeUser> {
  const client = await api.newClient();
  return makeUser(database.db, { clientId: client.publicId, password: PASSWORD, ...options });
}

async function signedIn(user: MadeUser): Promise<FormBrowser> {
  const browser = newBrowser();
  const answer = await browser.post('/signin', { email: user.email, password: PASSWORD });
  expect([answer.status, answer.location]).toEqual([303, '/console']);
  return browser;
}

const auditOf = async (userId: string): Promise<string[]> =>
  (
    await database.db.pool.query<{ action: string }>('select action from audit_log where object_id = $1 order by id', [
      userId,
    ])
  ).rows.map(({ action }) => action);

describe('a password', () => {
  it('opens a session whose cookie the API takes, for either set of books', async () => {
    const user = await newPerson();
    const browser = await signedIn(user);
    for (const mode of ['test', 'live']) {
      const me = await browser.call('GET', '/v1/me', undefined, { 'pesewa-mode': mode });
      expect([me.status, me.body.mode, me.body.user.email]).toEqual([200, mode, user.email]);
    }
    expect(await auditOf(user.id)).toEqual(['user.signed_in']);
  });

  it('is in a cookie that no script reads and no other site sends, and that says nothing', async () => {
    const user = await newPerson();
    const answer = await newBrowser().post('/signin', { email: user.email, password: PASSWORD });
    const line = answer.headers.getSetCookie().find((one) => one.startsWith('next-auth.session-token='));
    expect(line).toMatch(/; Path=\/; Max-Age=43200; HttpOnly; SameSite=Lax$/);
    // Five parts, the second empty: encrypted (JWE, dir).
    expect(line?.split(';')[0]?.split('=')[1]?.split('.')).toHaveLength(5);
  });

  it('gives a __Host- cookie over TLS, and takes no other there', async () => {
    const user = await newPerson();
    const browser = new FormBrowser(api, { 'x-forwarded-proto': 'https', host: 'localhost' });
    const answer = await browser.post('/signin', { email: user.email, password: PASSWORD });
    expect(answer.headers.getSetCookie()[0]).toMatch(/^__Host-next-auth\.session-token=.*; Secure$/);
    expect((await browser.call('GET', '/v1/me')).status).toBe(200);
    const plain = { cookie: browser.cookie.replaceAll('__Host-', '') };
    expect((await browser.call('GET', '/v1/me', undefined, plain)).status).toBe(401);
  });

  it('that is wrong gets the answer that an unknown address gets', async () => {
    const user = await newPerson();
    const browser = newBrowser();
    const wrong = await browser.post('/signin', { email: user.email, password: 'not it' });
    const unknown = await browser.post('/signin', { email: 'nobody@example.com', password: 'not it' });
    expect([wrong.status, unknown.status]).toEqual([422, 422]);
    expect(wrong.text).toContain('That e-mail and password do not match.');
    const plain = (text: string) =>
      text
        .replaceAll(user.email, '…')
        .replaceAll('nobody@example.com', '…')
        .replace(/nonce="[^"]*"/g, '');
    expect(plain(wrong.text)).toBe(plain(unknown.text));
    expect(browser.cookies.size).toBe(0);
  });

  it('of a program opens no session', async () => {
    const user = await newPerson({ kind: 'api_user' });
    expect((await newBrowser().post('/signin', { email: user.email, password: PASSWORD })).status).toBe(422);
  });

  it('has to wait after some failures, and the page says how long', async () => {
    const user = await newPerson();
    const browser = newBrowser();
    for (let i = 0; i < 8; i++) {
      await browser.post('/signin', { email: user.email, password: 'wrong one' });
      clock.advance(10_000);
    }
    clock.advance(-10_000);
    const answer = await browser.post('/signin', { email: user.email, password: PASSWORD });
    expect(answer.status).toBe(429);
    expect(answer.text).toMatch(/You can try again in \d+ seconds\. Your account is not locked\./);
    clock.advance(5 * MINUTE);
    expect((await browser.post('/signin', { email: user.email, password: PASSWORD })).status).toBe(303);
  });

  it.each([
    ['//evil.example/x', '/console'],
    ['/\\evil.example', '/console'],
    ['https://evil.example', '/console'],
    ['/a\\b', '/console'],
    ['/signin/out', '/console'],
    ['/console/test/VOL1/wallets?status=frozen', '/console/test/VOL1/wallets?status=frozen'],
  ])('leads from ?next=%s to %s', async (next, expected) => {
    const user = await newPerson();
    const answer = await newBrowser().post('/signin', { email: user.email, password: PASSWORD, next });
    expect(answer.location).toBe(expected);
  });
});

describe('a session of the console', () => {
  it('is asked for its mode', async () => {
    const browser = await signedIn(await newPerson());
    const call = (mode: string) => browser.call('GET', '/v1/wallets', undefined, { 'pesewa-mode': mode });
    expect((await call('live')).status).toBe(200);
    expect((await call('both')).body.error).toMatchObject({ code: 'parameter_invalid', param: 'Pesewa-Mode' });
    const none = await api.call('GET', '/v1/wallets', null, undefined, { cookie: browser.cookie });
    expect(none.body.error).toMatchObject({ code: 'parameter_missing', param: 'Pesewa-Mode' });
  });

  it('ends when nobody has been there for half an hour', async () => {
    const browser = await signedIn(await newPerson());
    const call = async (headers: Record<string, string> = {}) => {
      api.services.authenticator.forgetLogIns();
      return (await browser.call('GET', '/v1/me', undefined, headers)).status;
    };
    clock.advance(29 * MINUTE);
    expect(await call()).toBe(200);
    clock.advance(29 * MINUTE);
    // What a page asks by itself is nobody at work.
    expect(await call({ 'pesewa-background': '1' })).toBe(200);
    clock.advance(2 * MINUTE);
    expect(await call()).toBe(401);
  });

  it('ends after twelve hours however busy it is', async () => {
    const browser = await signedIn(await newPerson());
    const call = async () => {
      api.services.authenticator.forgetLogIns();
      return (await browser.call('GET', '/v1/me')).status;
    };
    for (let minutes = 0; minutes < 12 * 60 - 20; minutes += 20) {
      clock.advance(20 * MINUTE);
      expect(await call()).toBe(200);
    }
    clock.advance(20 * MINUTE);
    expect(await call()).toBe(401);
  });

  it('is ended by its own page, at once and for good', async () => {
    const user = await newPerson();
    const browser = await signedIn(user);
    const { cookie } = browser;
    expect((await browser.post('/signin/out', {})).location).toBe('/signin/out');
    expect(browser.cookies.size).toBe(0);
    expect((await browser.call('GET', '/v1/me', undefined, { cookie })).status).toBe(401);
    expect(await auditOf(user.id)).toEqual(['user.signed_in', 'user.logged_out']);
  });

  it('is no access token, nor is an access token a session', async () => {
    const user = await newPerson();
    const browser = await signedIn(user);
    const value = browser.cookies.get('next-auth.session-token') ?? '';
    expect((await api.call('GET', '/v1/me', value)).status).toBe(401);
    const login = await api.call('POST', '/api/v1/auth/login', null, { username: user.email, password: PASSWORD });
    const asCookie = { cookie: `next-auth.session-token=${login.body.access_token}` };
    expect((await browser.call('GET', '/v1/me', undefined, asCookie)).status).toBe(401);
  });

  it('is not asked for by a window of the browser’s own', async () => {
    const answer = await api.call('GET', '/v1/me', null, undefined, { 'sec-fetch-site': 'same-origin' });
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="Pesewa"']);
  });
});

describe('what another site makes a browser send', () => {
  const body = { customer_id: 'cus_1', currency: 'GHS' };

  it.each([
    ['a form', { 'sec-fetch-site': 'cross-site', 'content-type': 'application/x-www-form-urlencoded' }],
    ['a form of a sibling host', { 'sec-fetch-site': 'same-site', 'content-type': 'text/plain' }],
    ['JSON', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['a form of an older browser', { 'sec-fetch-site': '', origin: 'https://evil.example' }],
    ['a form of this very site', { 'content-type': 'text/plain;charset=UTF-8' }],
  ])('is refused: %s', async (_what, headers: Record<string, string>) => {
    const browser = await signedIn(await newPerson());
    const given = { ...headers };
    if (given['sec-fetch-site'] === '') delete given['sec-fetch-site'];
    const response = await api.app.request('/v1/wallets', {
      method: 'POST',
      body: JSON.stringify(body),
      headers: {
        cookie: browser.cookie,
        'pesewa-mode': 'test',
        'content-type': 'application/json',
        ...('sec-fetch-site' in headers ? {} : { 'sec-fetch-site': 'same-origin' }),
        ...given,
      },
    });
    expect(response.status).toBe(403);
    expect((await response.json()).error.code).toBe('cross_site_request');
  });

  it('is taken from an older browser that names this very origin', async () => {
    const browser = await signedIn(await newPerson());
    const response = await api.app.request('http://localhost/v1/wallets', {
      method: 'POST',
      body: JSON.stringify(body),
      headers: {
        cookie: browser.cookie,
        'pesewa-mode': 'test',
        'content-type': 'application/json',
        host: 'localhost',
        origin: 'http://localhost',
      },
    });
    expect(response.status).toBe(201);
  });

  it('cannot sign somebody in, nor out', async () => {
    const user = await newPerson();
    const browser = await signedIn(user);
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }]) {
      expect((await browser.post('/signin/out', {}, headers)).status).toBe(403);
      expect((await newBrowser().post('/signin', { email: user.email, password: PASSWORD }, headers)).status).toBe(403);
    }
    expect((await browser.call('GET', '/v1/me')).status).toBe(200);
  });
});

it('leaves books that prove, the audit log’s chain among them', async () => {
  expect((await proveBooks(database.db.pool)).findings).toEqual([]);
});
