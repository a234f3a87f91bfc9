import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeTestDatabase } from '@/db/testing';
import { type ApiAnswer, type ApiHarness, openTestApi } from '@/server/http/testing';
import { fixedClock } from '@/server/kernel/clock';
import { proveBooks } from '@/server/ledger/books/prove';
import { makeOperator, makeUser, tokenFor } from '@/server/staff/testing';

const PATH = '/api/v1/client-services';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const clock = fixedClock(Date.UTC(2026, 4, 24, 10));

let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let api: ApiHarness;
let client: Awaited<ReturnType<ApiHarness['newClient']>>;

beforeAll(async () => {
  database = await makeTestDatabase();
  api = await openTestApi(database, { clock });
});

afterAll(async () => {
  const { findings } = await proveBooks(database.db.pool);
  expect(findings).toEqual([]);
  await api?.close();
  await database?.close();
});

beforeEach(async () => {
  // The next day at ten: no test meets another's caps or times.
  clock.advance(DAY);
  client = await api.newClient();
});

const SAMPLE = {
  client_service_name: 'Payout KES Nairobi',
  service_code: 'CUSTOM_SERVICE',
  has_transaction_fee: true,
  transaction_fee_type: 'FIXED',
  transaction_fee: 0.0,
  minimum_transaction_amount: 1.0,
  maximum_transaction_amount: 100.0,
  is_active: 1,
};

const iso = (ms: number): string => new Date(ms).toISOString();

function post(fields: object = {}, authorization = client.secret): Promise<ApiAnswer> {
  return api.call('POST', PATH, authorization, { client_code: client.code, ...SAMPLE, ...fields });
}

async function made(fields: object = {}): Promise<string> {
  const { status, body } = await post(fields);
  expect(status, JSON.stringify(body)).toBe(201);
  return body.client_service_code;
}

function patch(code: string, body: object, authorization = client.secret): Promise<ApiAnswer> {
  return api.call('PATCH', `${PATH}/${code}`, authorization, body);
}

async function get(path: string, authorization = client.secret): Promise<ApiAnswer['body']> {
  const { status, body } = await api.call('GET', `${PATH}${path}`, authorization);
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
}

function quote(code: string, body: object): Promise<ApiAnswer> {
  return api.call('POST', `${PATH}/${code}/quote`, client.secret, body);
}

const versionsOf = async (code: string): Promise<ApiAnswer['body'][]> =>
  (await get(`/${code}/versions?limit=100`)).data;

async function auditOf(id: string): Promise<{ action: string; actor: string; before: string | null; after: string }[]> {
  const { rows } = await database.db.pool.query(
    'select action, actor, before, after, reason from audit_log where object_id = $1 order by id',
    [id],
  );
  return rows;
}

