import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseId } from '@/contracts/ids';
import { makeTestDatabase } from '@/db/testing';
import type { NewClient } from '@/server/clients/create-client';
import { type ApiHarness, openTestApi } from '@/server/http/testing';
import { fixedClock } from '@/server/kernel/clock';
import { paymentAccounts } from '@/server/payments/books-accounts';
import { makeOperator, makeUser, tokenFor } from '@/server/staff/testing';

const START = Date.UTC(2026, 4, 24, 10);
const DAY = 86_400_000;

let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let api: ApiHarness;
let operator: string;
let client: NewClient;
const clock = fixedClock(START);

beforeAll(async () => {
  database = await makeTestDatabase();
  api = await openTestApi(database, { clock });
});

afterAll(async () => {
  await api?.close();
  await database?.close();
});

beforeEach(async () => {
  client = await api.newClient({ name: 'Kaneshie Motors' });
  // A token of its own for each: the tests' days pass, and tokens with them.
  operator = (await makeOperator(api.services)).token;
});

let made = 0;
const send = async (method: string, path: string, body: unknown, by = client.secret) => {
  const answer = await api.call(method, path, by, body);
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return answer.body;
};
const read = async (path: string, by = client.secret) => {
  const answer = await api.call('GET', path, by);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
};
const idsOf = (list: { data: { id: string }[] }) => list.data.map(({ id }) => id);

async function newWallet(by: NewClient, name: string | null = null, phone: string | null = null): Promise<string> {
  const customer = await send('POST', '/v1/customers', { id: `cus_${++made}`, name, phone }, by.secret);
  return (await send('POST', '/v1/wallets', { customer_id: customer.id, currency: 'GHS' }, by.secret)).id;
}
const credit = (id: string, amount: number, days: number | null) =>
  send('POST', `/v1/wallets/${id}/credit`, {
    amount,
    description: 'Weekend wash',
    reference: `credit-${++made}`,
    ...(days !== null && { expires_at: new Date((clock.fixedMs() as number) + days * DAY).toISOString() }),
  });

const tenant = async (): Promise<string> => {
  const { rows } = await database.db.pool.query<{ id: string }>(
    `select t.id from tenants t join clients c on c.id = t.client_id where c.public_id = $1 and t.mode = 'test'`,
    [client.publicId],
  );
  return rows[0]?.id ?? '';
};

/** Paid money, as a payment brings it; and what its provider takes back. */
async function pay(id: string, amountMinor: bigint, kind: 'collect' | 'clawback' = 'collect'): Promise<void> {
  const tenantId = await tenant();
  const where = { tenantId, currency: 'GHS', provider: 'mtn-momo' } as const;
  const accounts = await paymentAccounts({ db: database.db, ledger: api.ledger, clock }, where);
  const common = {
    tenantId,
    id: api.ledger.nextId(),
    origin: { actor: 'test', requestId: 'req_test' },
    accountId: parseId('wallet', id) ?? '',
    clearingAccountId: accounts.clearingId,
    suspenseAccountId: accounts.suspenseId,
    amountMinor,
    reference: `pay_${++made}`,
    description: null,
    metadata: null,
    businessAtMs: null,
  };
  const outcome = await api.ledger.submit(
    kind === 'clawback'
      ? { ...common, kind, chargesMinor: 0n }
      : { ...common, kind, dueAccountId: accounts.dueId, operation: 'payment', into: 'account', service: null },
  );
  expect(outcome.ok).toBe(true);
}

/** May go below zero from now on. */
async function allowOverdraft(id: string): Promise<void> {
  const outcome = await api.ledger.submit({
    kind: 'change_account',
    tenantId: await tenant(),
    id: api.ledger.nextId(),
    origin: { actor: 'test', requestId: 'req_test' },
    accountId: parseId('wallet', id) ?? '',
    status: null,
    minimumBalanceMinor: null,
    canOverdraw: true,
    mayEndInactive: true,
    words: null,
    reason: 'Test',
  });
  expect(outcome.ok).toBe(true);
}

