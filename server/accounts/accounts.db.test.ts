import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeTestDatabase } from '@/db/testing';
import type { NewClient } from '@/server/clients/create-client';
import { type ApiAnswer, type ApiHarness, openTestApi } from '@/server/http/testing';
import { fixedClock } from '@/server/kernel/clock';
import { proveBooks } from '@/server/ledger/books/prove';
import type { Outcome } from '@/server/ledger/core/types';
import { type MadeOperator, makeOperator, makeUser, tokenFor } from '@/server/staff/testing';

const START = Date.UTC(2026, 4, 24, 10, 0, 0, 734);
const clock = fixedClock(START);

let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let api: ApiHarness;
let operator: MadeOperator;

beforeAll(async () => {
  database = await makeTestDatabase();
  api = await openTestApi(database, { clock });
  operator = await makeOperator(api.services);
});

afterEach(async () => {
  vi.restoreAllMocks();
  expect((await proveBooks(database.db.pool)).findings).toEqual([]);
});

afterAll(async () => {
  await api?.close();
  await database?.close();
});

const bodyFor = (client: { code: string }, parts: Record<string, unknown> = {}) => ({
  client_code: client.code,
  account_type_code: 'FLOAT_ACCOUNT',
  account_name: 'Collection Account KES 2',
  currency: 'KES',
  minimum_balance: 0,
  can_overdraw: false,
  status: 'ACTIVE',
  status_description: 'Collection Account',
  ...parts,
});

async function newAccount(client: NewClient, parts: Record<string, unknown> = {}): Promise<ApiAnswer['body']> {
  const { status, body } = await api.call('POST', '/api/v1/accounts', client.secret, bodyFor(client, parts));
  expect(status, JSON.stringify(body)).toBe(201);
  return body;
}

const patch = (number: string, credential: string, body: unknown) =>
  api.call('PATCH', `/api/v1/accounts/${number}`, credential, body);
const read = (number: string, credential: string) => api.call('GET', `/api/v1/accounts/${number}`, credential);

/** Paid money in, from outside. */
function fund(client: NewClient, accountId: string, amountMinor: bigint): Promise<Outcome> {
  return move(client, accountId, amountMinor, 'credit');
}

function move(client: NewClient, accountId: string, amountMinor: bigint, kind: 'credit' | 'debit'): Promise<Outcome> {
  const base = {
    tenantId: client.testTenantId,
    id: api.ledger.nextId(),
    origin: { actor: 'test', requestId: 'req_test' },
    accountId,
    amountMinor,
    currency: null,
    reference: null,
    description: null,
    metadata: null,
    businessAtMs: null,
    service: null,
  };
  return api.ledger.submit(
    kind === 'credit'
      ? { ...base, kind, operation: 'credit', from: 'EXTERNAL_SETTLEMENT', expiresAtMs: null, priority: 50 }
      : { ...base, kind, operation: 'debit', to: 'EXTERNAL_SETTLEMENT' },
  );
}

