import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { formatId } from '@/contracts/ids';
import { makeTestDatabase } from '@/db/testing';
import { type ApiAnswer, type ApiHarness, basic, openTestApi } from '@/server/http/testing';
import { proveBooks } from '@/server/ledger/books/prove';
import { type MadeOperator, makeOperator, makeUser, tokenFor } from '@/server/staff/testing';

/** Codes to give out before chance is asked again: only so can a collision be had. */
const codes = vi.hoisted(() => ({ next: [] as string[] }));
vi.mock('@/server/clients/code', async (original) => {
  const real = await original<typeof import('@/server/clients/code')>();
  return { makeCode: (name: string, fallback: string) => codes.next.shift() ?? real.makeCode(name, fallback) };
});

let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let api: ApiHarness;
let operator: MadeOperator;

beforeAll(async () => {
  database = await makeTestDatabase();
  api = await openTestApi(database);
  operator = await makeOperator(api.services);
});

afterAll(async () => {
  await api?.close();
  await database?.close();
});

const PATH = '/api/v1/clients';

/** The document's payload, with a pin and an address of its own. */
function profile(fields: Record<string, unknown> = {}): Record<string, unknown> {
  const own = randomUUID().slice(0, 18);
  return {
    client_name: 'LIPAD',
    client_email: `${own}@example.com`,
    client_phone_number: '254712345678',
    contact_person_name: 'Admin',
    contact_person_email: 'admin@example.com',
    contact_person_msisdn: '254712345678',
    business_pin: own,
    physical_address: '456 Elm St',
    country: 'Canada',
    logo: 'https://example.com/logo2.png',
    description: 'Lorem ipsum dolor sit amet consectetur adipiscing elit.',
    is_active: 1,
    ...fields,
  };
}

const create = (fields: Record<string, unknown> = {}, headers: Record<string, string> = {}): Promise<ApiAnswer> =>
  api.call('POST', PATH, operator.token, profile(fields), headers);

async function newClient(fields: Record<string, unknown> = {}): Promise<ApiAnswer['body']> {
  const answer = await create(fields);
  expect(answer.status).toBe(201);
  return answer.body;
}

async function auditOf(publicId: string) {
  const { rows } = await database.db.pool.query(
    `select t.mode, a.action, a.actor, a.credential, a.request_id, a.reason, a.before, a.after
     from audit_log a join tenants t on t.id = a.tenant_id
     where a.object_id = $1 order by a.id`,
    [publicId],
  );
  return rows;
}

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

