import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTestDatabase } from '@/db/testing';
import { createService } from '@/server/client-services/create-service';
import { type ApiAnswer, type ApiHarness, openTestApi } from '@/server/http/testing';
import { fixedClock } from '@/server/kernel/clock';
import type { Context } from '@/server/kernel/context';
import { proveBooks } from '@/server/ledger/books/prove';
import { postBatch } from './post-batch';

const clock = fixedClock(Date.UTC(2026, 4, 1));
let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let api: ApiHarness;
let customers = 0;

beforeAll(async () => {
  database = await makeTestDatabase();
  api = await openTestApi(database, { clock });
});

afterAll(async () => {
  expect((await proveBooks(database.db.pool)).findings).toEqual([]);
  await api?.close();
  await database?.close();
});

interface Wallet {
  readonly id: string;
  readonly account_number: string;
}

interface Client {
  readonly secret: string;
  readonly tenantId: string;
  readonly code: string;
  wallet(amount?: number, currency?: string): Promise<Wallet>;
  batch(items: readonly unknown[], atomic?: boolean, headers?: Record<string, string>): Promise<ApiAnswer>;
  balance(wallet: Wallet): Promise<number>;
}

async function newClient(): Promise<Client> {
  const made = await api.newClient();
  const { secret } = made;
  const call = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
    api.call(method, path, secret, body, headers);
  return {
    secret,
    tenantId: made.testTenantId,
    code: made.code,
    wallet: async (amount = 0, currency = 'GHS') => {
      const { body } = await call('POST', '/v1/wallets', { customer_id: `cus_${++customers}`, currency });
      if (amount > 0) {
        const funded = { amount, description: 'Opening', reference: 'opening' };
        expect((await call('POST', `/v1/wallets/${body.id}/credit`, funded)).status).toBe(200);
      }
      return body;
    },
    batch: (items, atomic, headers) =>
      call('POST', '/v1/batches', { ...(atomic !== undefined && { atomic }), items }, headers),
    balance: async (wallet) => (await call('GET', `/v1/wallets/${wallet.id}`)).body.balance,
  };
}

const debit = (wallet: Wallet, amount: number, reference: string) => ({
  type: 'debit',
  wallet_id: wallet.id,
  amount,
  description: 'Meter',
  reference,
});
const credit = (wallet: Wallet, amount: number, reference: string) => ({
  ...debit(wallet, amount, reference),
  type: 'credit',
});
const transfer = (source: Wallet, destination: Wallet, amount: number, reference: string) => ({
  type: 'transfer',
  source_wallet_id: source.id,
  destination_wallet_id: destination.id,
  amount,
  description: 'Share',
  reference,
});

/** A verb's context on a client's books. */
function contextOn(client: Client, who: Partial<Context['principal']> = {}): Context {
  return {
    principal: {
      kind: 'api_key',
      tenantId: client.tenantId,
      clientId: client.code,
      mode: 'test',
      credentialId: '1',
      actor: 'api_key:1',
      scopes: ['*'],
      role: null,
      isOperator: false,
      actsOnClient: false,
      ...who,
    },
    requestId: 'req_test',
    address: null,
    clock,
    db: database.db,
    ledger: api.ledger,
    answer: null,
  };
}

/** Everything a tenant's books hold, as one text. */
async function booksOf({ tenantId }: Client): Promise<string> {
  const tables = ['accounts', 'journals', 'entries', 'lots', 'lot_uses', 'events'];
  const parts: string[] = [];
  for (const table of tables) {
    const { rows } = await database.db.pool.query<{ all: string | null }>(
      `select string_agg(x::text, ' ' order by x::text) as all from ${table} x where tenant_id = $1`,
      [tenantId],
    );
    parts.push(`${table}: ${rows[0]?.all}`);
  }
  return parts.join('\n');
}

