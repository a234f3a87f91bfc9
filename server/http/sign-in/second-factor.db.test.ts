import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeTestDatabase } from '@/db/testing';
import { fixedClock } from '@/server/kernel/clock';
import { proveBooks } from '@/server/ledger/books/prove';
import { type MadeUser, makeOperator, makeUser } from '@/server/staff/testing';
import { codeAt } from '@/server/staff/totp';
import { type ApiHarness, openTestApi } from '../testing';
import { FormBrowser } from './testing';

const PASSWORD = 'volta lake sunrise 1965';
const MINUTE = 60_000;
const STEP = 30_000;
// After whatever the database itself says: people are made by its clock.
const clock = fixedClock(Date.UTC(2031, 5, 1, 12));
let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let api: ApiHarness;
let operatorClient: string;

beforeAll(async () => {
  database = await makeTestDatabase();
  api = await openTestApi(database, { clock, env: { TRUSTED_PROXIES: '1', BASE_URL: 'http://pay.example' } });
  operatorClient = (await makeOperator(api.services)).client.publicId;
});

// No code of one test is of the step of another's.
beforeEach(() => clock.advance(10 * MINUTE));

afterAll(async () => {
  await api?.close();
  await database?.close();
});

let addresses = 0;
const newBrowser = (): FormBrowser =>
  new FormBrowser(api, {
    'x-forwarded-for': `192.0.2.${++addresses % 250}`,
    'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  });

async function newPerson(clientId?: string): Promise<MadeUser> {
  return makeUser(database.db, { clientId: clientId ?? (await api.newClient()).publicId, password: PASSWORD });
}

async function withPassword(user: MadeUser, password = PASSWORD): Promise<FormBrowser> {
  const browser = newBrowser();
  const answer = await browser.post('/signin', { email: user.email, password });
  expect(answer.status).toBe(303);
  return browser;
}

interface Enrolled {
  readonly user: MadeUser;
  readonly browser: FormBrowser;
  readonly secret: string;
  readonly codes: string[];
}

async function enrolled(clientId?: string): Promise<Enrolled> {
  const user = await newPerson(clientId);
  const browser = await withPassword(user);
  const begun = await browser.call('POST', '/v1/me/second_factor');
  expect(begun.status).toBe(201);
  const { secret } = begun.body;
  const confirmed = await browser.call('POST', '/v1/me/second_factor/confirm', { code: codeNow(secret) });
  expect(confirmed.status).toBe(200);
  clock.advance(STEP);
  return { user, browser, secret, codes: confirmed.body.codes };
}

const codeNow = (secret: string, offsetMs = 0): string => codeAt(secret, clock.fixedMs() + offsetMs);

const actionsOf = async (objectId: string): Promise<string[]> =>
  (
    await database.db.pool.query<{ action: string }>('select action from audit_log where object_id = $1 order by id', [
      objectId,
    ])
  ).rows.map(({ action }) => action);

async function statusOf(browser: FormBrowser, headers: Record<string, string> = {}): Promise<number> {
  api.services.authenticator.forgetLogIns();
  return (await browser.call('GET', '/v1/wallets', undefined, headers)).status;
}

describe('an authenticator app', () => {
  it('counts once a code of it was given, and gives ten recovery codes', async () => {
    const user = await newPerson();
    const browser = await withPassword(user);
    const elsewhere = await withPassword(user);
    const begun = await browser.call('POST', '/v1/me/second_factor');
    expect(begun.body.otpauth_uri).toContain(`secret=${begun.body.secret}`);
    expect(begun.body.qr_svg).toMatch(/^<svg /);
    expect((await browser.call('GET', '/v1/me')).body.second_factor.enabled).toBe(false);
    const wrong = await browser.call('POST', '/v1/me/second_factor/confirm', {
      code: codeNow(begun.body.secret, 5 * MINUTE),
    });
    expect(wrong.body.error.code).toBe('confirmation_wrong');
    const { body } = await browser.call('POST', '/v1/me/second_factor/confirm', { code: codeNow(begun.body.secret) });
    expect(new Set(body.codes).size).toBe(10);
    for (const code of body.codes) expect(code).toMatch(/^([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$/);
    const me = await browser.call('GET', '/v1/me');
    expect(me.body.second_factor).toEqual({ enabled: true, needed_for_live: false, recovery_codes_left: 10 });
    // What a password alone had opened is over.
    expect([await statusOf(browser), await statusOf(elsewhere)]).toEqual([200, 401]);
    expect(await actionsOf(user.id)).toEqual([
      'user.signed_in',
      'user.signed_in',
      'user.second_factor_begun',
      'user.second_factor_enabled',
    ]);
    expect((await browser.call('POST', '/v1/me/second_factor')).body.error.code).toBe('second_factor_exists');
  });

  it('is asked for at every sign-in, and what comes before is no credential', async () => {
    const { user, secret } = await enrolled();
    const browser = await withPassword(user);
    expect([...browser.cookies.keys()]).toEqual(['pesewa.sign-in']);
    const pending = browser.cookies.get('pesewa.sign-in') ?? '';
    expect((await browser.call('GET', '/v1/me')).status).toBe(401);
    expect((await api.call('GET', '/v1/me', pending)).status).toBe(401);
    const disguised = { cookie: `next-auth.session-token=${pending}` };
    expect((await browser.call('GET', '/v1/me', undefined, disguised)).status).toBe(401);
    expect((await browser.get('/signin/code')).text).toContain(user.email);
    const done = await browser.post('/signin/code', { code: codeNow(secret) });
    expect([done.status, done.location]).toEqual([303, '/console']);
    expect([...browser.cookies.keys()]).toEqual(['next-auth.session-token']);
    expect(await statusOf(browser)).toBe(200);
    // For one session: its token is used up.
    const again = newBrowser();
    again.cookies.set('pesewa.sign-in', pending);
    clock.advance(STEP);
    expect((await again.post('/signin/code', { code: codeNow(secret) })).location).toBe('/signin');
    expect(again.cookies.has('next-auth.session-token')).toBe(false);
  });

  it('is waited for ten minutes', async () => {
    const { user, secret } = await enrolled();
    const browser = await withPassword(user);
    clock.advance(10 * MINUTE);
    expect((await browser.post('/signin/code', { code: codeNow(secret) })).location).toBe('/signin');
    expect(browser.cookies.has('next-auth.session-token')).toBe(false);
  });

  it.each([
    [-2 * STEP, 422],
    [-STEP, 303],
    [0, 303],
    [STEP, 303],
    [2 * STEP, 422],
  ])('may be off by %d ms: %d', async (offset, status) => {
    const { user, secret } = await enrolled();
    clock.advance(2 * STEP);
    const browser = await withPassword(user);
    expect((await browser.post('/signin/code', { code: codeNow(secret, offset) })).status).toBe(status);
  });

  it('gives no code twice, nor one older than the last', async () => {
    const { user, secret } = await enrolled();
    const code = codeNow(secret);
    const older = codeNow(secret, -STEP);
    const answers = [];
    for (const given of [code, code, older]) {
      answers.push((await (await withPassword(user)).post('/signin/code', { code: given })).status);
    }
    expect(answers).toEqual([303, 422, 422]);
    expect(await actionsOf(user.id)).toContain('user.second_factor_failed');
  });

  it('takes one of many who send the same code at once', async () => {
    const { user, secret } = await enrolled();
    const browsers = await Promise.all([1, 2, 3, 4].map(() => withPassword(user)));
    const code = codeNow(secret);
    const answers = await Promise.all(browsers.map((browser) => browser.post('/signin/code', { code })));
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
  });

  it('slows guessing down, however many guess at once', async () => {
    const { user, secret } = await enrolled();
    const right = codeNow(secret);
    const browser = await withPassword(user);
    const guesses = ['000001', '000002', '000003', '000004', '000005', '000006', '000007', '000008', '000009'];
    const answers = await Promise.all(
      guesses.filter((code) => code !== right).map((code) => browser.post('/signin/code', { code })),
    );
    expect(answers.filter(({ status }) => status === 422).length).toBeLessThanOrEqual(6);
    const blocked = await browser.post('/signin/code', { code: right });
    expect(blocked.status).toBe(429);
    clock.advance(5 * MINUTE);
    expect((await browser.post('/signin/code', { code: codeNow(secret) })).status).toBe(303);
  });

  it('is asked of the API’s log-in too', async () => {
    const { user, secret } = await enrolled();
    const logIn = (extra: object) =>
      api.call('POST', '/api/v1/auth/login', null, { username: user.email, password: PASSWORD, ...extra });
    expect((await logIn({})).body.error.code).toBe('second_factor_required');
    expect((await logIn({ code: codeNow(secret, 5 * MINUTE) })).body.error.code).toBe('confirmation_wrong');
    const code = codeNow(secret);
    expect((await logIn({ code })).status).toBe(200);
    expect((await logIn({ code })).body.error.code).toBe('confirmation_wrong');
  });

  it('is turned off for a code of it, and not without', async () => {
    const { user, browser, secret } = await enrolled();
    const off = (code: string) => browser.call('POST', '/v1/me/second_factor/disable', { code });
    expect((await off(codeNow(secret, 5 * MINUTE))).body.error.code).toBe('confirmation_wrong');
    expect((await off(codeNow(secret))).status).toBe(200);
    expect((await (await withPassword(user)).call('GET', '/v1/me')).status).toBe(200);
    expect(await actionsOf(user.id)).toContain('user.second_factor_disabled');
  });

  it('that was lost is taken away by an admin, which ends the sessions', async () => {
    const { user, browser } = await enrolled();
    const admin = await withPassword(await newPerson(user.clientId));
    const reset = await admin.call('POST', `/v1/users/${user.publicId}/second_factor/reset`, { reason: 'Lost' });
    expect([reset.status, reset.body.has_second_factor]).toEqual([200, false]);
    expect(await statusOf(browser)).toBe(401);
    expect(await statusOf(await withPassword(user))).toBe(200);
    expect(await actionsOf(user.id)).toContain('user.second_factor_reset');
  });
});

describe('a recovery code', () => {
  it('signs in once, however it is typed', async () => {
    const { user, codes } = await enrolled();
    const [first = '', second = ''] = codes;
    const use = async (code: string) => (await (await withPassword(user)).post('/signin/recovery', { code })).status;
    expect(await use(first)).toBe(303);
    expect(await use(first)).toBe(422);
    expect(await use(second.toUpperCase().replaceAll('-', ' '))).toBe(303);
    expect(await use('0000-0000-0000-0000')).toBe(422);
    const { rows } = await database.db.pool.query('select from recovery_codes where user_id = $1 and used_at is null', [
      user.id,
    ]);
    expect(rows).toHaveLength(8);
  });

  it('of before works no more when there are new ones', async () => {
    const { user, browser, secret, codes } = await enrolled();
    const renewed = await browser.call('POST', '/v1/me/second_factor/recovery_codes', { code: codeNow(secret) });
    expect(renewed.body.codes).toHaveLength(10);
    const use = async (code: string) => (await (await withPassword(user)).post('/signin/recovery', { code })).status;
    expect(await use(codes[0] ?? '')).toBe(422);
    expect(await use(renewed.body.codes[0])).toBe(303);
    expect(await actionsOf(user.id)).toContain('user.recovery_codes_renewed');
  });
});

describe('live books', () => {
  it('are closed to the operator’s people without a second factor, but for setting one up', async () => {
    const browser = await withPassword(await newPerson(operatorClient));
    const live = { 'pesewa-mode': 'live' };
    const refused = await browser.call('GET', '/v1/wallets', undefined, live);
    expect([refused.status, refused.body.error.code]).toEqual([403, 'second_factor_required']);
    expect(await statusOf(browser)).toBe(200);
    expect((await browser.call('GET', '/v1/me', undefined, live)).body.second_factor.needed_for_live).toBe(true);
    const page = await browser.get('/signin/second-factor?next=/console/live/all');
    expect(page.text).toContain('Live books are opened with a code as well as a password.');
    const secret = (/class="secret mono">([A-Z2-7 ]+)</.exec(page.text)?.[1] ?? '').replaceAll(' ', '');
    const saved = await browser.post('/signin/second-factor', { code: codeNow(secret), next: '/console/live/all' });
    expect(saved.text).toMatch(/<li>[0-9a-z-]{19}<\/li>/);
    expect(saved.text).toContain('href="/console/live/all"');
    expect(await statusOf(browser, live)).toBe(200);
  });

  it('are open to a client’s own', async () => {
    const browser = await withPassword(await newPerson());
    expect(await statusOf(browser, { 'pesewa-mode': 'live' })).toBe(200);
  });
});

describe('what is dangerous', () => {
  const dangerous = (browser: FormBrowser) =>
    browser.call('POST', '/v1/api_keys', { name: 'New', scopes: ['wallets:read'] });

  it('wants a password or a code of the last ten minutes', async () => {
    const { user, browser, secret } = await enrolled();
    expect((await dangerous(browser)).status).toBe(201);
    clock.advance(11 * MINUTE);
    api.services.authenticator.forgetLogIns();
    const refused = await dangerous(browser);
    expect([refused.status, refused.body.error.code]).toEqual([403, 'step_up_required']);
    expect(await statusOf(browser)).toBe(200);
    const wrong = await browser.call('POST', '/v1/me/step_up', { password: 'not it' });
    expect([wrong.status, wrong.body.error.code]).toEqual([422, 'confirmation_wrong']);
    expect((await dangerous(browser)).status).toBe(403);
    const proved = await browser.call('POST', '/v1/me/step_up', { code: codeNow(secret) });
    expect(proved.body.proved_until).toBe(new Date(clock.fixedMs() + 10 * MINUTE).toISOString().replace('.000', ''));
    expect((await dangerous(browser)).status).toBe(201);
    clock.advance(11 * MINUTE);
    api.services.authenticator.forgetLogIns();
    expect((await dangerous(browser)).status).toBe(403);
    expect((await browser.call('POST', '/v1/me/step_up', { password: PASSWORD })).status).toBe(200);
    expect((await dangerous(browser)).status).toBe(201);
    expect((await actionsOf(user.id)).filter((action) => action === 'user.stepped_up')).toHaveLength(2);
  });

  it('is done by keys and access tokens as ever', async () => {
    const client = await api.newClient();
    const made = await api.call('POST', '/v1/api_keys', client.secret, { name: 'New', scopes: ['wallets:read'] });
    expect(made.status).toBe(201);
    const proof = await api.call('POST', '/v1/me/step_up', client.secret, { password: 'x' });
    expect(proof.body.error.code).toBe('login_required');
  });

  it('slows down who guesses the password at an open browser', async () => {
    const browser = await withPassword(await newPerson());
    let status = 0;
    for (let i = 0; i < 8; i++) {
      status = (await browser.call('POST', '/v1/me/step_up', { password: `guess ${i}` })).status;
    }
    expect(status).toBe(429);
    expect((await browser.call('POST', '/v1/me/step_up', { password: PASSWORD })).status).toBe(429);
  });
});

describe('one’s own sessions', () => {
  it('are listed with browser and address, and ended one by one or all others', async () => {
    const user = await newPerson();
    const [here, there, third] = [await withPassword(user), await withPassword(user), await withPassword(user)];
    const { body } = await here.call('GET', '/v1/me/sessions');
    expect(body.data).toHaveLength(3);
    const own = body.data.find((session: { is_current: boolean }) => session.is_current);
    expect(own).toMatchObject({ kind: 'console', browser: 'Firefox on Linux', address: expect.stringMatching(/^192/) });
    const [newest] = body.data;
    expect((await here.call('DELETE', `/v1/me/sessions/${newest.id}`)).body.revoked).toBe(true);
    expect((await here.call('DELETE', `/v1/me/sessions/${newest.id}`)).status).toBe(200);
    expect([await statusOf(here), await statusOf(there), await statusOf(third)]).toEqual([200, 200, 401]);
    expect((await here.call('POST', '/v1/me/sessions/revoke_others')).body.sessions_ended).toBe(1);
    expect([await statusOf(here), await statusOf(there)]).toEqual([200, 401]);
    const stranger = await withPassword(await newPerson());
    expect((await stranger.call('DELETE', `/v1/me/sessions/${own.id}`)).status).toBe(404);
    expect(await actionsOf(user.id)).toContain('user.other_sessions_revoked');
  });

  it('end with a new password of one’s own, but for this one', async () => {
    const user = await newPerson();
    const [here, there] = [await withPassword(user), await withPassword(user)];
    const change = (current_password: string, password: string) =>
      here.call('POST', '/v1/me/password', { current_password, password });
    expect((await change('not it', 'another lake at dusk')).body.error.code).toBe('confirmation_wrong');
    expect((await change(PASSWORD, 'password1')).body.error.code).toBe('password_unsuitable');
    expect((await change(PASSWORD, 'another lake at dusk')).body.sessions_ended).toBe(1);
    expect([await statusOf(here), await statusOf(there)]).toEqual([200, 401]);
    expect(await statusOf(await withPassword(user, 'another lake at dusk'))).toBe(200);
    expect(await actionsOf(user.id)).toContain('user.password_changed');
  });
});

describe('an invitation', () => {
  const inviteSomebody = async (email = `new-${++addresses}@example.com`) => {
    const admin = await newPerson();
    const browser = await withPassword(admin);
    const made = await browser.call('POST', '/v1/invitations', { email, name: 'Yaw Boateng', role: 'ops' });
    expect(made.status).toBe(201);
    return { browser, email, invitation: made.body, path: new URL(made.body.url).pathname };
  };

  it('lets somebody in once, with a password of their own', async () => {
    const { browser, email, invitation, path } = await inviteSomebody();
    const guest = newBrowser();
    expect((await guest.get(path)).text).toContain(email);
    const weak = await guest.post(path, { name: 'Yaw', password: 'password1' });
    expect([weak.status, weak.text.includes('must not be one of the most common ones')]).toEqual([422, true]);
    const joined = await guest.post(path, { name: 'Yaw B.', password: 'four goats on a hill' });
    expect(joined.location).toBe('/console');
    const me = await guest.call('GET', '/v1/me');
    expect(me.body).toMatchObject({
      role: 'ops',
      user: { email, name: 'Yaw B.' },
      client: { id: invitation.client_id },
    });
    expect((await guest.get(path)).status).toBe(404);
    expect((await guest.post(path, { name: 'x', password: 'four goats on a hill' })).status).toBe(404);
    const { body } = await browser.call('GET', `/v1/invitations/${invitation.id}`);
    expect([body.status, body.user_id, body.url]).toEqual(['accepted', me.body.user.id, undefined]);
    const revoked = await browser.call('POST', `/v1/invitations/${invitation.id}/revoke`);
    expect(revoked.body.error.code).toBe('invitation_ended');
  });

  it('lets one of two in who come at once', async () => {
    const { path } = await inviteSomebody();
    const answers = await Promise.all(
      [newBrowser(), newBrowser()].map((guest) => guest.post(path, { name: 'Yaw', password: 'four goats on a hill' })),
    );
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
  });

  it('ends after 72 hours, and when it is taken back', async () => {
    const first = await inviteSomebody();
    clock.advance(72 * 60 * MINUTE - 1);
    expect((await newBrowser().get(first.path)).status).toBe(200);
    clock.advance(1);
    expect((await newBrowser().get(first.path)).status).toBe(404);
    const second = await inviteSomebody();
    const revoked = await second.browser.call('POST', `/v1/invitations/${second.invitation.id}/revoke`);
    expect(revoked.body.status).toBe('revoked');
    expect((await newBrowser().get(second.path)).status).toBe(404);
  });

  it('is one for an address, of a role that the inviter may give', async () => {
    const { browser, email } = await inviteSomebody();
    const invite = (body: object) =>
      browser.call('POST', '/v1/invitations', { email, name: 'Yaw', role: 'ops', ...body });
    expect((await invite({})).body.error.code).toBe('invitation_exists');
    const taken = await newPerson();
    expect((await invite({ email: taken.email })).body.error.code).toBe('user_exists');
    const key = await api.newClient({ scopes: ['users:write', 'wallets:read'] });
    const refused = await api.call('POST', '/v1/invitations', key.secret, {
      email: 'x@example.com',
      name: 'X',
      role: 'admin',
    });
    expect(refused.body.error.code).toBe('scope_missing');
  });
});

describe('a password reset', () => {
  it('sets a password once, ends every session, and asks for the second factor after', async () => {
    const { user, browser, secret } = await enrolled();
    const admin = await withPassword(await newPerson(user.clientId));
    const make = async () => {
      const made = await admin.call('POST', `/v1/users/${user.publicId}/reset_link`, { reason: 'Forgotten' });
      return new URL(made.body.url).pathname;
    };
    const [older, path] = [await make(), await make()];
    expect((await newBrowser().get(older)).status).toBe(404);
    const guest = newBrowser();
    expect((await guest.get(path)).text).toContain(user.email);
    expect((await guest.post(path, { password: 'password1' })).status).toBe(422);
    expect((await guest.post(path, { password: 'another lake at dusk' })).status).toBe(200);
    expect((await guest.post(path, { password: 'a third lake at dawn' })).status).toBe(404);
    expect(await statusOf(browser)).toBe(401);
    const back = await withPassword(user, 'another lake at dusk');
    expect([...back.cookies.keys()]).toEqual(['pesewa.sign-in']);
    expect((await back.post('/signin/code', { code: codeNow(secret) })).status).toBe(303);
    expect(await actionsOf(user.id)).toEqual(expect.arrayContaining(['user.reset_link_made', 'user.password_reset']));
  });

  it('ends after an hour', async () => {
    const user = await newPerson();
    const admin = await withPassword(await newPerson(user.clientId));
    const made = await admin.call('POST', `/v1/users/${user.publicId}/reset_link`);
    clock.advance(60 * MINUTE);
    expect((await newBrowser().get(new URL(made.body.url).pathname)).status).toBe(404);
  });
});

it('leaves books that prove, the audit log’s chain among them, and no secret anywhere in clear', async () => {
  expect((await proveBooks(database.db.pool)).findings).toEqual([]);
  const { secret, codes } = await enrolled();
  const { rows } = await database.db.pool.query<{ text: string }>(
    `select row_to_json(f)::text as text from second_factors f union all select row_to_json(r)::text from recovery_codes r
     union all select row_to_json(a)::text from audit_log a`,
  );
  const all = rows.map(({ text }) => text).join('\n');
  for (const kept of [secret, ...codes]) expect(all).not.toContain(kept);
});