describe('creating a client', () => {
  it('answers with every field of the document, in its order and types', async () => {
    const sent = profile();
    const answer = await api.call('POST', PATH, operator.token, sent);
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      client_id: expect.stringMatching(/^[0-9]+$/),
      client_name: 'LIPAD',
      client_email: sent['client_email'],
      client_phone_number: 254712345678,
      contact_person_name: 'Admin',
      contact_person_email: 'admin@example.com',
      contact_person_msisdn: 254712345678,
      business_pin: sent['business_pin'],
      physical_address: '456 Elm St',
      country: 'Canada',
      description: 'Lorem ipsum dolor sit amet consectetur adipiscing elit.',
      is_active: 1,
      client_code: expect.stringMatching(/^LIP[0-9A-Z]{7}$/),
      logo: 'https://example.com/logo2.png',
      client_phone_number_e164: '+254712345678',
      contact_person_msisdn_e164: '+254712345678',
      country_code: 'CA',
      public_id: expect.stringMatching(/^cli_[0-9a-z]{13}$/),
      created_at: expect.stringMatching(ISO),
      updated_at: answer.body.created_at,
    });
    expect(Object.keys(answer.body).slice(0, 14)).toEqual([
      'client_id',
      'client_name',
      'client_email',
      'client_phone_number',
      'contact_person_name',
      'contact_person_email',
      'contact_person_msisdn',
      'business_pin',
      'physical_address',
      'country',
      'description',
      'is_active',
      'client_code',
      'logo',
    ]);
  });

  it('takes what may be left out as null, a plus sign, a code for a country and a boolean', async () => {
    const body = profile({ client_phone_number: '+233241234567', country: 'GHA', is_active: false });
    for (const field of ['physical_address', 'logo', 'description']) delete body[field];
    expect((await api.call('POST', PATH, operator.token, body)).body).toMatchObject({
      physical_address: null,
      logo: null,
      description: null,
      client_phone_number: 233241234567,
      client_phone_number_e164: '+233241234567',
      country: 'Ghana',
      country_code: 'GH',
      is_active: 0,
    });
  });

  it.each([
    ['client_name', ''],
    ['client_name', 'x'.repeat(201)],
    ['client_name', 1],
    ['client_email', 'nobody'],
    ['client_email', '[email\u00a0protected]'],
    ['client_phone_number', 254712345678],
    ['client_phone_number', '0712345678'],
    ['client_phone_number', '2547123'],
    ['client_phone_number', '999712345678'],
    ['contact_person_msisdn', '25471234567890'],
    ['contact_person_msisdn', 'none'],
    ['contact_person_email', 'a@b'],
    ['business_pin', ' A1'],
    ['business_pin', 'x'.repeat(65)],
    ['physical_address', 'a\0b'],
    ['country', 'Atlantis'],
    ['country', 'XK'],
    ['logo', 'http://example.com/logo.png'],
    ['logo', 'javascript:alert(1)'],
    ['description', 'x'.repeat(1001)],
    ['is_active', 2],
    ['is_active', '1'],
    ['is_active', null],
  ])('refuses a bad %s by name: %j', async (field, value) => {
    const pin = randomUUID();
    const answer = await create({ business_pin: pin, [field]: value });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      status: 400,
      message: answer.body.error.message,
      error: { code: 'parameter_invalid', param: field },
    });
    expect(answer.body.message).toContain(`\`${field}\``);
    const { rows } = await database.db.pool.query('select from clients where business_pin = $1', [pin]);
    expect(rows).toHaveLength(0);
  });

  it('refuses what is missing and what is not known, by name', async () => {
    for (const field of Object.keys(profile())) {
      const body = profile();
      delete body[field];
      const answer = await api.call('POST', PATH, operator.token, body);
      if (['physical_address', 'logo', 'description'].includes(field)) expect(answer.status).toBe(201);
      else expect(answer.body.error, field).toMatchObject({ code: 'parameter_missing', param: field });
    }
    expect((await create({ client_code: 'LIPNZPMF7O' })).body.error).toMatchObject({
      code: 'parameter_unknown',
      param: 'client_code',
    });
  });

  it('refuses a pin or an address that another client has, whatever the case of its letters', async () => {
    const first = await newClient();
    const samePin = await create({ business_pin: first.business_pin });
    expect(samePin.status).toBe(409);
    expect(samePin.body.error).toMatchObject({ code: 'client_exists', param: 'business_pin' });
    const sameEmail = await create({ client_email: first.client_email.toUpperCase() });
    expect(sameEmail.status).toBe(409);
    expect(sameEmail.body.error).toMatchObject({ code: 'client_exists', param: 'client_email' });
  });

  it('lets one of many at once have a pin', async () => {
    const pin = randomUUID();
    const answers = await Promise.all(Array.from({ length: 12 }, () => create({ business_pin: pin })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 11 }, () => 409)]);
  });

  it('makes another code when one is taken', async () => {
    const { client_code: taken } = await newClient();
    codes.next = [taken, taken, 'LIPFREE001'];
    expect(await newClient()).toMatchObject({ client_code: 'LIPFREE001' });
  });

  it('happens once under an Idempotency-Key', async () => {
    const headers = { 'Idempotency-Key': randomUUID() };
    const body = profile();
    const first = await api.call('POST', PATH, operator.token, body, headers);
    const again = await api.call('POST', PATH, operator.token, body, headers);
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
  });

  it('makes both sets of books and says in the audit trail of each who did it', async () => {
    const answer = await create({ country: 'KE' });
    const rows = await auditOf(answer.body.public_id);
    expect(rows.map(({ mode }) => mode)).toEqual(['live', 'test']);
    for (const row of rows) {
      expect(row).toMatchObject({
        action: 'client.created',
        actor: `user:${operator.user.id}`,
        credential: expect.stringMatching(/^session:/),
        request_id: answer.headers.get('request-id'),
        before: null,
      });
      expect(JSON.parse(row.after)).toMatchObject({
        code: answer.body.client_code,
        name: 'LIPAD',
        phone: '+254712345678',
        country: 'KE',
        is_active: true,
      });
    }
  });
});