describe('creating', () => {
  it('answers the document’s sample with its fields, and ours beside them', async () => {
    const { status, body } = await post();
    expect(status).toBe(201);
    expect(body).toEqual({
      client_service_id: expect.stringMatching(/^[0-9]+$/),
      client_service_code: expect.stringMatching(/^PAY[0-9A-Z]{7}$/),
      client_code: client.code,
      client_service_name: 'Payout KES Nairobi',
      service_code: 'CUSTOM_SERVICE',
      has_transaction_fee: true,
      transaction_fee_type: 'FIXED',
      transaction_fee: 0,
      minimum_transaction_amount: 1,
      maximum_transaction_amount: 100,
      is_active: 1,
      transaction_types: ['CREDIT', 'DEBIT', 'TRANSFER'],
      fee_bearer: 'client',
      minimum_transaction_fee: null,
      maximum_transaction_fee: null,
      tax_on_fee_percentage: 0,
      daily_cap: null,
      monthly_cap: null,
      refund_fees_on_reversal: true,
      currency: null,
      version_id: expect.stringMatching(/^[0-9]+$/),
      version_number: 1,
      effective_at: iso(clock.fixedMs()),
      scheduled_versions: [],
      created_at: iso(clock.fixedMs()),
      updated_at: iso(clock.fixedMs()),
    });
    expect(await get(`/${body.client_service_code}`)).toEqual(body);
    expect(await get(`/${body.client_service_id}`)).toEqual(body);
    const [row] = await auditOf(body.client_service_id);
    expect(row).toMatchObject({ action: 'client_service.created', actor: `api_key:${client.keyId}`, before: null });
    expect(JSON.parse(row?.after ?? '')).toMatchObject({
      code: body.client_service_code,
      version_id: body.version_id,
      rules: { minimum_amount: '1', maximum_amount: '100', fee: { type: 'FIXED', amount: '0' } },
    });
  });

  it('takes every field, numbers or text, and gives back what it was given', async () => {
    const fields = {
      transaction_fee_type: 'PERCENTAGE',
      transaction_fee: '2.5001',
      minimum_transaction_amount: '0.50',
      maximum_transaction_amount: 90_071_992_547.99,
      is_active: false,
      transaction_types: ['TRANSFER', 'CREDIT'],
      fee_bearer: 'customer',
      minimum_transaction_fee: 0.01,
      maximum_transaction_fee: '50',
      tax_on_fee_percentage: 16.5,
      daily_cap: 1000,
      monthly_cap: '20000.25',
      refund_fees_on_reversal: false,
      currency: 'KES',
      effective_at: null,
    };
    const code = await made(fields);
    expect(await get(`/${code}`)).toMatchObject({
      ...fields,
      transaction_fee: 2.5001,
      minimum_transaction_amount: 0.5,
      is_active: 0,
      transaction_types: ['CREDIT', 'TRANSFER'],
      maximum_transaction_fee: 50,
      monthly_cap: 20_000.25,
      effective_at: iso(clock.fixedMs()),
    });
  });

  it('needs neither type nor amount where there is no fee', async () => {
    const { transaction_fee: _, transaction_fee_type: __, ...rest } = SAMPLE;
    const { status, body } = await api.call('POST', PATH, client.secret, {
      client_code: client.code,
      ...rest,
      has_transaction_fee: false,
    });
    expect([status, body.has_transaction_fee, body.transaction_fee_type, body.transaction_fee]).toEqual([
      201,
      false,
      null,
      0,
    ]);
  });

  it('charges nothing where has_transaction_fee is false, whatever else is said', async () => {
    const code = await made({
      has_transaction_fee: false,
      transaction_fee: 5,
      minimum_transaction_fee: 1,
      tax_on_fee_percentage: 16,
    });
    const { body } = await quote(code, { transaction_type: 'DEBIT', transaction_amount: 10, currency: 'KES' });
    expect(body).toMatchObject({ transaction_fee: '0.0000', tax_on_fee: '0.0000', net_amount: '-10.0000' });
  });

  it.each([
    ['client_code', 'NOBODY0000', 404, 'resource_missing'],
    ['client_code', undefined, 400, 'parameter_missing'],
    ['client_service_name', '', 400, 'parameter_invalid'],
    ['client_service_name', undefined, 400, 'parameter_missing'],
    ['service_code', 'with space', 400, 'parameter_invalid'],
    ['has_transaction_fee', 'yes', 400, 'parameter_invalid'],
    ['has_transaction_fee', undefined, 400, 'parameter_missing'],
    ['transaction_fee_type', 'PERCENT', 400, 'parameter_invalid'],
    ['transaction_fee_type', undefined, 400, 'parameter_missing'],
    ['transaction_fee', undefined, 400, 'parameter_missing'],
    ['transaction_fee', -1, 400, 'parameter_invalid'],
    ['transaction_fee', '1e2', 400, 'parameter_invalid'],
    ['transaction_fee', 1e21, 400, 'parameter_invalid'],
    ['transaction_fee', 0.00001, 400, 'parameter_invalid'],
    ['transaction_fee', 1e12, 400, 'parameter_invalid'],
    ['minimum_transaction_amount', -0.01, 400, 'parameter_invalid'],
    ['minimum_transaction_amount', 100.5, 400, 'parameter_invalid', 'maximum_transaction_amount'],
    ['minimum_transaction_amount', undefined, 400, 'parameter_missing'],
    ['maximum_transaction_amount', 0.5, 400, 'parameter_invalid'],
    ['maximum_transaction_amount', 0, 400, 'parameter_invalid'],
    ['maximum_transaction_amount', '9007199254740990.01', 400, 'parameter_invalid'],
    ['maximum_transaction_amount', '99999999999999999999', 400, 'parameter_invalid'],
    ['maximum_transaction_amount', [100], 400, 'parameter_invalid'],
    ['is_active', 2, 400, 'parameter_invalid'],
    ['is_active', undefined, 400, 'parameter_missing'],
    ['transaction_types', [], 400, 'parameter_invalid'],
    ['transaction_types', ['CREDIT', 'CREDIT'], 400, 'parameter_invalid'],
    ['transaction_types', ['PAYOUT'], 400, 'parameter_invalid', 'transaction_types.0'],
    ['fee_bearer', 'merchant', 400, 'parameter_invalid'],
    ['minimum_transaction_fee', -1, 400, 'parameter_invalid'],
    ['tax_on_fee_percentage', 100.0001, 400, 'parameter_invalid'],
    ['daily_cap', -5, 400, 'parameter_invalid'],
    ['currency', 'KSH', 400, 'parameter_invalid'],
    ['effective_at', iso(clock.fixedMs()), 400, 'parameter_invalid'],
    ['effective_at', 'tomorrow', 400, 'parameter_invalid'],
    ['currencies', ['KES'], 400, 'parameter_unknown'],
  ])('refuses %s = %j', async (field, value, status, code, param = field) => {
    const before = await get('');
    const { status: got, body } = await post({ [field]: value });
    expect([got, body.error?.code, body.error?.param]).toEqual([status, code, param]);
    expect(body.message).toContain(field === 'client_code' && status === 404 ? 'client' : '`');
    expect(await get('')).toEqual(before);
  });

  it.each([
    ['percentage over 100', { transaction_fee_type: 'PERCENTAGE', transaction_fee: 100.0001 }, 'transaction_fee'],
    [
      'greatest fee under the least',
      { minimum_transaction_fee: 2, maximum_transaction_fee: 1 },
      'maximum_transaction_fee',
    ],
    ['a fee finer than its currency', { currency: 'KES', transaction_fee: 0.001 }, 'transaction_fee'],
    [
      'a limit finer than its currency',
      { currency: 'JPY', maximum_transaction_amount: 10.5 },
      'maximum_transaction_amount',
    ],
    ['a cap finer than its currency', { currency: 'KWD', daily_cap: 0.0001 }, 'daily_cap'],
  ])('refuses %s', async (_what, fields, param) => {
    const { status, body } = await post(fields);
    expect([status, body.error.code, body.error.param]).toEqual([400, 'parameter_invalid', param]);
  });

  it('takes a percentage of 100 and no more decimals than the currency', async () => {
    await made({ transaction_fee_type: 'PERCENTAGE', transaction_fee: 100 });
    await made({ currency: 'KWD', daily_cap: 0.001 });
    await made({ currency: 'JPY', transaction_fee: '10.000' });
  });

  it('answers a repeated Idempotency-Key with the first service', async () => {
    const body = { client_code: client.code, ...SAMPLE };
    const first = await api.call('POST', PATH, client.secret, body, { 'Idempotency-Key': 'one' });
    const second = await api.call('POST', PATH, client.secret, body, { 'Idempotency-Key': 'one' });
    expect(second.body).toEqual(first.body);
    expect((await get('')).data).toHaveLength(1);
  });
});