describe('creating', () => {
  it('answers with the documented fields, then ours', async () => {
    const client = await api.newClient({ name: 'LIPAD' });
    const body = await newAccount(client, { minimum_balance: 0.1, status_description: 'Test account' });
    expect(body).toEqual({
      account_id: expect.stringMatching(/^[0-9]+$/),
      account_number: expect.stringMatching(/^[0-9]{8}$/),
      account_name: 'Collection Account KES 2',
      currency: 'KES',
      minimum_balance: '0.1000',
      can_overdraw: false,
      status: 'ACTIVE',
      status_description: 'Test account',
      created_at: '2026-05-24T10:00:00.734Z',
      updated_at: '2026-05-24T10:00:00.734Z',
      client_code: client.code,
      account_type_code: 'FLOAT_ACCOUNT',
      current_balance: '0.0000',
      available_balance: '-0.1000',
      held_balance: '0.0000',
      last_activity_at: null,
      customer_id: null,
      wallet_id: null,
      is_system: false,
    });
    expect((await read(body.account_number, client.secret)).body).toEqual(body);
    expect((await read(body.account_id, client.secret)).body).toEqual(body);
  });

  it.each([
    'FLOAT_ACCOUNT',
    'AVAILABLE_COLLECTIONS',
    'HYBRID_ACCOUNT',
    'ACQUIRER_RESERVE',
    'ROLLING_RESERVE',
    'COMMISSION_ACCOUNT',
    'COMMISSION_TAX_ACCOUNT',
  ])('makes %s, beside the system’s own, as often as it is asked', async (type) => {
    const client = await api.newClient();
    const [first, second] = [
      await newAccount(client, { account_type_code: type }),
      await newAccount(client, { account_type_code: type }),
    ];
    expect(first.account_number).not.toBe(second.account_number);
    const { body } = await api.call('GET', `/api/v1/accounts?account_type_code=${type}`, client.secret);
    const own = body.data.filter((account: { is_system: boolean }) => !account.is_system);
    expect(own.map((account: { account_id: string }) => account.account_id)).toEqual([
      second.account_id,
      first.account_id,
    ]);
  });

  it('takes amounts as text, statuses INACTIVE, and leaves out what is optional', async () => {
    const client = await api.newClient();
    const { can_overdraw: _overdraw, status_description: _description, ...required } = bodyFor(client);
    const sent = { ...required, minimum_balance: '12.50', status: 'INACTIVE' };
    const { status, body } = await api.call('POST', '/api/v1/accounts', client.secret, sent);
    expect(status).toBe(201);
    expect(body).toMatchObject({ minimum_balance: '12.5000', can_overdraw: false, status: 'INACTIVE' });
    expect(body.status_description).toBeNull();
    // Nothing goes in until it is active.
    expect(await fund(client, body.account_id, 1n)).toMatchObject({ ok: false, refusal: { code: 'account_inactive' } });
    expect((await patch(body.account_number, client.secret, { status: 'ACTIVE' })).body.status).toBe('ACTIVE');
    expect(await fund(client, body.account_id, 1n)).toMatchObject({ ok: true });
  });

  it.each([
    [{ account_type_code: 'CUSTOMER_WALLET' }, 'account_type_code'],
    [{ account_type_code: 'EXTERNAL_SETTLEMENT' }, 'account_type_code'],
    [{ account_name: '' }, 'account_name'],
    [{ account_name: undefined }, 'account_name'],
    [{ currency: 'QQQ' }, 'currency'],
    [{ minimum_balance: undefined }, 'minimum_balance'],
    [{ minimum_balance: -1 }, 'minimum_balance'],
    [{ minimum_balance: '-0.01' }, 'minimum_balance'],
    [{ minimum_balance: 0.001 }, 'minimum_balance'],
    [{ minimum_balance: '1', currency: 'UGX', extra: 1 }, 'extra'],
    [{ minimum_balance: '0.5', currency: 'UGX' }, 'minimum_balance'],
    [{ minimum_balance: '99999999999999999' }, 'minimum_balance'],
    [{ can_overdraw: 'no' }, 'can_overdraw'],
    [{ status: 'FROZEN' }, 'status'],
    [{ status: 'active' }, 'status'],
  ])('refuses %o, naming the field, and makes nothing', async (parts, param) => {
    const client = await api.newClient();
    const { status, body } = await api.call('POST', '/api/v1/accounts', client.secret, bodyFor(client, parts));
    expect(status).toBe(400);
    expect(body).toMatchObject({ status: 400, error: { param } });
    expect((await api.call('GET', '/api/v1/accounts', client.secret)).body.data).toEqual([]);
  });

  it('writes who, from where and what', async () => {
    const client = await api.newClient();
    const { body } = await api.call('POST', '/api/v1/accounts', operator.token, bodyFor(client));
    const { rows } = await database.db.pool.query('select * from audit_log where tenant_id = $1 and object_id = $2', [
      client.testTenantId,
      body.account_id,
    ]);
    expect(rows).toMatchObject([
      { action: 'account.created', actor: `user:${operator.user.id}`, credential: expect.stringMatching(/^session:/) },
    ]);
  });

  it('is one account for one Idempotency-Key', async () => {
    const client = await api.newClient();
    const call = () =>
      api.call('POST', '/api/v1/accounts', client.secret, bodyFor(client), { 'Idempotency-Key': 'open-1' });
    const first = await call();
    const again = await call();
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.body).toEqual(first.body);
  });
});