describe('who may', () => {
  it('create, change and give credentials: the operator’s people with clients:write, and nobody else', async () => {
    const client = await newClient();
    const own = await api.newClient();
    const staff = await makeUser(database.db, { clientId: own.publicId, role: 'admin' });
    const ops = await makeOperator(api.services, { role: 'ops' });
    const support = await makeOperator(api.services, { role: 'support' });
    const writes: [string, string, unknown][] = [
      ['POST', PATH, profile()],
      ['PATCH', `${PATH}/${client.client_code}`, { description: 'Changed' }],
      ['POST', `${PATH}/${client.client_code}/deactivate`, { reason: 'Test' }],
      ['POST', `${PATH}/${client.client_code}/activate`, { reason: 'Test' }],
      ['POST', `${PATH}/${client.client_code}/credentials`, { mode: 'test', scopes: ['wallets:read'] }],
    ];
    for (const [method, path, body] of writes) {
      for (const token of [own.secret, await tokenFor(database.db, api.services.clock, staff)]) {
        const refused = await api.call(method, path, token, body);
        expect(refused.status).toBe(403);
        expect(refused.body.error.code).toBe('operator_required');
      }
      expect((await api.call(method, path, support.token, body)).body.error.code).toBe('scope_missing');
      expect((await api.call(method, path, null, body)).status).toBe(401);
      expect([200, 201]).toContain((await api.call(method, path, ops.token, body)).status);
    }
    expect((await api.call('GET', `${PATH}/${client.client_code}/credentials`, own.secret)).status).toBe(403);
  });

  it('see a client: the operator each, a client itself alone', async () => {
    const other = await newClient();
    const own = await api.newClient({ name: 'Own' });
    for (const named of [other.client_code, other.client_id, other.public_id]) {
      const seen = await api.call('GET', `${PATH}/${named}`, operator.token);
      expect(seen.body).toMatchObject({ client_code: other.client_code });
      const hidden = await api.call('GET', `${PATH}/${named}`, own.secret);
      const absent = await api.call('GET', `${PATH}/${named}x`, own.secret);
      expect([hidden.status, absent.status]).toEqual([404, 404]);
      expect({ ...hidden.body.error, message: '', request_id: '' }).toEqual({
        ...absent.body.error,
        message: '',
        request_id: '',
      });
    }
    const itself = await api.call('GET', `${PATH}/${own.code}`, own.secret);
    expect(itself.body).toMatchObject({ client_name: 'Own', client_email: null, client_phone_number: null });
    expect((await api.call('GET', PATH, own.secret)).body).toMatchObject({
      data: [{ client_code: own.code }],
      has_more: false,
    });
    const acting = { 'Pesewa-Client': other.client_code };
    expect((await api.call('GET', PATH, operator.token, undefined, acting)).body.data).toMatchObject([
      { client_code: other.client_code },
    ]);
    const restricted = await api.newClient({ scopes: ['wallets:read'] });
    expect((await api.call('GET', PATH, restricted.secret)).body.error.code).toBe('scope_missing');
  });
});

describe('listing clients', () => {
  it('pages newest first, and filters by what begins so and by being active', async () => {
    const word = `q${randomUUID().slice(0, 8)}`;
    const made: ApiAnswer['body'][] = [];
    for (const is_active of [1, 0, 1]) made.push(await newClient({ client_name: `${word} %_ Ltd`, is_active }));
    const codesOf = (answer: ApiAnswer) => answer.body.data.map((row: { client_code: string }) => row.client_code);
    const find = (query: string) => api.call('GET', `${PATH}?${query}`, operator.token);

    const first = await find(`search=${word.toUpperCase()}&limit=2`);
    expect(codesOf(first)).toEqual([made[2]?.client_code, made[1]?.client_code]);
    expect(first.body.has_more).toBe(true);
    await newClient({ client_name: `${word} later` });
    const second = await find(`search=${word}&limit=2&after=${first.body.next_cursor}`);
    expect(codesOf(second)).toEqual([made[0]?.client_code]);
    expect(second.body).toMatchObject({ has_more: false, next_cursor: null });

    expect(codesOf(await find(`search=${word}&is_active=0`))).toEqual([made[1]?.client_code]);
    expect(codesOf(await find(`search=${word}&is_active=true`))).toHaveLength(3);
    expect(codesOf(await find(`search=${made[0]?.client_code.toLowerCase()}`))).toEqual([made[0]?.client_code]);
    expect(codesOf(await find(`search=${encodeURIComponent(made[1]?.client_email)}`))).toEqual([made[1]?.client_code]);
    // No wildcard of a pattern, and not the middle of a name.
    expect(codesOf(await find('search=%25'))).toEqual([]);
    expect(codesOf(await find('search=Ltd'))).toEqual([]);
    expect((await find('is_active=2')).body.error.param).toBe('is_active');
    expect((await find('after=WyJ4Il0')).body.error.param).toBe('after');
  });
});