describe('each on its own', () => {
  it('posts debits, credits and transfers in their order and answers as the single requests do', async () => {
    const client = await newClient();
    const [a, b] = [await client.wallet(1_000), await client.wallet()];
    const answer = await client.batch([
      debit(a, 100, 'm1'),
      { ...credit(b, 50, 'm2'), expires_at: '2026-06-01T00:00:00Z', priority: 10, metadata: { run: 1 } },
      transfer(a, b, 300, 'm3'),
      // Only possible because the transfer before it was decided first.
      { ...debit(b, 340, 'm4'), wallet_id: undefined, account_number: b.account_number },
    ]);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      object: 'batch',
      atomic: false,
      livemode: false,
      counts: { total: 4, succeeded: 4, failed: 0, replayed: 0 },
    });
    expect(answer.body.items.map((item: { index: number }) => item.index)).toEqual([0, 1, 2, 3]);
    expect(answer.body.items.map((item: { transaction: object }) => item.transaction)).toMatchObject([
      { type: 'debit', amount: 100, balance_after: 900, wallet_id: a.id, reference: 'm1' },
      { type: 'credit', amount: 50, balance_after: 50, wallet_id: b.id, metadata: { run: 1 } },
      { type: 'transfer', amount: -300, balance_after: 600, wallet_id: a.id },
      { type: 'debit', amount: 340, balance_after: 10, wallet_id: b.id, reference: 'm4' },
    ]);
    expect(answer.body.items[2].destination_transaction).toMatchObject({
      type: 'transfer',
      amount: 300,
      balance_after: 350,
      wallet_id: b.id,
    });
    for (const { transaction } of answer.body.items) {
      const alone = await api.call('GET', `/v1/transactions/${transaction.id}`, client.secret);
      expect(alone.body).toEqual(transaction);
    }
    expect([await client.balance(a), await client.balance(b)]).toEqual([600, 10]);
  });

  it('lets the others go on when items are refused, and says why by item', async () => {
    const client = await newClient();
    const stranger = await (await newClient()).wallet(1_000);
    const [a, frozen, kes] = [await client.wallet(1_000), await client.wallet(1_000), await client.wallet(0, 'KES')];
    await api.call('POST', `/v1/wallets/${frozen.id}/freeze`, client.secret, {});
    const answer = await client.batch([
      debit(a, 5_000, 'p1'),
      debit(stranger, 1, 'p2'),
      debit({ id: 'wal_nonsense', account_number: '' }, 1, 'p3'),
      { ...debit(a, 1, 'p4'), wallet_id: undefined, account_number: stranger.account_number },
      debit(frozen, 1, 'p5'),
      transfer(a, kes, 1, 'p6'),
      transfer(a, a, 1, 'p7'),
      { ...credit(a, 1, 'p8'), expires_at: '2020-01-01T00:00:00Z' },
      { ...debit(a, 1, 'p9'), client_service_code: 'NO_SUCH_SERVICE' },
      debit(a, 400, 'p10'),
    ]);
    expect(answer.status).toBe(200);
    expect(answer.body.counts).toEqual({ total: 10, succeeded: 1, failed: 9, replayed: 0 });
    expect(answer.body.items.map((item: { status: string }) => item.status)).toEqual([
      ...Array(9).fill('failed'),
      'succeeded',
    ]);
    expect(
      answer.body.items
        .slice(0, 9)
        .map(({ error }: { error: { code: string; param: string } }) => [error.code, error.param]),
    ).toEqual([
      ['insufficient_funds', 'items.0.amount'],
      ['resource_missing', null],
      ['resource_missing', 'items.2.wallet_id'],
      ['resource_missing', 'items.3.account_number'],
      ['wallet_frozen', null],
      ['currency_mismatch', 'items.5.currency'],
      ['same_wallet', null],
      ['expires_at_past', 'items.7.expires_at'],
      ['resource_missing', 'items.8.client_service_code'],
    ]);
    expect(answer.body.items[0].error).toMatchObject({
      type: 'insufficient_funds',
      details: { wallet_id: a.id, available: 1_000, required: 5_000, shortfall: 4_000 },
    });
    expect(await client.balance(a)).toBe(600);
  });

  it('answers a known reference as the first time, also within one request', async () => {
    const client = await newClient();
    const a = await client.wallet(1_000);
    const single = await api.call('POST', `/v1/wallets/${a.id}/debit`, client.secret, {
      amount: 10,
      description: 'Meter',
      reference: 'r0',
    });
    const items = [debit(a, 10, 'r0'), debit(a, 20, 'r1'), debit(a, 20, 'r1'), debit(a, 21, 'r1'), credit(a, 5, 'r1')];
    const first = await client.batch(items);
    expect(first.headers.get('idempotent-replayed')).toBe(null);
    expect(
      first.body.items.map((item: { replayed?: boolean; status: string }) => item.replayed ?? item.status),
    ).toEqual([true, false, true, 'failed', false]);
    expect(first.body.items[0].transaction).toEqual(single.body);
    expect(first.body.items[2].transaction).toEqual(first.body.items[1].transaction);
    expect(first.body.items[3].error).toMatchObject({
      code: 'reference_conflict',
      param: 'items.3.reference',
      details: { transaction_id: first.body.items[1].transaction.id },
    });
    expect(await client.balance(a)).toBe(975);

    const good = items.filter((_, i) => i !== 3);
    const again = await client.batch(good);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.body.counts).toEqual({ total: 4, succeeded: 4, failed: 0, replayed: 4 });
    expect(again.body.items.map((item: { transaction: object }) => item.transaction)).toEqual(
      first.body.items
        .filter((_: unknown, i: number) => i !== 3)
        .map((item: { transaction: object }) => item.transaction),
    );
    expect(await client.balance(a)).toBe(975);
  });

  it('keeps its answer under an Idempotency-Key, refusals and all', async () => {
    const client = await newClient();
    const a = await client.wallet(100);
    const items = [debit(a, 80, 'k1'), debit(a, 80, 'k2')];
    const headers = { 'Idempotency-Key': 'each-1' };
    const first = await client.batch(items, false, headers);
    expect(first.body.counts).toMatchObject({ succeeded: 1, failed: 1 });
    await client.batch([credit(a, 500, 'k3')]);
    // The money would be there now: the answer is the stored one all the same.
    const again = await client.batch(items, false, headers);
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([200, 'true']);
    expect(again.body).toEqual(first.body);
    const other = await client.batch([debit(a, 81, 'k1')], false, headers);
    expect([other.status, other.body.error.code]).toEqual([422, 'idempotency_key_reused']);
  });
});