describe('whose', () => {
  it('another client’s accounts are not there', async () => {
    const [one, other] = [await api.newClient(), await api.newClient()];
    const account = await newAccount(one);
    for (const named of [account.account_number, account.account_id]) {
      const absent = await read(named, other.secret);
      expect(absent.status).toBe(404);
      expect(absent.body.error).toMatchObject({ code: 'resource_missing', param: 'account_number' });
      expect((await patch(named, other.secret, { can_overdraw: true })).status).toBe(404);
    }
    // Seen by its owner meanwhile, so that the directory remembers it.
    expect((await read(account.account_number, one.secret)).status).toBe(200);
    expect((await read(account.account_number, other.secret)).status).toBe(404);
    expect((await api.call('POST', '/api/v1/accounts', other.secret, bodyFor(one))).body.error).toMatchObject({
      code: 'resource_missing',
      param: 'client_code',
    });
    const foreign = await api.call('GET', `/api/v1/accounts?client_code=${one.code}`, other.secret);
    const unknown = await api.call('GET', '/api/v1/accounts?client_code=NOBODY', other.secret);
    expect([foreign.status, unknown.status]).toEqual([404, 404]);
    expect((await api.call('GET', '/api/v1/accounts', other.secret)).body.data).toEqual([]);
    expect((await api.call('GET', `/v1/accounts/${account.account_number}`, other.secret)).status).toBe(404);
    expect((await read(account.account_number, one.secret)).body).toEqual(account);
  });

  it('names that cannot be one are 404', async () => {
    const client = await api.newClient();
    for (const named of ['0', '-1', 'abc', '9'.repeat(40), '9223372036854775808', '999999999999999999', '010000001']) {
      expect((await read(named, client.secret)).status, named).toBe(404);
      expect((await api.call('GET', `/v1/accounts/${named}`, client.secret)).status, named).toBe(404);
    }
    expect((await api.call('GET', '/v1/accounts/act_zzzzzzzzzzzzz', client.secret)).status).toBe(404);
  });

  it('the operator’s people see every client’s, and one client’s when they name it; in their mode', async () => {
    const [one, other] = [await api.newClient(), await api.newClient()];
    const [mine, theirs] = [await newAccount(one), await newAccount(other)];
    const all = await api.call('GET', '/api/v1/accounts?account_type_code=FLOAT_ACCOUNT&limit=2', operator.token);
    expect(all.body.data).toEqual([theirs, mine]);
    const named = await api.call(
      'GET',
      `/api/v1/accounts?client_code=${one.code}&account_type_code=FLOAT_ACCOUNT`,
      operator.token,
    );
    expect(named.body.data).toEqual([mine]);
    const acting = { 'Pesewa-Client': one.code };
    const acted = await api.call(
      'GET',
      '/api/v1/accounts?account_type_code=FLOAT_ACCOUNT',
      operator.token,
      undefined,
      acting,
    );
    expect(acted.body.data).toEqual([mine]);
    const path = `/api/v1/accounts/${theirs.account_number}`;
    expect((await api.call('GET', path, operator.token)).body).toEqual(theirs);
    expect((await api.call('GET', path, operator.token, undefined, acting)).status).toBe(404);
    expect((await api.call('GET', `/api/v1/accounts/${theirs.account_id}`, operator.token)).body).toEqual(theirs);
    const live = await tokenFor(database.db, clock, operator.user, 'live');
    expect((await api.call('GET', path, live)).status).toBe(404);
    expect((await api.call('GET', '/api/v1/accounts', live)).body.data).toEqual([]);
  });

  it('takes the scope', async () => {
    const client = await api.newClient();
    const support = await makeUser(database.db, { clientId: client.publicId, role: 'support' });
    const token = await tokenFor(database.db, clock, support);
    const account = await newAccount(client);
    expect((await read(account.account_number, token)).status).toBe(200);
    expect((await patch(account.account_number, token, { can_overdraw: true })).status).toBe(403);
    expect((await api.call('POST', '/api/v1/accounts', token, bodyFor(client))).status).toBe(403);
    const narrow = await api.newClient({ scopes: ['wallets:read'] });
    expect((await api.call('GET', '/v1/accounts', narrow.secret)).status).toBe(403);
  });
});