describe('a wallet as it is read', () => {
  it('has its customer’s name, how many entries there are, and when the last one was', async () => {
    const id = await newWallet(client, 'Ama Mensah');
    const path = `/v1/wallets/${id}`;
    expect(await read(path)).toMatchObject({ customer_name: 'Ama Mensah', entries: 0, last_entry_at: null });
    await credit(id, 500, null);
    clock.advance(1000);
    const lastAt = new Date(clock.fixedMs() as number).toISOString().replace('.000Z', 'Z');
    await send('POST', `${path}/debit`, { amount: 100, description: 'Wash', reference: 'd1' });
    clock.advance(1000);
    const wallet = await read(path);
    expect(wallet).toMatchObject({ customer_name: 'Ama Mensah', entries: 2, last_entry_at: lastAt });
    expect((await read('/v1/wallets')).data).toEqual([wallet]);
  });

  it('tells what its lots were granted for, and which of them a hold pins', async () => {
    const id = await newWallet(client);
    const { reference } = await credit(id, 500, 3);
    const [lot] = (await read(`/v1/wallets/${id}/lots`)).data;
    expect(lot).toMatchObject({ description: 'Weekend wash', reference, granted: 500 });
    const { id: holdId } = await send('POST', `/v1/wallets/${id}/holds`, { amount: 200 });
    expect((await read(`/v1/holds/${holdId}`)).lots).toEqual([{ id: lot.id, amount: 200 }]);
    expect((await read(`/v1/wallets/${id}/holds`)).data[0].lots).toEqual([{ id: lot.id, amount: 200 }]);
    const [listed] = (await read(`/v1/promotion_lots?wallet=${id}`)).data;
    expect(listed).toMatchObject({ description: 'Weekend wash', reference });
  });
});

describe('the transactions of a period', () => {
  it('are numbered without a gap, and neighbouring periods share their boundary', async () => {
    const id = await newWallet(client);
    const bounds: string[] = [];
    for (let n = 0; n < 6; n++) {
      bounds.push(new Date(clock.fixedMs() as number).toISOString());
      await credit(id, 10, null);
      clock.advance(DAY);
    }
    const sequences = async (query: string): Promise<number[]> =>
      (await read(`/v1/wallets/${id}/transactions?${query}`)).data.map(
        ({ sequence }: { sequence: number }) => sequence,
      );
    expect(await sequences('')).toEqual([6, 5, 4, 3, 2, 1]);
    expect(await sequences(`to=${bounds[3]}`)).toEqual([3, 2, 1]);
    expect(await sequences(`from=${bounds[3]}`)).toEqual([6, 5, 4]);
    expect(await sequences(`from=${bounds[1]}&to=${bounds[3]}`)).toEqual([3, 2]);
    const page = await read(`/v1/wallets/${id}/transactions?limit=2&from=${bounds[1]}`);
    expect(await sequences(`from=${bounds[1]}&after=${page.next_cursor}`)).toEqual([4, 3, 2]);
  });
});

describe('the saved views', () => {
  it('find what is frozen, and what is owed after a close', async () => {
    const [frozen, closed] = [await newWallet(client), await newWallet(client)];
    await newWallet(client);
    await send('POST', `/v1/wallets/${frozen}/freeze`, { reason: 'SIM swap' });
    await pay(closed, 700n);
    await send('POST', `/v1/wallets/${closed}/close`, {});
    const empty = await newWallet(client);
    await send('POST', `/v1/wallets/${empty}/close`, {});
    expect(idsOf(await read('/v1/wallets?status=frozen'))).toEqual([frozen]);
    expect(idsOf(await read('/v1/wallets?status=closed'))).toEqual([empty, closed]);
    expect((await read('/v1/wallets?view=refund_due')).data).toMatchObject([{ id: closed, refund_due: 700 }]);
  });

  it('find what is below zero, whoever let it go there', async () => {
    const [clawed, overdrawn, other] = [await newWallet(client), await newWallet(client), await newWallet(client)];
    await pay(other, 50n);
    await pay(clawed, 3_500n, 'clawback');
    await allowOverdraft(overdrawn);
    await allowOverdraft(other);
    await send('POST', `/v1/wallets/${overdrawn}/debit`, { amount: 10, description: 'Fuel', reference: 'o1' });
    const list = await read('/v1/wallets?view=below_zero');
    expect(list.data).toMatchObject([
      { id: overdrawn, balance: -10 },
      { id: clawed, balance: -3_500 },
    ]);
    await pay(clawed, 3_500n);
    expect(idsOf(await read('/v1/wallets?view=below_zero'))).toEqual([overdrawn]);
  });

  it('find credit that ends within a week, once for each wallet, and with other filters', async () => {
    const [soon, late, gone] = [await newWallet(client), await newWallet(client), await newWallet(client)];
    await credit(soon, 100, 2);
    await credit(soon, 100, 3);
    await credit(late, 100, 30);
    await credit(gone, 100, 2);
    await send('POST', `/v1/wallets/${gone}/debit`, { amount: 100, description: 'All', reference: 'all' });
    expect(idsOf(await read('/v1/wallets?view=credit_ending'))).toEqual([soon]);
    expect(idsOf(await read('/v1/wallets?view=credit_ending&currency=KES'))).toEqual([]);
  });

  it('page by the cursor', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) ids.unshift(await newWallet(client));
    for (const id of ids) await credit(id, 5, 1);
    const seen: string[] = [];
    for (let after = ''; ; ) {
      const page = await read(`/v1/wallets?view=credit_ending&limit=2${after}`);
      seen.push(...idsOf(page));
      if (page.next_cursor === null) break;
      after = `&after=${page.next_cursor}`;
    }
    expect(seen).toEqual(ids);
  });
});