describe('all or nothing', () => {
  it('posts all', async () => {
    const client = await newClient();
    const [a, b] = [await client.wallet(100), await client.wallet()];
    const answer = await client.batch([transfer(a, b, 100, 'a1'), debit(b, 60, 'a2'), credit(a, 7, 'a3')], true);
    expect([answer.status, answer.body.atomic]).toEqual([200, true]);
    expect(answer.body.counts).toEqual({ total: 3, succeeded: 3, failed: 0, replayed: 0 });
    expect([await client.balance(a), await client.balance(b)]).toEqual([7, 40]);
    // As a whole by its references.
    const again = await client.batch([transfer(a, b, 100, 'a1'), debit(b, 60, 'a2'), credit(a, 7, 'a3')], true);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.body.counts).toMatchObject({ succeeded: 3, replayed: 3 });
    expect([await client.balance(a), await client.balance(b)]).toEqual([7, 40]);
  });

  it('leaves nothing when an item is refused, not even what had expired', async () => {
    const client = await newClient();
    const [a, b, poor] = [await client.wallet(1_000), await client.wallet(), await client.wallet(10)];
    const soon = new Date(clock.fixedMs() + 1_000).toISOString();
    expect((await client.batch([{ ...credit(b, 70, 'soon'), expires_at: soon }])).status).toBe(200);
    clock.advance(2_000);
    const before = await booksOf(client);
    const items = [
      transfer(a, b, 300, 'n1'),
      debit(poor, 11, 'n2'),
      debit(a, 1, 'n3'),
      // Judged as if the refused one before it were not there.
      debit(poor, 10, 'n4'),
      debit(poor, 1, 'n5'),
    ];
    const answer = await client.batch(items, true);
    expect([answer.status, answer.body.error.code, answer.body.error.type]).toEqual([
      409,
      'batch_rejected',
      'conflict',
    ]);
    expect(answer.body.error.message).toBe('2 of 5 items were refused, so nothing of the batch was done.');
    expect(answer.body.error.details.items).toMatchObject([
      { index: 1, code: 'insufficient_funds', param: 'items.1.amount', details: { shortfall: 1 } },
      { index: 4, code: 'insufficient_funds', param: 'items.4.amount', details: { available: 0 } },
    ]);
    expect(await booksOf(client)).toBe(before);
    // Nor in this process's memory: what follows is decided on the books as they are.
    const after = await client.batch([debit(a, 1_000, 'n6'), debit(poor, 10, 'n7')], true);
    expect(after.body.counts).toMatchObject({ succeeded: 2 });
    // The references of what was refused are free.
    expect((await client.batch([credit(poor, 1, 'n1'), debit(poor, 1, 'n2')], true)).status).toBe(200);
  });

  it('names what is not there before the ledger judges the rest', async () => {
    const client = await newClient();
    const a = await client.wallet(100);
    const before = await booksOf(client);
    const nobody = { ...debit(a, 1, 'x2'), wallet_id: undefined, account_number: '1' };
    const answer = await client.batch([debit(a, 1, 'x1'), nobody], true);
    expect([answer.status, answer.body.error.code]).toEqual([409, 'batch_rejected']);
    expect(answer.body.error.details.items).toMatchObject([
      { index: 1, code: 'resource_missing', param: 'items.1.account_number' },
    ]);
    expect(await booksOf(client)).toBe(before);
  });

  it('keeps its refusal under an Idempotency-Key, and nothing else', async () => {
    const client = await newClient();
    const a = await client.wallet(100);
    const headers = { 'Idempotency-Key': 'all-1' };
    const items = [debit(a, 60, 'i1'), debit(a, 60, 'i2')];
    const before = await booksOf(client);
    const first = await client.batch(items, true, headers);
    expect(first.status).toBe(409);
    expect(await booksOf(client)).toBe(before);
    await client.batch([credit(a, 500, 'i3')]);
    const again = await client.batch(items, true, headers);
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([409, 'true']);
    expect(again.body).toEqual(first.body);
    const fresh = await client.batch(items, true, { 'Idempotency-Key': 'all-2' });
    expect(fresh.body.counts).toMatchObject({ succeeded: 2, replayed: 0 });
    const repeated = await client.batch(items, true, { 'Idempotency-Key': 'all-2' });
    expect(repeated.body).toEqual(fresh.body);
    expect(await client.balance(a)).toBe(480);
  });
});

