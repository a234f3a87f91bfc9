import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { formatId } from '@/contracts/ids';
import { makeTestDatabase } from '@/db/testing';
import type { NewClient } from '@/server/clients/create-client';
import { type ApiHarness, openTestApi } from '@/server/http/testing';
import { databaseClock } from '@/server/kernel/clock';
import { accepted, installTestPorts, observation, ScriptedProvider } from '@/server/payments/testing';
import { makeOperator, makeUser, tokenFor } from '@/server/staff/testing';
import { phonePrefixes, wordsOf } from './find-by-text';

let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let api: ApiHarness;
let operator: string;
let client: NewClient;
let code: string;

beforeAll(async () => {
  database = await makeTestDatabase();
  api = await openTestApi(database);
  const provider = new ScriptedProvider('hubtel');
  provider.answer = (attempt) =>
    accepted(attempt, {
      observation: observation({ outcome: 'succeeded', amountMinor: 8_000n, currency: 'GHS', receipt: '2116938399' }),
    });
  installTestPorts(database.db, provider);
  operator = (await makeOperator(api.services)).token;
});
afterAll(async () => {
  await api.close();
  await database.close();
});

interface Result {
  readonly type: string;
  readonly id: string;
  readonly title: string;
  readonly subtitle: string;
  readonly path: string[];
  readonly client: { readonly code: string };
  readonly is_exact: boolean;
}

beforeEach(async () => {
  client = await api.newClient({ name: 'Kaneshie Motors' });
  const { rows } = await database.db.pool.query<{ code: string }>('select code from clients where public_id = $1', [
    client.publicId,
  ]);
  code = rows[0]?.code ?? '';
});

const post = async (path: string, body: unknown) => {
  const answer = await api.call('POST', path, client.secret, body);
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return answer.body;
};
const find = async (q: string, by = client.secret, headers: Record<string, string> = {}): Promise<Result[]> => {
  const answer = await api.call('GET', `/v1/search?q=${encodeURIComponent(q)}`, by, undefined, headers);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body.data;
};
const types = (found: readonly Result[]) => found.map(({ type }) => type);

async function ama(): Promise<{ customer: string; wallet: { id: string; account_number: string } }> {
  const { id: customer } = await post('/v1/customers', { name: 'Ama Serwaa Mensah', phone: '+233241234567' });
  return { customer, wallet: await post('/v1/wallets', { customer_id: customer, currency: 'GHS' }) };
}