describe('lists', () => {
  it('filter, and stay on their page while rows arrive', async () => {
    const client = await api.newClient();
    const accounts = [];
    for (let n = 0; n < 4; n++) accounts.push(await newAccount(client, { currency: n === 3 ? 'GHS' : 'KES' }));
    await patch(accounts[1].account_number, client.secret, { status: 'FROZEN' });
    const list = (query: string) =>
      api.call('GET', `/api/v1/accounts?account_type_code=FLOAT_ACCOUNT${query}`, client.secret);
    const numbers = ({ body }: ApiAnswer) => body.data.map((a: { account_number: string }) => a.account_number);
    const all = accounts.map((account) => account.account_number);
    const first = await list('&limit=2');
    expect(numbers(first)).toEqual([all[3], all[2]]);
    expect(first.body).toMatchObject({ object: 'list', has_more: true });
    await newAccount(client);
    const second = await list(`&limit=2&after=${first.body.next_cursor}`);
    expect(numbers(second)).toEqual([all[1], all[0]]);
    expect(second.body).toMatchObject({ has_more: false, next_cursor: null });
    expect(numbers(await list('&currency=GHS'))).toEqual([all[3]]);
    expect(numbers(await list('&status=FROZEN'))).toEqual([all[1]]);
    expect((await list('&status=frozen')).body.error.param).toBe('status');
    expect((await list('&after=WyJ4Il0')).body.error.param).toBe('after');
    const v1 = await api.call('GET', '/v1/accounts?type=FLOAT_ACCOUNT&status=frozen', client.secret);
    expect(v1.body.data.map((a: { number: string }) => a.number)).toEqual([all[1]]);
  });
});

describe('one set of books', () => {
  it('a wallet made in /v1 is an account in /api/v1', async () => {
    const client = await api.newClient();
    const wallet = { customer_id: 'cus_both', currency: 'KES' };
    const { body: made } = await api.call('POST', '/v1/wallets', client.secret, wallet);
    const credit = {
      amount: 5000,
      description: 'Promo',
      reference: 'p',
      expires_at: new Date(START + 1_000).toISOString(),
    };
    await api.call('POST', `/v1/wallets/${made.id}/credit`, client.secret, credit);
    const { body: account } = await read(made.account_number, client.secret);
    expect(account).toMatchObject({
      account_type_code: 'CUSTOMER_WALLET',
      account_name: 'Wallet KES of cus_both',
      current_balance: '50.0000',
      available_balance: '50.0000',
      customer_id: 'cus_both',
      wallet_id: made.id,
      last_activity_at: '2026-05-24T10:00:00.734Z',
    });
    const { body: listed } = await api.call('GET', '/v1/accounts?customer_id=cus_both', client.secret);
    expect(listed.data).toMatchObject([{ number: made.account_number, wallet_id: made.id, balance: 5000 }]);
    // What has expired is in no balance of either, swept or not.
    clock.set(START + 1_000);
    try {
      expect((await read(made.account_number, client.secret)).body.current_balance).toBe('0.0000');
      expect((await api.call('GET', `/v1/wallets/${made.id}`, client.secret)).body.balance).toBe(0);
    } finally {
      clock.set(START);
    }
  });

  it('an account made in /api/v1 is one in /v1, by number and by id', async () => {
    const client = await api.newClient();
    const made = await newAccount(client, { minimum_balance: 1 });
    await fund(client, made.account_id, 12_345n);
    const { body } = await api.call('GET', `/v1/accounts/${made.account_number}`, client.secret);
    expect(body).toEqual({
      id: expect.stringMatching(/^act_[0-9a-z]{13}$/),
      object: 'account',
      number: made.account_number,
      type: 'FLOAT_ACCOUNT',
      name: 'Collection Account KES 2',
      currency: 'KES',
      status: 'active',
      status_description: 'Collection Account',
      balance: 12_345,
      balance_formatted: 'KSh 123.45',
      available: 12_245,
      held: 0,
      minimum_balance: 100,
      can_overdraw: false,
      is_system: false,
      wallet_id: null,
      customer_id: null,
      livemode: false,
      created_at: '2026-05-24T10:00:00Z',
      updated_at: '2026-05-24T10:00:00Z',
      last_activity_at: '2026-05-24T10:00:00Z',
    });
    expect((await api.call('GET', `/v1/accounts/${body.id}`, client.secret)).body).toEqual(body);
    const { body: system } = await api.call('GET', '/v1/accounts?type=EXTERNAL_SETTLEMENT', client.secret);
    expect(system.data).toMatchObject([
      { name: 'Settlement KES', balance: -12_345, is_system: true, can_overdraw: true },
    ]);
  });
});