describe('size and shape', () => {
  it.each([false, true])('takes 1000 items (atomic: %s), with a key', async (atomic) => {
    const client = await newClient();
    const wallets = await Promise.all(Array.from({ length: 10 }, () => client.wallet(1_000)));
    const items = Array.from({ length: 1_000 }, (_, i) => debit(wallets[i % 10] as Wallet, 1, `bulk_${i}`));
    const headers = { 'Idempotency-Key': 'bulk' };
    const answer = await client.batch(items, atomic, headers);
    expect(answer.body.counts).toEqual({ total: 1_000, succeeded: 1_000, failed: 0, replayed: 0 });
    expect(
      answer.body.items.every(
        (item: { index: number; transaction: { reference: string } }) =>
          item.transaction.reference === `bulk_${item.index}`,
      ),
    ).toBe(true);
    for (const wallet of wallets) expect(await client.balance(wallet)).toBe(900);
    const again = await client.batch(items, atomic, headers);
    expect(again.body).toEqual(answer.body);
    const byReference = await client.batch(items, atomic);
    expect(byReference.body.counts.replayed).toBe(1_000);
    for (const wallet of wallets) expect(await client.balance(wallet)).toBe(900);
  });

  it('refuses 1001 items, none, and a body of more than a mebibyte', async () => {
    const client = await newClient();
    const a = await client.wallet(5_000);
    const many = Array.from({ length: 1_001 }, (_, i) => debit(a, 1, `many_${i}`));
    const tooMany = await client.batch(many);
    expect([tooMany.status, tooMany.body.error.param]).toEqual([400, 'items']);
    const none = await client.batch([]);
    expect([none.status, none.body.error.param]).toEqual([400, 'items']);
    const large = await client.batch(
      Array.from({ length: 1_000 }, (_, i) => ({
        ...debit(a, 1, `large_${i}`),
        metadata: { text: 'x'.repeat(500), more: 'x'.repeat(500) },
      })),
    );
    expect([large.status, large.body.error.code]).toEqual([413, 'body_too_large']);
    expect(await client.balance(a)).toBe(5_000);
  });

  it.each<[field: string, change: Record<string, unknown>, code: string]>([
    ['items.1.amount', { amount: 1.5 }, 'parameter_invalid'],
    ['items.1.amount', { amount: 0 }, 'parameter_invalid'],
    ['items.1.amount', { amount: '5' }, 'parameter_invalid'],
    ['items.1.reference', { reference: undefined }, 'parameter_missing'],
    ['items.1.reference', { reference: 'a b' }, 'parameter_invalid'],
    ['items.1.description', { description: '' }, 'parameter_invalid'],
    ['items.1.type', { type: 'refund' }, 'parameter_invalid'],
    ['items.1.type', { type: undefined }, 'parameter_invalid'],
    ['items.1.priority', { priority: 1 }, 'parameter_unknown'],
    ['items.1.wallet_id', { account_number: '10000001' }, 'parameter_invalid'],
    ['items.1.wallet_id', { wallet_id: undefined }, 'parameter_invalid'],
    ['items.1.account_number', { wallet_id: undefined, account_number: 'x' }, 'parameter_invalid'],
    ['items.1.source_wallet_id', { source_wallet_id: 'wal_a' }, 'parameter_unknown'],
    ['items.1.metadata.a', { metadata: { a: [1] } }, 'parameter_invalid'],
  ])('names %s when %j is wrong there, and does nothing', async (field, change, code) => {
    const client = await newClient();
    const a = await client.wallet(100);
    const before = await booksOf(client);
    const answer = await client.batch([debit(a, 1, 's1'), { ...debit(a, 1, 's2'), ...change }]);
    expect([answer.status, answer.body.error.param, answer.body.error.code]).toEqual([400, field, code]);
    expect(answer.body.error.message).toMatch(/^`items\.1\./);
    expect(await booksOf(client)).toBe(before);
  });

  it('refuses what is no item, and unknown fields beside them', async () => {
    const client = await newClient();
    for (const [body, param] of [
      [{ items: [5] }, 'items.0'],
      [{ items: {} }, 'items'],
      [{}, 'items'],
      [{ items: [], atomic: 'yes' }, 'atomic'],
      [{ items: [], all: true }, 'items'],
    ] as const) {
      const answer = await api.call('POST', '/v1/batches', client.secret, body);
      expect(answer.status).toBe(400);
      expect(answer.body.error.details.fields.map((each: { param: string }) => each.param)).toContain(param);
    }
  });
});

describe('client services', () => {
  const service = async (client: Client, rules: Record<string, unknown> = {}): Promise<string> => {
    const made = await createService(contextOn(client), {
      clientCode: client.code,
      name: 'Payroll',
      serviceCode: 'PAYROLL',
      currency: 'GHS',
      effectiveAtMs: null,
      terms: {
        has_transaction_fee: true,
        transaction_fee_type: 'PERCENTAGE',
        transaction_fee: '2',
        minimum_transaction_amount: '1',
        maximum_transaction_amount: '100',
        fee_bearer: 'customer',
        ...rules,
      },
    });
    return made.code;
  };

  it('charge, limit and refuse by item', async () => {
    const client = await newClient();
    const [a, kes] = [await client.wallet(20_000), await client.wallet(5_000, 'KES')];
    const [payroll, inactive] = [await service(client), await service(client, { is_active: false })];
    const foreign = await service(await newClient());
    const named = (item: object, code: string) => ({ ...item, client_service_code: code });
    const answer = await client.batch([
      named(debit(a, 1_000, 'f1'), payroll),
      named(transfer(a, kes, 1_000, 'f2'), payroll),
      named(debit(a, 99, 'f3'), payroll),
      named(debit(a, 10_001, 'f4'), payroll),
      named(debit(kes, 1_000, 'f5'), payroll),
      named(debit(a, 1_000, 'f6'), inactive),
      named(debit(a, 1_000, 'f7'), foreign),
      named({ ...debit(a, 2_000, 'f8'), wallet_id: undefined, account_number: a.account_number }, payroll),
    ]);
    expect(answer.body.items[0].transaction).toMatchObject({ amount: 1_000, fee: 20, tax: 0 });
    expect(answer.body.items[7].transaction).toMatchObject({ amount: 2_000, fee: 40, tax: 0 });
    expect(answer.body.items.slice(1, 7).map(({ error }: { error: { code: string } }) => error.code)).toEqual([
      'currency_mismatch',
      'amount_below_minimum',
      'amount_above_maximum',
      'currency_mismatch',
      'service_inactive',
      'resource_missing',
    ]);
    expect(await client.balance(a)).toBe(20_000 - 1_020 - 2_040);
  });
});

describe('who may', () => {
  it('is refused without the scope, and to an inactive client', async () => {
    const reader = await api.newClient({ scopes: ['wallets:read'] });
    const refused = await api.call('POST', '/v1/batches', reader.secret, { items: [] });
    expect([refused.status, refused.body.error.code]).toEqual([403, 'scope_missing']);

    const client = await newClient();
    const a = await client.wallet(100);
    const other = await openTestApi(database, { clock });
    await database.db.pool.query("update clients set status = 'inactive' where code = $1", [client.code]);
    const inactive = await other.call('POST', '/v1/batches', client.secret, { items: [debit(a, 1, 'z1')] });
    await other.close();
    expect([inactive.status, inactive.body.error.code]).toEqual([403, 'client_inactive']);
  });

  it('moves nothing of an inactive client for the operator either', async () => {
    const client = await newClient();
    const before = await booksOf(client);
    await database.db.pool.query("update clients set status = 'inactive' where code = $1", [client.code]);
    const operator = contextOn(client, { kind: 'login', actor: 'user:1', isOperator: true, actsOnClient: true });
    await expect(postBatch(operator, { atomic: false, items: [] })).rejects.toMatchObject({ code: 'client_inactive' });
    expect(await booksOf(client)).toBe(before);
  });
});