describe('a pasted id', () => {
  it('opens its record, whatever it is of', async () => {
    const { wallet } = await ama();
    const credit = await post(`/v1/wallets/${wallet.id}/credit`, {
      amount: 900,
      description: 'Bonus',
      reference: 'welcome',
      expires_at: '2099-01-01T00:00:00Z',
    });
    const hold = await post(`/v1/wallets/${wallet.id}/holds`, { amount: 50, description: 'Ride', reference: 'ride' });
    const endpoint = await post('/v1/webhook_endpoints', { url: 'https://hooks.example.org/' });
    const delivery = await post(`/v1/webhook_endpoints/${endpoint.id}/test`, {});
    const key = await post('/v1/api_keys', { name: 'Billing', scopes: ['wallets:read'] });
    const user = await post('/v1/users', { email: `esi-${code}@example.com`, name: 'Esi', role: 'support' });
    const topUp = await post(`/v1/wallets/${wallet.id}/topups`, { amount: 500, redirect_url: 'http://localhost/done' });
    const { data: payment } = await post('/v1/payments/receive', {
      amount: 8_000,
      phone: '233200000000',
      provider: 'TELECEL',
      description: 'Dues',
    });
    const [event] = (await api.call('GET', '/v1/events?limit=1', client.secret)).body.data;
    const [audit] = (await api.call('GET', '/v1/audit?limit=1', client.secret)).body.data;
    const [lot] = (await api.call('GET', `/v1/wallets/${wallet.id}/lots`, client.secret)).body.data;
    const journal = formatId('journal', String(BigInt((await journalOf(wallet.id)).id)));
    const file = 'receipt,amount,status,date\nx,1.00,paid,2026-06-06\n';
    const statement = await post('/v1/reconciliations', {
      provider: 'hubtel',
      format: 'generic',
      currency: 'GHS',
      file_name: 'june.csv',
      content: file,
    });
    const note = await post(`/v1/wallets/${wallet.id}/notes`, { body: 'Called twice' });
    const expected: [string, string, string[]][] = [
      [wallet.id, 'wallet', ['wallets', wallet.id]],
      [wallet.id.replace('wal_', 'wall_'), 'wallet', ['wallets', wallet.id]],
      [wallet.id.replace('wal_', 'act_'), 'account', ['accounts', wallet.id.replace('wal_', 'act_')]],
      [credit.id, 'transaction', ['journals', journal]],
      [journal, 'journal', ['journals', journal]],
      [hold.id, 'hold', ['wallets', wallet.id, 'holds', hold.id]],
      [lot.id, 'lot', ['wallets', wallet.id, 'lots', lot.id]],
      [note.id, 'note', ['wallets', wallet.id, 'notes', note.id]],
      [endpoint.id, 'webhook_endpoint', ['developers', 'webhooks', endpoint.id]],
      [delivery.id, 'webhook_delivery', ['developers', 'deliveries', delivery.id]],
      [key.id, 'api_key', ['developers', 'keys', key.id]],
      [user.id, 'user', ['settings', 'people', user.id]],
      [topUp.id, 'topup', ['topups', topUp.id]],
      [payment.id, 'payment', ['payments', payment.id]],
      [payment.id.slice(4), 'payment', ['payments', payment.id]],
      [event.id, 'event', ['developers', 'events', event.id]],
      [audit.id, 'audit_entry', ['audit', audit.id]],
      [statement.id, 'reconciliation', ['reconciliation', statement.id]],
    ];
    for (const [id, type, path] of expected) {
      const found = await find(` ${id} `);
      expect(found, id).toMatchObject([{ type, path, is_exact: true, client: { code } }]);
      // Nobody else's people find it; the operator's do, on whichever books.
      const stranger = await api.newClient();
      expect(await find(id, stranger.secret), id).toEqual([]);
      expect(await find(id, operator), id).toMatchObject([{ type, client: { code, name: 'Kaneshie Motors' } }]);
    }
    expect((await find(wallet.id))[0]).toMatchObject({
      title: 'Ama Serwaa Mensah',
      subtitle: `GHS wallet, account ${wallet.account_number}`,
    });
    expect(await find(`${payment.id.slice(0, -1)}${payment.id.endsWith('0') ? '1' : '0'}`)).toEqual([]);
  });

  it('of a request opens its line in the log', async () => {
    const answer = await api.call('GET', '/v1/wallets/wal_0000000000032', client.secret);
    await api.services.requestLog.flush();
    const id = answer.headers.get('Request-Id') ?? '';
    expect(await find(id)).toMatchObject([
      { type: 'request', id, title: 'GET /v1/wallets/wal_0000000000032', status: '404' },
    ]);
  });
});

async function journalOf(walletId: string): Promise<{ id: string }> {
  const { rows } = await database.db.pool.query<{ id: string }>(
    `select j.id from journals j join accounts a on a.tenant_id = j.tenant_id and a.id = j.account_id
     where a.number = (select number from accounts where type = 'CUSTOMER_WALLET' and tenant_id = $1 limit 1) and j.tenant_id = $1 order by j.id limit 1`,
    [client.testTenantId],
  );
  expect(walletId).toMatch(/^wal_/);
  return rows[0] as { id: string };
}

describe('what names a record', () => {
  it('account numbers, client codes, references, top-up numbers, receipts, customers’ ids', async () => {
    const { customer, wallet } = await ama();
    const topUp = await post(`/v1/wallets/${wallet.id}/topups`, { amount: 500, redirect_url: 'http://localhost/done' });
    const { data: payment } = await post('/v1/payments/receive', {
      amount: 8_000,
      phone: '233200000001',
      provider: 'TELECEL',
      description: 'Dues',
      metadata: { clientReference: `ref-${code}` },
    });
    expect(await find(wallet.account_number)).toMatchObject([{ type: 'wallet', id: wallet.id, is_exact: true }]);
    expect(await find(code)).toMatchObject([{ type: 'client', id: code, title: 'Kaneshie Motors' }]);
    expect(await find(client.publicId)).toMatchObject([{ type: 'client', id: code }]);
    expect(await find(`ref-${code}`)).toMatchObject([{ type: 'payment', id: payment.id }]);
    for (const number of [
      topUp.payment_number,
      topUp.payment_number.replace('-', ''),
      topUp.payment_number.toLowerCase(),
    ]) {
      expect(await find(number), number).toMatchObject([{ type: 'topup', id: topUp.id }]);
    }
    expect((await find('2116938399')).map(({ id }) => id)).toContain(payment.id);
    expect((await find(customer))[0]).toMatchObject({ type: 'customer', id: customer, is_exact: true });
  });
});