describe('changing', () => {
  it('writes one audit row with before and after, and says when', async () => {
    const client = await api.newClient();
    const account = await newAccount(client);
    clock.set(START + 60_000);
    const changes = {
      account_name: 'Renamed',
      status: 'FROZEN',
      status_description: null,
      can_overdraw: true,
      minimum_balance: '2.5',
      reason: 'Asked by the client',
    };
    const { status, body } = await patch(account.account_number, client.secret, changes);
    clock.set(START);
    expect(status).toBe(200);
    expect(body).toEqual({
      ...account,
      account_name: 'Renamed',
      status: 'FROZEN',
      status_description: null,
      can_overdraw: true,
      minimum_balance: '2.5000',
      available_balance: '-2.5000',
      updated_at: '2026-05-24T10:01:00.734Z',
    });
    const rows = await auditOf(client, account.account_id);
    expect(rows).toHaveLength(2);
    expect(rows[1]).toMatchObject({
      action: 'account.freeze',
      reason: 'Asked by the client',
      actor: `api_key:${client.keyId}`,
      credential: `api_key:${client.keyId}`,
      request_id: expect.stringMatching(/^req_/),
    });
    expect(JSON.parse(rows[1]?.before ?? '')).toEqual({
      account_name: 'Collection Account KES 2',
      status_description: 'Collection Account',
      status: 'active',
      minimum_balance_minor: '0',
      can_overdraw: false,
    });
    expect(JSON.parse(rows[1]?.after ?? '')).toMatchObject({
      account_name: 'Renamed',
      status_description: null,
      status: 'frozen',
      minimum_balance_minor: '250',
      can_overdraw: true,
    });
    // The same again, and nothing at all, change nothing.
    expect((await patch(account.account_number, client.secret, changes)).body).toEqual(body);
    expect((await patch(account.account_number, client.secret, {})).body).toEqual(body);
    expect(await auditOf(client, account.account_id)).toHaveLength(2);
  });

  it('names at once take their turns, in one batch too', async () => {
    const client = await api.newClient();
    const account = await newAccount(client);
    const names = Array.from({ length: 6 }, (_, n) => `Name ${n}`);
    await Promise.all(names.map((name) => patch(account.account_number, client.secret, { account_name: name })));
    const rows = (await auditOf(client, account.account_id)).slice(1);
    const nameIn = (text: string): string => JSON.parse(text).account_name;
    expect(rows).toHaveLength(6);
    // Each began where another ended.
    const befores = rows.map((row) => nameIn(row.before ?? ''));
    const afters = rows.map((row) => nameIn(row.after));
    expect([...afters].sort()).toEqual(names);
    const { body } = await read(account.account_number, client.secret);
    expect([...befores, body.account_name].sort()).toEqual([...afters, 'Collection Account KES 2'].sort());
  });

  it('goes freely between active, inactive and frozen; closed is final', async () => {
    const client = await api.newClient();
    const { account_number: number } = await newAccount(client);
    for (const status of ['INACTIVE', 'FROZEN', 'INACTIVE', 'ACTIVE', 'FROZEN', 'ACTIVE', 'INACTIVE', 'CLOSED']) {
      expect((await patch(number, client.secret, { status })).body.status).toBe(status);
    }
    for (const changes of [
      { status: 'ACTIVE' },
      { status: 'CLOSED' },
      { can_overdraw: true },
      { minimum_balance: 1 },
    ]) {
      const { status, body } = await patch(number, client.secret, changes);
      expect(status).toBe(409);
      expect(body.error).toMatchObject({ code: 'account_closed', details: { account_number: number } });
    }
    expect((await patch(number, client.secret, { account_name: 'Old' })).body).toMatchObject({
      account_name: 'Old',
      status: 'CLOSED',
    });
  });

  it('closes an account when it is empty, and changes nothing else when it is not', async () => {
    const client = await api.newClient();
    const account = await newAccount(client);
    await fund(client, account.account_id, 150n);
    const refused = await patch(account.account_number, client.secret, { status: 'CLOSED', account_name: 'Closed' });
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({
      message: 'The account’s balance is KSh 1.50: empty it before it is closed.',
      error: { code: 'balance_not_zero', details: { balance: '1.5000', account_number: account.account_number } },
    });
    const { body } = await read(account.account_number, client.secret);
    expect(body).toMatchObject({ status: 'ACTIVE', account_name: account.account_name, current_balance: '1.5000' });
    await move(client, account.account_id, 150n, 'debit');
    expect((await patch(account.account_number, client.secret, { status: 'CLOSED' })).body.status).toBe('CLOSED');
  });

  it('keeps the minimum balance and lets an overdraft go under it', async () => {
    const client = await api.newClient();
    const { account_id: id, account_number: number } = await newAccount(client);
    const debit = (amount: bigint) => move(client, id, amount, 'debit');
    await fund(client, id, 1_000n);
    expect((await patch(number, client.secret, { minimum_balance: '10.01' })).body.error).toMatchObject({
      code: 'minimum_balance_not_met',
      param: 'minimum_balance',
      details: { available: '10.0000', minimum: '10.0100' },
    });
    expect((await patch(number, client.secret, { minimum_balance: 4 })).status).toBe(200);
    expect(await debit(601n)).toMatchObject({ ok: false, refusal: { code: 'insufficient_funds' } });
    expect(await debit(600n)).toMatchObject({ ok: true });
    expect((await patch(number, client.secret, { can_overdraw: true })).status).toBe(200);
    expect(await debit(900n)).toMatchObject({ ok: true });
    expect((await read(number, client.secret)).body).toMatchObject({
      current_balance: '-5.0000',
      available_balance: '-9.0000',
    });
    // No way back while it owes.
    expect((await patch(number, client.secret, { can_overdraw: false })).body.error.code).toBe(
      'minimum_balance_not_met',
    );
    await fund(client, id, 700n);
    expect((await patch(number, client.secret, { can_overdraw: false })).body.error.code).toBe(
      'minimum_balance_not_met',
    );
    // Together they are judged as they will be.
    expect((await patch(number, client.secret, { can_overdraw: false, minimum_balance: 2 })).status).toBe(200);
    expect(await debit(1n)).toMatchObject({ ok: false, refusal: { code: 'insufficient_funds' } });
  });

  it('counts what holds set aside', async () => {
    const client = await api.newClient();
    const wallet = await newWallet(client, 1_000n);
    const hold = { amount: 400, description: 'Ride', reference: 'h' };
    const { body: held } = await api.call('POST', `/v1/wallets/${wallet.id}/holds`, client.secret, hold);
    expect((await patch(wallet.account_number, client.secret, { minimum_balance: '6.01' })).body.error).toMatchObject({
      code: 'minimum_balance_not_met',
      details: { available: '6.0000' },
    });
    expect((await patch(wallet.account_number, client.secret, { minimum_balance: 6 })).body).toMatchObject({
      current_balance: '10.0000',
      held_balance: '4.0000',
      available_balance: '0.0000',
    });
    expect((await patch(wallet.account_number, client.secret, { status: 'CLOSED' })).body.error.code).toBe(
      'holds_active',
    );
    expect((await api.call('POST', `/v1/holds/${held.id}/void`, client.secret)).status).toBe(200);
  });

  it('leaves the system’s own accounts alone', async () => {
    const client = await api.newClient();
    await newAccount(client);
    const { body } = await api.call('GET', '/api/v1/accounts?account_type_code=EXTERNAL_SETTLEMENT', client.secret);
    const [system] = body.data;
    for (const changes of [{ status: 'FROZEN' }, { can_overdraw: false }, { account_name: 'Mine' }]) {
      const answer = await patch(system.account_number, client.secret, changes);
      expect(answer.status).toBe(409);
      expect(answer.body.error.code).toBe('account_is_system');
    }
    expect((await read(system.account_number, client.secret)).body).toEqual(system);
  });

  it.each([
    [{ status: 'frozen' }, 'status'],
    [{ minimum_balance: 0.123 }, 'minimum_balance'],
    [{ minimum_balance: null }, 'minimum_balance'],
    [{ account_name: null }, 'account_name'],
    [{ currency: 'GHS' }, 'currency'],
    [{ account_type_code: 'FLOAT_ACCOUNT' }, 'account_type_code'],
    [{ can_overdraw: 1 }, 'can_overdraw'],
  ])('refuses %o, naming the field', async (changes, param) => {
    const client = await api.newClient();
    const account = await newAccount(client);
    const { status, body } = await patch(account.account_number, client.secret, changes);
    expect(status).toBe(400);
    expect(body.error.param).toBe(param);
    expect((await read(account.account_number, client.secret)).body).toEqual(account);
  });
});