describe('every client’s wallets and customers', () => {
  it('are for the operator’s people alone, who name no client', async () => {
    const other = await tokenFor(database.db, clock, await makeUser(database.db, { clientId: client.publicId }));
    for (const path of ['/v1/wallets', '/v1/customers']) {
      for (const by of [client.secret, other]) {
        const answer = await api.call('GET', `${path}?all_clients=true`, by);
        expect([answer.status, answer.body.error?.code]).toEqual([403, 'operator_required']);
      }
      const named = await api.call('GET', `${path}?all_clients=true`, operator, undefined, {
        'Pesewa-Client': client.publicId,
      });
      expect(named.status).toBe(403);
      expect((await api.call('GET', `${path}?all_clients=maybe`, operator)).status).toBe(400);
    }
  });

  it('are merged newest first, each with its client, page by page', async () => {
    const second = await api.newClient({ name: 'Volta Data' });
    const ids: string[] = [];
    for (let n = 0; n < 6; n++) ids.unshift(await newWallet(n % 2 === 0 ? client : second));
    const seen: { id: string; client: { code: string; name: string } }[] = [];
    let after = '';
    while (seen.length < 6) {
      const page = await read(`/v1/wallets?all_clients=true&limit=4${after}`, operator);
      seen.push(...page.data);
      after = `&after=${page.next_cursor}`;
    }
    expect(seen.slice(0, 6).map(({ id }) => id)).toEqual(ids);
    expect(seen.slice(0, 6).map(({ client: { name } }) => name)).toEqual(
      ids.map((_, n) => (n % 2 === 0 ? 'Volta Data' : 'Kaneshie Motors')),
    );
    expect((await read('/v1/wallets')).data[0]).not.toHaveProperty('client');
  });

  it('are told apart where two clients’ customers share an id and a moment', async () => {
    const second = await api.newClient({ name: 'Volta Data' });
    for (const by of [client, second])
      await send('POST', '/v1/customers', { id: 'cus_shared', name: 'Yaw' }, by.secret);
    const first = await read('/v1/customers?all_clients=true&limit=1', operator);
    const next = await read(`/v1/customers?all_clients=true&limit=1&after=${first.next_cursor}`, operator);
    const both = [...first.data, ...next.data];
    expect(both.map(({ id }) => id)).toEqual(['cus_shared', 'cus_shared']);
    expect(new Set(both.map(({ client: { name } }) => name))).toEqual(new Set(['Volta Data', 'Kaneshie Motors']));
    expect((await api.call('GET', `/v1/customers?after=${first.next_cursor}`, client.secret)).status).toBe(400);
  });
});

describe('customers', () => {
  it('are found by the beginnings of a name, by phone in any form, and by id', async () => {
    await newWallet(client, 'Ama Serwaa Mensah', '+233241234567');
    const ama = `cus_${made}`;
    await newWallet(client, 'Yaw Mensah', '+233201234567');
    const find = async (search: string) => idsOf(await read(`/v1/customers?search=${encodeURIComponent(search)}`));
    expect(await find('ama men')).toEqual([ama]);
    expect(await find('mens')).toEqual([`cus_${made}`, ama]);
    expect(await find('024 123 4567')).toEqual([ama]);
    expect(await find(`CUS_${made}`)).toEqual([`cus_${made}`]);
    expect(await find('§§ §§')).toEqual([]);
    expect((await api.call('GET', '/v1/customers?search=%20', client.secret)).status).toBe(400);
    const page = await read('/v1/customers?search=mens&limit=1');
    expect(idsOf(await read(`/v1/customers?search=mens&after=${page.next_cursor}`))).toEqual([ama]);
  });
});

describe('the file', () => {
  it('has every wallet that matches, whatever the page', async () => {
    const frozen = await newWallet(client, '=1+1');
    await pay(frozen, 123_45n);
    await send('POST', `/v1/wallets/${frozen}/freeze`, {});
    await newWallet(client);
    const answer = await api.call('GET', '/v1/wallets?format=csv&status=frozen&limit=1', client.secret);
    expect(answer.headers.get('content-type')).toContain('text/csv');
    const lines = String(answer.body).trimEnd().split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(`${frozen},`);
    expect(lines[1]).toContain(",'=1+1,,,GHS,123.45,123.45,0.00,0.00,123.45,,frozen,");
    const all = await api.call('GET', '/v1/wallets', client.secret, undefined, { Accept: 'text/csv' });
    expect(String(all.body).trimEnd().split('\r\n')).toHaveLength(3);
  });
});