describe('what a text begins', () => {
  it.each(['ama', 'AMA MEN', 'mensah, ama', 'serw', 'Ama Serwaa Mensah'])(
    '%s finds a customer and the wallet',
    async (q) => {
      const { customer, wallet } = await ama();
      expect((await find(q)).map(({ id }) => id)).toEqual([customer, wallet.id]);
    },
  );

  it.each(['+233 24 123 4567', '233241234567', '024 123 4567', '024-123', '00233241234567', '+23324'])(
    '%s finds a phone',
    async (q) => {
      const { customer } = await ama();
      expect((await find(q)).map(({ id }) => id)).toEqual([customer]);
    },
  );

  it('payments by the phone that paid', async () => {
    const { data: payment } = await post('/v1/payments/receive', {
      amount: 8_000,
      phone: '233200000077',
      provider: 'TELECEL',
      description: 'Dues',
    });
    expect(await find('020 000 0077')).toMatchObject([{ type: 'payment', id: payment.id }]);
  });

  it.each(["o'neil & sons", 'a:*', "';--", '%', '\\', 'x', '|&!()', 'wal_', '-', '日本', '0'])(
    '%s breaks nothing',
    async (q) => {
      expect(Array.isArray(await find(q))).toBe(true);
    },
  );

  it('customers by the beginning of their id, services and clients by their names', async () => {
    await post('/v1/customers', { id: 'shop-00017', name: 'Kofi' });
    expect(await find('shop-0')).toMatchObject([{ type: 'customer', id: 'shop-00017' }]);
    expect(types(await find('kanesh'))).toEqual(['client']);
  });
});

describe('who finds what', () => {
  it('nobody what is another’s; the operator everybody’s, or of the client that they named', async () => {
    const { customer } = await ama();
    const stranger = await api.newClient();
    expect(await find('ama mensah', stranger.secret)).toEqual([]);
    expect(await find('0241234567', stranger.secret)).toEqual([]);
    const here = (found: readonly Result[]) => found.filter((one) => one.client.code === code).map(({ id }) => id);
    expect(here(await find(customer, operator))).toContain(customer);
    expect(here(await find('ama mensah', operator, { 'Pesewa-Client': code }))).toContain(customer);
  });

  it('each what its scopes let it read', async () => {
    const person = await makeUser(database.db, { clientId: client.publicId, role: 'finance' });
    const token = await tokenFor(database.db, databaseClock, person);
    const key = await post('/v1/api_keys', { name: 'Billing', scopes: ['customers:read'] });
    expect(await find(key.id, token)).toEqual([]);
    await ama();
    expect(types(await find('ama', key.secret))).toEqual(['customer']);
    const typed = await api.call('GET', '/v1/search?q=ama&type=wallet', client.secret);
    expect(types(typed.body.data)).toEqual(['wallet']);
  });

  it('says what is wrong with a question', async () => {
    for (const query of ['', '?q=', `?q=${'x'.repeat(200)}`, '?q=a&type=planet']) {
      expect((await api.call('GET', `/v1/search${query}`, client.secret)).status, query).toBe(400);
    }
  });
});

describe('words and phones', () => {
  it.each([
    ['ama men', `'ama':* & 'men':*`],
    ["O'Neil", `'o':* & 'neil':*`],
    ['x', null],
    ['12345', null],
    ['  ', null],
  ])('%s is %s', (text, query) => expect(wordsOf(text)).toBe(query));

  it.each([
    ['0241', []],
    ['ama', []],
    ['024 12', ['+2332412', '+2542412', '+2552412', '+2562412', '+2342412', '+2252412', '+2602412']],
    ['+233 24', ['+23324']],
  ])('%s begins %s', (text, prefixes) => expect(phonePrefixes(text)).toEqual(prefixes));
});