describe('changing a client', () => {
  it('changes what is sent, and says what it was', async () => {
    const client = await newClient();
    const path = `${PATH}/${client.client_id}`;
    const answer = await api.call('PATCH', path, operator.token, {
      client_name: 'Lipad Kenya',
      client_phone_number: '+254700000001',
      country: 'Republic of Kenya',
      logo: null,
      reason: 'Moved',
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      ...client,
      client_name: 'Lipad Kenya',
      client_phone_number: 254700000001,
      client_phone_number_e164: '+254700000001',
      country: 'Kenya',
      country_code: 'KE',
      logo: null,
      updated_at: expect.stringMatching(ISO),
    });
    expect((await api.call('GET', path, operator.token)).body).toEqual(answer.body);
    const rows = (await auditOf(client.public_id)).filter(({ action }) => action === 'client.updated');
    expect(rows.map(({ mode }) => mode)).toEqual(['live', 'test']);
    expect(rows[0]).toMatchObject({ actor: `user:${operator.user.id}`, reason: 'Moved' });
    expect(JSON.parse(rows[0]?.before)).toEqual({
      name: 'LIPAD',
      phone: '+254712345678',
      country: 'CA',
      logo: 'https://example.com/logo2.png',
    });
    expect(JSON.parse(rows[0]?.after)).toEqual({
      name: 'Lipad Kenya',
      phone: '+254700000001',
      country: 'KE',
      logo: null,
    });
  });

  it('to what it is already changes nothing', async () => {
    const client = await newClient();
    for (const body of [{}, { client_name: 'LIPAD', is_active: 1 }, { country: 'CAN' }]) {
      const answer = await api.call('PATCH', `${PATH}/${client.client_code}`, operator.token, body);
      expect(answer).toMatchObject({ status: 200, body: client });
    }
    expect(await auditOf(client.public_id)).toHaveLength(2);
  });

  it.each([
    ['client_name', null],
    ['client_email', 'nobody'],
    ['contact_person_msisdn', '123456789012345'],
    ['business_pin', null],
    ['country', 'Nowhere'],
    ['is_active', 'yes'],
    ['reason', ''],
    ['client_code', 'LIPNZPMF7O'],
  ])('refuses a bad %s', async (field, value) => {
    const client = await newClient();
    const answer = await api.call('PATCH', `${PATH}/${client.client_code}`, operator.token, {
      description: 'Never',
      [field]: value,
    });
    expect(answer.status).toBe(400);
    expect(answer.body.error.param).toBe(field);
    expect((await api.call('GET', `${PATH}/${client.client_code}`, operator.token)).body).toEqual(client);
  });

  it('to another’s pin or address is refused, to its own in other letters is not', async () => {
    const [one, other] = [await newClient(), await newClient()];
    for (const field of ['business_pin', 'client_email']) {
      const answer = await api.call('PATCH', `${PATH}/${one.client_code}`, operator.token, { [field]: other[field] });
      expect(answer.status).toBe(409);
      expect(answer.body.error).toMatchObject({ code: 'client_exists', param: field });
    }
    const louder = { client_email: one.client_email.toUpperCase() };
    expect((await api.call('PATCH', `${PATH}/${one.client_code}`, operator.token, louder)).body).toMatchObject(louder);
  });

  it('that is not there is 404', async () => {
    for (const [method, rest] of [
      ['GET', ''],
      ['PATCH', ''],
      ['POST', '/activate'],
      ['POST', '/deactivate'],
      ['POST', '/credentials'],
      ['GET', '/credentials'],
    ] as const) {
      const body = { '': {}, '/credentials': { mode: 'test' } }[rest as string] ?? { reason: 'Test' };
      const answer = await api.call(
        method,
        `${PATH}/LIPNOTHERE${rest}`,
        operator.token,
        method === 'GET' ? undefined : body,
      );
      expect(answer.status, `${method} ${rest}`).toBe(404);
      expect(answer.body.error).toMatchObject({ code: 'resource_missing', param: 'client_code' });
    }
  });

  it('that is the operator may not deactivate it', async () => {
    const path = `${PATH}/${operator.client.publicId}`;
    for (const answer of [
      await api.call('PATCH', path, operator.token, { is_active: 0 }),
      await api.call('POST', `${path}/deactivate`, operator.token, { reason: 'Test' }),
    ]) {
      expect(answer.status).toBe(409);
      expect(answer.body.error.code).toBe('client_is_operator');
    }
    expect((await api.call('GET', path, operator.token)).body.is_active).toBe(1);
    expect((await api.call('PATCH', path, operator.token, { country: 'GH' })).body.country).toBe('Ghana');
  });
});