describe('whose services', () => {
  it('keeps another client’s out of every answer', async () => {
    const code = await made();
    const stranger = await api.newClient();
    for (const [method, path, body] of [
      ['GET', `/${code}`],
      ['GET', `/${code}/versions`],
      ['PATCH', `/${code}`, { is_active: 0 }],
      ['POST', `/${code}/quote`, { transaction_type: 'DEBIT', transaction_amount: 1, currency: 'KES' }],
    ] as const) {
      const { status, body: answer } = await api.call(method, `${PATH}${path}`, stranger.secret, body);
      expect([status, answer.error.code]).toEqual([404, 'resource_missing']);
      const absent = await api.call(method, `${PATH}${path.replace(code, 'PAY0000000')}`, stranger.secret, body);
      expect(absent.body.message.replace('PAY0000000', code)).toBe(answer.message);
    }
    expect((await get('', stranger.secret)).data).toEqual([]);
    const named = await api.call('GET', `${PATH}?client_code=${client.code}`, stranger.secret);
    expect([named.status, named.body.error.param]).toEqual([404, 'client_code']);
    const created = await post({}, stranger.secret);
    expect([created.status, created.body.error.param]).toEqual([404, 'client_code']);
  });

  it('lets the operator’s people act on a client by its code, and on its services by theirs', async () => {
    const operator = await makeOperator(api.services);
    const { status, body } = await post({}, operator.token);
    expect([status, body.client_code]).toEqual([201, client.code]);
    const code = body.client_service_code;
    const changed = await patch(code, { maximum_transaction_amount: 250, reason: 'Agreed' }, operator.token);
    expect([changed.status, changed.body.maximum_transaction_amount]).toEqual([200, 250]);
    expect((await get(`/${code}`)).maximum_transaction_amount).toBe(250);
    const rows = await auditOf(body.client_service_id);
    expect(rows.map(({ action, actor }) => [action, actor])).toEqual([
      ['client_service.created', `user:${operator.user.id}`],
      ['client_service.updated', `user:${operator.user.id}`],
    ]);
    const theirs = await get(`?client_code=${client.code}`, operator.token);
    expect(theirs.data.map((service: { client_service_code: string }) => service.client_service_code)).toEqual([code]);
  });

  it('asks for the scope', async () => {
    const code = await made();
    const user = await makeUser(database.db, { clientId: client.publicId, role: 'support' });
    const token = await tokenFor(database.db, clock, user);
    expect((await get(`/${code}`, token)).client_service_code).toBe(code);
    expect((await patch(code, { is_active: 0 }, token)).body.error.code).toBe('scope_missing');
    expect((await post({}, token)).body.error.code).toBe('scope_missing');
  });
});