describe('wallets', () => {
  it('go by the same rules and tell the same events', async () => {
    const client = await api.newClient();
    const { id, account_number: number } = await newWallet(client, 1_000n);
    const debit = (reference: string) =>
      api.call('POST', `/v1/wallets/${id}/debit`, client.secret, { amount: 1, description: 'd', reference });
    const change = async (changes: object) => {
      expect(await patch(number, client.secret, changes)).toMatchObject({ status: 200 });
    };
    await change({ status: 'FROZEN' });
    expect((await debit('a')).body.error.code).toBe('wallet_frozen');
    expect((await api.call('POST', `/v1/wallets/${id}/unfreeze`, client.secret)).body.status).toBe('active');
    await change({ status: 'INACTIVE' });
    expect((await debit('b')).body.error.code).toBe('wallet_inactive');
    const credit = { amount: 1, description: 'c', reference: 'c' };
    expect((await api.call('POST', `/v1/wallets/${id}/credit`, client.secret, credit)).body.error.code).toBe(
      'wallet_inactive',
    );
    // What made it inactive ends that: freezing or unfreezing must not wake it.
    for (const verb of ['freeze', 'unfreeze', 'close']) {
      const answer = await api.call('POST', `/v1/wallets/${id}/${verb}`, client.secret);
      expect(answer.status).toBe(409);
      expect(answer.body.error.code).toBe('wallet_inactive');
    }
    await change({ status: 'ACTIVE', minimum_balance: 10, can_overdraw: false });
    expect((await debit('e')).body.error).toMatchObject({ code: 'insufficient_funds', details: { available: 0 } });
    await change({ can_overdraw: true });
    expect((await debit('f')).body).toMatchObject({ balance_after: 999 });
    await change({ minimum_balance: 0, can_overdraw: false });
    await change({ status: 'CLOSED' });
    expect((await api.call('GET', `/v1/wallets/${id}`, client.secret)).body).toMatchObject({
      status: 'closed',
      refund_due: 999,
    });
    const { rows } = await database.db.pool.query<{ type: string }>(
      'select type from events where tenant_id = $1 and account_id = $2 order by id',
      [client.testTenantId, await idOf(number)],
    );
    expect(rows.map((row) => row.type)).toEqual([
      'wallet.created',
      'wallet.credited',
      'wallet.frozen',
      'wallet.unfrozen',
      'wallet.updated',
      'wallet.updated',
      // The minimum is all there is: nothing is left to spend.
      'wallet.depleted',
      'wallet.updated',
      'wallet.debited',
      'wallet.updated',
      'wallet.closed',
    ]);
    const actions = (await auditOf(client, await idOf(number))).map((row) => row.action);
    expect(actions).toEqual([
      'wallet.created',
      'wallet.freeze',
      'wallet.unfreeze',
      'wallet.deactivate',
      'wallet.activate',
      'wallet.change',
      'wallet.change',
      'wallet.close',
    ]);
  });

  it('overdrawn behind promotional credit keep their overdraft', async () => {
    const client = await api.newClient();
    const { id, account_number: number } = await newWallet(client, 0n);
    await patch(number, client.secret, { can_overdraw: true });
    await api.call('POST', `/v1/wallets/${id}/debit`, client.secret, { amount: 200, description: 'd', reference: 'd' });
    await api.call('POST', `/v1/wallets/${id}/credit`, client.secret, {
      amount: 300,
      description: 'c',
      reference: 'c',
    });
    expect((await patch(number, client.secret, { can_overdraw: false })).body.error).toMatchObject({
      code: 'minimum_balance_not_met',
      details: { available: '-2.0000' },
    });
  });

  async function idOf(number: string): Promise<string> {
    const { rows } = await database.db.pool.query<{ id: string }>('select id from accounts where number = $1', [
      number,
    ]);
    return rows[0]?.id ?? '';
  }
});