describe('credentials of a client', () => {
  it('are shown once, work as Basic and Bearer, and are listed without the secret', async () => {
    const client = await newClient();
    const path = `${PATH}/${client.client_code}/credentials`;
    const expires_at = '2099-01-01T00:00:00.000Z';
    const scopes = ['wallets:read', 'keys:read'];
    const answer = await api.call('POST', path, operator.token, { mode: 'live', name: 'Till', scopes, expires_at });
    expect(answer.status).toBe(201);
    const { client_secret: secret, ...shown } = answer.body;
    expect(secret).toMatch(/^sec_live_/);
    expect(shown).toMatchObject({
      object: 'client_credential',
      client_id: client.public_id,
      client_code: client.client_code,
      key_id: expect.stringMatching(/^key_/),
      mode: 'live',
      livemode: true,
      name: 'Till',
      scopes,
      status: 'active',
      expires_at,
      created_at: expect.stringMatching(ISO),
    });
    const listed = await api.call('GET', `${path}?mode=live`, operator.token);
    expect(listed.body.data).toEqual([shown]);
    expect((await api.call('GET', path, operator.token)).body.data).toEqual([]);
    for (const authorization of [secret, basic(client.public_id, secret)]) {
      const own = await api.call('GET', '/v1/api_keys', authorization);
      expect(own.body.data).toMatchObject([{ id: shown.key_id, livemode: true, scopes }]);
    }
    const { rows } = await database.db.pool.query(
      `select t.mode, a.actor, a.after from audit_log a join tenants t on t.id = a.tenant_id
       join clients c on c.id = t.client_id where c.public_id = $1 and a.action = 'api_key.created'`,
      [client.public_id],
    );
    expect(rows).toMatchObject([{ mode: 'live', actor: `user:${operator.user.id}` }]);
  });

  it('under an Idempotency-Key are made once, and the replay has no secret', async () => {
    const client = await newClient();
    const path = `${PATH}/${client.client_code}/credentials`;
    const headers = { 'Idempotency-Key': randomUUID() };
    const first = await api.call('POST', path, operator.token, { mode: 'test' }, headers);
    const again = await api.call('POST', path, operator.token, { mode: 'test' }, headers);
    const { client_secret: secret, ...rest } = first.body;
    expect(secret).toMatch(/^sec_test_/);
    expect(again).toMatchObject({ status: 201 });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.body).toEqual(rest);
    const { rows } = await database.db.pool.query('select from answers where position($1 in body) > 0', [secret]);
    expect(rows).toHaveLength(0);
    expect((await api.call('GET', path, operator.token)).body.data).toHaveLength(1);
  });

  it('hold no more than the role of who makes them', async () => {
    const client = await newClient();
    const path = `${PATH}/${client.client_code}/credentials`;
    const ops = await makeOperator(api.services, { role: 'ops' });
    const refused = await api.call('POST', path, ops.token, { mode: 'test', scopes: ['wallets:write'] });
    expect(refused.status).toBe(403);
    expect(refused.body.error).toMatchObject({ code: 'scope_missing', param: 'scopes' });
    const { scopes } = (await api.call('POST', path, ops.token, { mode: 'test' })).body;
    expect(scopes).toContain('wallets:read');
    expect(scopes).not.toContain('wallets:write');
  });

  it.each([
    ['mode', { mode: 'prod' }],
    ['mode', {}],
    ['scopes', { mode: 'test', scopes: [] }],
    ['scopes.0', { mode: 'test', scopes: ['wallets'] }],
    ['expires_at', { mode: 'test', expires_at: '2001-01-01T00:00:00Z' }],
    ['client_secret', { mode: 'test', client_secret: 'chosen' }],
  ])('with a bad %s are refused', async (param, body) => {
    const client = await newClient();
    const answer = await api.call('POST', `${PATH}/${client.client_code}/credentials`, operator.token, body);
    expect(answer.status).toBe(400);
    expect(answer.body.error.param).toBe(param);
  });
});