describe('listing', () => {
  it('pages newest first and filters', async () => {
    const first = await made({ service_code: 'A' });
    const second = await made({ service_code: 'B', is_active: 0 });
    const third = await made({ service_code: 'A', effective_at: iso(clock.fixedMs() + HOUR) });
    const codes = async (query: string): Promise<string[]> =>
      (await get(query)).data.map((service: { client_service_code: string }) => service.client_service_code);
    expect(await codes('')).toEqual([third, second, first]);
    const page = await get('?limit=2');
    expect(page).toMatchObject({ object: 'list', has_more: true });
    expect(await codes(`?limit=2&after=${page.next_cursor}`)).toEqual([first]);
    expect(await codes('?is_active=1')).toEqual([first]);
    expect(await codes('?is_active=0')).toEqual([third, second]);
    expect(await codes('?service_code=A')).toEqual([third, first]);
    expect(await codes(`?client_code=${client.code}&service_code=A&is_active=1`)).toEqual([first]);
    clock.advance(HOUR);
    expect(await codes('?is_active=1')).toEqual([third, first]);
    const { status, body } = await api.call('GET', `${PATH}?after=WyJ4Il0`, client.secret);
    expect([status, body.error.param]).toEqual([400, 'after']);
  });
});

describe('changing', () => {
  it('makes a version built on the one before, and none where nothing changes', async () => {
    const code = await made({ transaction_fee: 2 });
    clock.advance(HOUR);
    const { status, body } = await patch(code, { maximum_transaction_amount: 500, reason: 'Larger payouts' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      transaction_fee: 2,
      maximum_transaction_amount: 500,
      version_number: 2,
      effective_at: iso(clock.fixedMs()),
      updated_at: iso(clock.fixedMs()),
      created_at: iso(clock.fixedMs() - HOUR),
    });
    clock.advance(HOUR);
    const again = await patch(code, {
      maximum_transaction_amount: '500.00',
      transaction_types: ['TRANSFER', 'DEBIT', 'CREDIT'],
    });
    expect(again.body).toEqual(body);
    expect(await versionsOf(code)).toMatchObject([
      { version_number: 2, is_in_force: true, maximum_transaction_amount: 500, created_by: `api_key:${client.keyId}` },
      { version_number: 1, is_in_force: false, maximum_transaction_amount: 100, created_by: `api_key:${client.keyId}` },
    ]);
    const rows = await auditOf(body.client_service_id);
    expect(rows).toMatchObject([{}, { action: 'client_service.updated', reason: 'Larger payouts' }]);
    expect(JSON.parse(rows[1]?.before ?? '').versions).toMatchObject([{ rules: { maximum_amount: '100' } }]);
    expect(JSON.parse(rows[1]?.after ?? '').versions).toMatchObject([{ rules: { maximum_amount: '500' } }]);
  });

  it('changes names at once and without a version', async () => {
    const code = await made();
    const { body } = await patch(code, { client_service_name: 'Wages', service_code: 'WAGES' });
    expect(body).toMatchObject({ client_service_name: 'Wages', service_code: 'WAGES', version_number: 1 });
    expect(await auditOf(body.client_service_id)).toHaveLength(2);
  });

  it('pages through the history', async () => {
    const code = await made();
    for (const maximum of [101, 102, 103]) await patch(code, { maximum_transaction_amount: maximum });
    const page = await get(`/${code}/versions?limit=3`);
    expect(page.data.map((version: { version_number: number }) => version.version_number)).toEqual([4, 3, 2]);
    const rest = await get(`/${code}/versions?limit=3&after=${page.next_cursor}`);
    expect(rest).toMatchObject({ data: [{ version_number: 1 }], has_more: false });
  });

  it('takes a scheduled change into force at its time', async () => {
    const code = await made({ transaction_fee: 1 });
    const at = clock.fixedMs() + DAY;
    const { body } = await patch(code, { transaction_fee: 3, effective_at: iso(at) });
    expect(body).toMatchObject({
      transaction_fee: 1,
      version_number: 1,
      scheduled_versions: [{ version_number: 2, effective_at: iso(at) }],
    });
    clock.set(at - 1);
    expect((await get(`/${code}`)).transaction_fee).toBe(1);
    clock.set(at);
    expect(await get(`/${code}`)).toMatchObject({ transaction_fee: 3, version_number: 2, scheduled_versions: [] });
  });

  it('carries a change into the scheduled versions, so that they do not undo it', async () => {
    const code = await made({ transaction_fee: 1 });
    const at = clock.fixedMs() + DAY;
    await patch(code, { transaction_fee: 3, effective_at: iso(at) });
    const { body } = await patch(code, { is_active: 0 });
    expect(body).toMatchObject({ is_active: 0, transaction_fee: 1 });
    expect(body.scheduled_versions).toMatchObject([{ version_number: 4, effective_at: iso(at) }]);
    clock.set(at);
    expect(await get(`/${code}`)).toMatchObject({ is_active: 0, transaction_fee: 3 });
    expect((await versionsOf(code)).map((version) => [version.version_number, version.is_in_force])).toEqual([
      [4, true],
      [3, false],
      [2, false],
      [1, false],
    ]);
  });

  it('keeps a service that is still to come inactive until its time', async () => {
    const at = clock.fixedMs() + HOUR;
    const code = await made({ effective_at: iso(at) });
    expect(await get(`/${code}`)).toMatchObject({ is_active: 0, effective_at: iso(at) });
    const early = await patch(code, { transaction_fee: 2, effective_at: iso(at - 1) });
    expect([early.status, early.body.error.param]).toEqual([400, 'effective_at']);
    await patch(code, { transaction_fee: 2 });
    expect(await get(`/${code}`)).toMatchObject({ is_active: 0, transaction_fee: 2 });
    const quoted = await quote(code, { transaction_type: 'DEBIT', transaction_amount: 10, currency: 'KES' });
    expect(quoted.body).toMatchObject({ is_allowed: false, refusal: { code: 'service_inactive' } });
    clock.set(at);
    expect(await get(`/${code}`)).toMatchObject({ is_active: 1, transaction_fee: 2, version_number: 2 });
  });

  it('bounds what may be scheduled', async () => {
    const code = await made();
    for (let i = 1; i <= 20; i++) {
      const { status } = await patch(code, { transaction_fee: i, effective_at: iso(clock.fixedMs() + i * HOUR) });
      expect(status).toBe(200);
    }
    const { status, body } = await patch(code, { transaction_fee: 21, effective_at: iso(clock.fixedMs() + 21 * HOUR) });
    expect([status, body.error.param]).toEqual([400, 'effective_at']);
    expect((await get(`/${code}`)).scheduled_versions).toHaveLength(20);
  });

  it.each([
    ['the past', { is_active: 0, effective_at: iso(0) }, 'effective_at', 'parameter_invalid'],
    [
      'a maximum below the minimum',
      { maximum_transaction_amount: 0.5 },
      'maximum_transaction_amount',
      'parameter_invalid',
    ],
    [
      'a minimum above the maximum',
      { minimum_transaction_amount: 101 },
      'minimum_transaction_amount',
      'parameter_invalid',
    ],
    ['a percentage without its number', { transaction_fee_type: 'PERCENTAGE' }, 'transaction_fee', 'parameter_missing'],
    ['a fee without its number', { transaction_fee: null }, 'transaction_fee', 'parameter_missing'],
    [
      'a percentage over 100',
      { transaction_fee_type: 'PERCENTAGE', transaction_fee: 101 },
      'transaction_fee',
      'parameter_invalid',
    ],
    ['another currency', { currency: 'USD' }, 'currency', 'parameter_unknown'],
    ['another client', { client_code: 'X' }, 'client_code', 'parameter_unknown'],
    [
      'null where there must be something',
      { minimum_transaction_amount: null },
      'minimum_transaction_amount',
      'parameter_invalid',
    ],
  ])('refuses %s and changes nothing', async (_what, body, param, error) => {
    const code = await made();
    const before = await get(`/${code}`);
    const { status, body: answer } = await patch(code, body);
    expect([status, answer.error.code, answer.error.param]).toEqual([400, error, param]);
    expect(await get(`/${code}`)).toEqual(before);
    expect(await versionsOf(code)).toHaveLength(1);
  });

  it('lets two changes at once both stand, the later built on the earlier', async () => {
    const code = await made({ daily_cap: 1_000, monthly_cap: 1_000 });
    const changes = [
      ...Array.from({ length: 6 }, (_, i) => ({ maximum_transaction_amount: 101 + i })),
      { daily_cap: 2_000 },
      { monthly_cap: 3_000 },
      { transaction_fee: 4 },
      { is_active: 0 },
    ];
    const answers = await Promise.all(changes.map((change) => patch(code, change)));
    expect(answers.map(({ status }) => status)).toEqual(changes.map(() => 200));
    const versions = await versionsOf(code);
    expect(versions.map((version) => version.version_number)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(await get(`/${code}`)).toMatchObject({
      daily_cap: 2_000,
      monthly_cap: 3_000,
      transaction_fee: 4,
      is_active: 0,
      version_number: 11,
    });
    // Each differs from the one below it in what one change named.
    for (let i = 0; i + 1 < versions.length; i++) {
      const differing = Object.keys(SAMPLE)
        .concat('daily_cap', 'monthly_cap')
        .filter((field) => versions[i][field] !== versions[i + 1][field]);
      expect(differing).toHaveLength(1);
    }
  });
});

describe('quoting', () => {
  const QUOTE = { transaction_type: 'CREDIT', transaction_amount: 100.5, currency: 'KES' };

  it.each([
    ['CREDIT', 'client', '100.5000', '98.1700'],
    ['CREDIT', 'customer', '102.8300', '100.5000'],
    ['DEBIT', 'client', '102.8300', '-102.8300'],
    ['DEBIT', 'customer', '100.5000', '-100.5000'],
    ['TRANSFER', 'client', '102.8300', '-102.8300'],
    ['TRANSFER', 'customer', '102.8300', '-102.8300'],
  ])('a %s where the %s bears', async (transaction_type, fee_bearer, total_amount, net_amount) => {
    const code = await made({
      transaction_fee_type: 'PERCENTAGE',
      transaction_fee: 2,
      tax_on_fee_percentage: 16,
      fee_bearer,
      maximum_transaction_amount: 1_000,
    });
    const { version_id } = await get(`/${code}`);
    const { status, body } = await quote(code, { ...QUOTE, transaction_type });
    expect(status).toBe(200);
    expect(body).toEqual({
      object: 'client_service_quote',
      client_service_code: code,
      version_id,
      transaction_type,
      account_number: null,
      currency: 'KES',
      transaction_amount: '100.5000',
      transaction_fee: '2.0100',
      tax_on_fee: '0.3200',
      total_charges: '2.3300',
      fee_bearer,
      total_amount,
      net_amount,
      is_allowed: true,
      refusal: null,
    });
  });

  it.each([
    ['too little', { transaction_amount: 0.99 }, 'amount_below_minimum', /KSh 1\.00/],
    ['too much', { transaction_amount: '100.01' }, 'amount_above_maximum', /KSh 100\.00/],
    ['a type it does not have', { transaction_type: 'TRANSFER' }, 'service_type_not_allowed', /TRANSFER/],
  ])('says that %s is refused', async (_what, fields, code, message) => {
    const service = await made({ transaction_types: ['CREDIT'] });
    const { body } = await quote(service, { ...QUOTE, transaction_amount: 50, ...fields });
    expect(body).toMatchObject({ is_allowed: false, refusal: { code, message: expect.stringMatching(message) } });
  });

  it.each([
    ['neither account nor currency', { currency: undefined }, 'account_number', 'parameter_missing', 400],
    ['both', { account_number: '10000001' }, 'currency', 'parameter_invalid', 400],
    [
      'an account that is not there',
      { currency: undefined, account_number: '9' },
      'account_number',
      'resource_missing',
      404,
    ],
    [
      'an amount finer than the minor unit',
      { transaction_amount: 1.001 },
      'transaction_amount',
      'parameter_invalid',
      400,
    ],
    ['nothing', { transaction_amount: 0 }, 'transaction_amount', 'parameter_invalid', 400],
    ['a negative amount', { transaction_amount: -5 }, 'transaction_amount', 'parameter_invalid', 400],
    ['a currency that is none', { currency: 'XXX' }, 'currency', 'parameter_invalid', 400],
  ])('refuses %s', async (_what, fields, param, error, status) => {
    const code = await made();
    const answer = await quote(code, { ...QUOTE, ...fields });
    expect([answer.status, answer.body.error?.code, answer.body.error?.param]).toEqual([status, error, param]);
  });

  it('refuses a currency that the service is not for', async () => {
    const code = await made({ currency: 'KES' });
    const { status, body } = await quote(code, { ...QUOTE, currency: 'GHS' });
    expect([status, body.error.code, body.error.details]).toEqual([
      400,
      'currency_mismatch',
      { expected: 'KES', given: 'GHS' },
    ]);
  });

  it('refuses an account of another client, for the operator too', async () => {
    const code = await made();
    const other = await api.newClient();
    const number = await walletNumber(other.secret);
    const operator = await makeOperator(api.services);
    for (const authorization of [client.secret, operator.token]) {
      const { status, body } = await api.call('POST', `${PATH}/${code}/quote`, authorization, {
        transaction_type: 'CREDIT',
        transaction_amount: 10,
        account_number: number,
      });
      expect([status, body.error.code, body.error.param]).toEqual([404, 'resource_missing', 'account_number']);
    }
  });
});

describe('previewing a change', () => {
  const preview = (code: string, body: object): Promise<ApiAnswer> =>
    api.call('POST', `${PATH}/${code}/preview`, client.secret, {
      transaction_type: 'CREDIT',
      currency: 'KES',
      ...body,
    });
  const TWO_PERCENT = {
    transaction_fee_type: 'PERCENTAGE',
    transaction_fee: 2,
    tax_on_fee_percentage: 15,
    maximum_transaction_amount: 1_000,
  };

  it('shows amounts under both rules, and makes no version', async () => {
    const code = await made(TWO_PERCENT);
    const { status, body } = await preview(code, {
      changes: { transaction_fee: 1.5, maximum_transaction_fee: '5', maximum_transaction_amount: 500 },
      effective_at: iso(clock.fixedMs() + HOUR),
      transaction_amounts: [100, '500.00', 600],
    });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body).toMatchObject({
      base_version_number: 1,
      is_change: true,
      effective_at: iso(clock.fixedMs() + HOUR),
      fee_bearer_before: 'client',
      quotes: [
        {
          before: { transaction_fee: '2.0000', tax_on_fee: '0.3000', net_amount: '97.7000' },
          after: { transaction_fee: '1.5000', tax_on_fee: '0.2300', refusal: null },
        },
        { before: { transaction_fee: '10.0000' }, after: { transaction_fee: '5.0000', refusal: null } },
        { before: { refusal: null }, after: { refusal: { code: 'amount_above_maximum' } } },
      ],
    });
    expect(await versionsOf(code)).toHaveLength(1);
  });

  it('builds on what is scheduled before it, and says when nothing would differ', async () => {
    const code = await made(TWO_PERCENT);
    await patch(code, { transaction_fee: 3, effective_at: iso(clock.fixedMs() + HOUR) });
    const later = await preview(code, {
      changes: { transaction_fee: 3 },
      effective_at: iso(clock.fixedMs() + 2 * HOUR),
      transaction_amounts: [100],
    });
    expect(later.body).toMatchObject({
      base_version_number: 2,
      is_change: false,
      quotes: [{ before: { transaction_fee: '3.0000' } }],
    });
  });

  it('charges the last thirty days again, reversals on neither side', async () => {
    const code = await made(TWO_PERCENT);
    const number = await walletNumber(client.secret);
    const move = async (amount: number): Promise<ApiAnswer['body']> => {
      const { status, body } = await api.call('POST', '/api/v1/transactions?command=CREDIT', client.secret, {
        account_number: number,
        client_service_code: code,
        transaction_amount: amount,
        transaction_source: 'TEST',
        source_transaction_id: `again-${code}-${amount}`,
        transaction_date: iso(clock.fixedMs()),
      });
      expect(status, JSON.stringify(body)).toBe(200);
      return body;
    };
    await move(50);
    clock.advance(31 * DAY);
    await move(10);
    await move(400);
    await move(900);
    const { body } = await preview(code, {
      changes: {
        transaction_fee: 1.5,
        minimum_transaction_fee: 1,
        maximum_transaction_fee: 5,
        maximum_transaction_amount: 500,
      },
    });
    // 0.20 + 8.00 + 18.00 as charged; 1.00 + 5.00 + 5.00 by the new rules.
    expect(body.last_30_days).toMatchObject({
      transactions: 3,
      fees_charged: '26.2000',
      tax_charged: '3.9300',
      fees_then: '11.0000',
      tax_then: '1.6500',
      dearer: 1,
      cheaper: 2,
      at_minimum_fee: 1,
      at_maximum_fee: 2,
      outside_limits: 1,
    });
  });

  it.each([
    ['a field that an update would refuse', { changes: { transaction_fee: 101 } }, 'transaction_fee'],
    ['a field of no rule', { changes: { client_service_name: 'Other' } }, 'changes'],
    ['an amount finer than the currency', { transaction_amounts: [1, 1.001] }, 'transaction_amounts.1'],
    ['a moment that has passed', { effective_at: '2026-01-01T00:00:00Z' }, 'effective_at'],
  ])('refuses %s', async (_what, body, param) => {
    const answer = await preview(await made(TWO_PERCENT), body);
    expect([answer.status, String(answer.body.error?.param).startsWith(param)]).toEqual([400, true]);
  });
});

async function walletNumber(authorization: string, currency = 'KES'): Promise<string> {
  const { status, body } = await api.call('POST', '/v1/wallets', authorization, { customer_id: 'cus_quote', currency });
  expect(status).toBe(201);
  const { rows } = await database.db.pool.query<{ number: string }>(
    'select number from accounts where customer_id = $1 and currency = $2 order by id desc limit 1',
    ['cus_quote', body.currency],
  );
  return String(rows[0]?.number);
}