describe('the directory', () => {
  it('hears within a second that a client is inactive', async () => {
    const client = await api.newClient();
    const wallet = await newWallet(client, 100n);
    const steady = performance.now();
    const now = vi.spyOn(performance, 'now').mockReturnValue(steady);
    expect((await patch(wallet.account_number, operator.token, { account_name: 'A' })).status).toBe(200);
    expect((await patch(wallet.account_number, operator.token, { account_name: 'B' })).status).toBe(200);
    await database.db.pool.query(`update clients set status = 'inactive' where code = $1`, [client.code]);
    now.mockReturnValue(steady + 1_001);
    const answer = await patch(wallet.account_number, operator.token, { status: 'CLOSED' });
    expect(answer.body.error.code).toBe('client_inactive');
  });
});

async function newWallet(client: NewClient, paidMinor: bigint): Promise<{ id: string; account_number: string }> {
  const { body } = await api.call('POST', '/v1/wallets', client.secret, { customer_id: 'cus_1', currency: 'KES' });
  if (paidMinor > 0n) {
    const { body: account } = await read(body.account_number, client.secret);
    expect(await fund(client, account.account_id, paidMinor)).toMatchObject({ ok: true });
  }
  return body;
}

interface AuditRow {
  readonly action: string;
  readonly actor: string;
  readonly credential: string | null;
  readonly request_id: string;
  readonly reason: string | null;
  readonly before: string | null;
  readonly after: string;
}

async function auditOf(client: NewClient, accountId: string): Promise<AuditRow[]> {
  const { rows } = await database.db.pool.query<AuditRow>(
    'select * from audit_log where tenant_id = $1 and object_id = $2 order by id',
    [client.testTenantId, accountId],
  );
  return rows;
}