describe('a client’s life over HTTP', () => {
  it('is made, gets credentials, moves money; moves nothing while inactive; and goes on after', async () => {
    const client = await newClient();
    const path = `${PATH}/${client.client_code}`;
    const credentials = await api.call('POST', `${path}/credentials`, operator.token, { mode: 'test' });
    const authorization = basic(credentials.body.client_id, credentials.body.client_secret);
    const staff = await makeUser(database.db, { clientId: client.public_id });
    const staffToken = await tokenFor(database.db, api.services.clock, staff);

    const wallet = await api.call('POST', '/v1/wallets', authorization, { customer_id: 'cus_1', currency: 'KES' });
    expect(wallet.status).toBe(201);
    const walletPath = `/v1/wallets/${wallet.body.id}`;
    const move = (kind: 'credit' | 'debit', amount: number, as: string, headers: Record<string, string> = {}) =>
      api.call(
        'POST',
        `${walletPath}/${kind}`,
        as,
        { amount, description: 'Life', reference: `${kind}_${randomUUID()}` },
        headers,
      );
    const asOperator = { 'Pesewa-Client': client.client_code };
    expect((await move('credit', 1_000, authorization)).status).toBe(200);
    expect((await move('debit', 300, authorization)).body.balance_after).toBe(700);
    expect((await move('debit', 100, staffToken)).body.balance_after).toBe(600);
    expect((await move('debit', 100, operator.token, asOperator)).body.balance_after).toBe(500);

    const deactivated = await api.call('POST', `${path}/deactivate`, operator.token, { reason: 'Licence withdrawn' });
    expect(deactivated).toMatchObject({ status: 200, body: { is_active: 0 } });
    const refuses = async (as: string): Promise<void> => {
      const answer = await move('debit', 1, as);
      expect(answer.status).toBe(403);
      expect(answer.body.error.code).toBe('client_inactive');
    };
    // What is believed of a credential is believed for a second.
    for (const as of [authorization, credentials.body.client_secret, staffToken]) {
      await vi.waitFor(() => refuses(as), { timeout: 2_000, interval: 50 });
    }
    for (const kind of ['debit', 'credit'] as const) {
      expect((await move(kind, 1, operator.token, asOperator)).body.error.code).toBe('client_inactive');
    }
    const balanceOf = async (): Promise<number> =>
      (await api.call('GET', walletPath, operator.token, undefined, asOperator)).body.balance;
    const still = await balanceOf();

    const again = await api.call('POST', `${path}/deactivate`, operator.token, { reason: 'Twice' });
    expect(again).toMatchObject({ status: 200, body: deactivated.body });
    expect((await move('debit', 1, operator.token, asOperator)).status).toBe(403);
    expect(await balanceOf()).toBe(still);

    expect(
      (await api.call('POST', `${path}/activate`, operator.token, { reason: 'Licence renewed' })).body.is_active,
    ).toBe(1);
    expect((await move('debit', 50, authorization)).body.balance_after).toBe(still - 50);
    expect((await move('debit', 50, operator.token, asOperator)).body.balance_after).toBe(still - 100);

    const changes = (await auditOf(client.public_id)).filter(({ mode }) => mode === 'test');
    expect(changes.map(({ action, reason }) => [action, reason])).toEqual([
      ['client.created', null],
      ['client.deactivated', 'Licence withdrawn'],
      ['client.activated', 'Licence renewed'],
    ]);
    expect(JSON.parse(changes[1]?.before)).toEqual({ is_active: true });
    expect(JSON.parse(changes[1]?.after)).toEqual({ is_active: false });
    expect((await proveBooks(database.db.pool)).findings).toEqual([]);
  });

  it('needs a reason to end', async () => {
    const client = await newClient();
    for (const verb of ['activate', 'deactivate']) {
      const answer = await api.call('POST', `${PATH}/${client.client_code}/${verb}`, operator.token, {});
      expect(answer.body.error).toMatchObject({ code: 'parameter_missing', param: 'reason' });
    }
  });

  it('goes on under the ids that a key was made with', async () => {
    const own = await api.newClient();
    const listed = await api.call('GET', `${PATH}/${own.code}/credentials`, operator.token);
    expect(listed.body.data).toMatchObject([{ key_id: formatId('key', own.keyId), mode: 'test', scopes: ['*'] }]);
  });
});
