import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatEntryId } from '@/contracts/ids';
import { makeTestDatabase } from '@/db/testing';
import type { NewClient } from '@/server/clients/create-client';
import { type ApiAnswer, type ApiHarness, openTestApi } from '@/server/http/testing';
import { fixedClock } from '@/server/kernel/clock';
import { proveBooks } from '@/server/ledger/books/prove';
import type { ServiceTerms } from '@/server/ledger/core/service-terms';
import { splitEntryId } from '@/server/ledger/ids';
import { makeOperator } from '@/server/staff/testing';
import { makeAccount, makeService, type TestAccount } from './testing';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 5, 15, 12);
const clock = fixedClock(NOW);
let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let api: ApiHarness;
let operator: string;

beforeAll(async () => {
  database = await makeTestDatabase();
  api = await openTestApi(database, { clock, env: { RATE_LIMIT_PER_MINUTE: '1000000' } });
  operator = (await makeOperator(api.services)).token;
});

afterAll(async () => {
  expect((await proveBooks(database.db.pool)).findings).toEqual([]);
  await api.close();
  await database.close();
});

interface Shop {
  readonly client: NewClient;
  readonly key: string;
  readonly tenantId: string;
  readonly service: string;
}

async function newShop(terms: Partial<ServiceTerms> = {}): Promise<Shop> {
  const client = await api.newClient();
  const tenantId = client.testTenantId;
  return { client, key: client.secret, tenantId, service: await makeService(api, database.db, tenantId, terms) };
}

const accountOf = (shop: Shop, options?: Parameters<typeof makeAccount>[3]): Promise<TestAccount> =>
  makeAccount(api, database.db, shop.tenantId, options);

let counter = 0;
const nextSource = (): string => `src-${++counter}`;

type Body = Record<string, unknown>;

function bodyOf(shop: Shop, account: TestAccount, changes: Body = {}): Body {
  return {
    account_number: account.number,
    client_service_code: shop.service,
    transaction_source: 'EXTERNAL',
    transaction_amount: 100.0,
    source_transaction_id: nextSource(),
    source_transaction_data: { data: 'test', deep: { er: [1, null, 'x'] } },
    transaction_narration: 'Test',
    transaction_date: '2024-07-29T12:34:56Z',
    ...changes,
  };
}

const post = (
  key: string,
  type: 'CREDIT' | 'DEBIT',
  body: Body,
  headers?: Record<string, string>,
): Promise<ApiAnswer> => api.call('POST', `/api/v1/transactions?command=${type}`, key, body, headers);

const transfer = (key: string, body: Body): Promise<ApiAnswer> =>
  api.call('POST', '/api/v1/account-transfers', key, body);

const reverse = (key: string, id: string, body?: Body): Promise<ApiAnswer> =>
  api.call('POST', `/api/v1/transactions/${id}?command=REVERSE`, key, body);

async function funded(shop: Shop, amount: number, options?: Parameters<typeof makeAccount>[3]): Promise<TestAccount> {
  const account = await accountOf(shop, options);
  const free = await makeService(api, database.db, shop.tenantId);
  const answer = await post(
    shop.key,
    'CREDIT',
    bodyOf(shop, account, { client_service_code: free, transaction_amount: amount }),
  );
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return account;
}

async function balanceOf(account: { id: string }): Promise<number> {
  const { rows } = await database.db.pool.query<{ balance_minor: string }>(
    'select balance_minor from accounts where id = $1',
    [account.id],
  );
  return Number(rows[0]?.balance_minor);
}

async function counts(): Promise<unknown> {
  const { rows } = await database.db.pool.query(
    'select (select count(*) from journals) as journals, (select count(*) from entries) as entries, (select count(*) from audit_log) as audit',
  );
  return rows[0];
}

async function balanceOfType(shop: Shop, type: string, currency = 'KES'): Promise<number> {
  const { rows } = await database.db.pool.query<{ balance_minor: string }>(
    'select balance_minor from accounts where tenant_id = $1 and type = $2 and currency = $3 and is_system',
    [shop.tenantId, type, currency],
  );
  return Number(rows[0]?.balance_minor);
}

async function settlementNumber(shop: Shop, currency = 'KES'): Promise<string> {
  const { rows } = await database.db.pool.query<{ number: string }>(
    `select number from accounts where tenant_id = $1 and currency = $2 and type = 'EXTERNAL_SETTLEMENT'`,
    [shop.tenantId, currency],
  );
  return String(rows[0]?.number);
}

describe('credits and debits', () => {
  it('answers as documented, and reads back the same', async () => {
    const shop = await newShop();
    const account = await accountOf(shop);
    const sent = bodyOf(shop, account);
    const credited = await post(shop.key, 'CREDIT', sent);
    expect(credited.status).toBe(200);
    expect(credited.body).toMatchObject({
      transaction_id: expect.stringMatching(/^[0-9]+$/),
      account: account.number,
      client_service: shop.service,
      transaction_type: 'CREDIT',
      currency: 'KES',
      transaction_amount: '100.0000',
      previous_balance: '0.0000',
      current_balance: '100.0000',
      other_party_account: await settlementNumber(shop),
      other_party_transaction_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      transaction_source: 'EXTERNAL',
      source_transaction_id: sent['source_transaction_id'],
      source_transaction_data: sent['source_transaction_data'],
      transaction_narration: 'Test',
      transaction_date: '2024-07-29T12:34:56.000Z',
      created_at: new Date(NOW).toISOString(),
      livemode: false,
    });
    const { rows } = await database.db.pool.query<{ hash: string }>(
      `select encode(hash, 'hex') as hash from entries where journal_id = $1 and leg = 2`,
      [splitEntryId(credited.body.transaction_id).journalId],
    );
    expect(credited.body.other_party_transaction_hash).toBe(rows[0]?.hash);

    const debited = await post(shop.key, 'DEBIT', bodyOf(shop, account, { transaction_amount: '30.05' }));
    expect(debited.body).toMatchObject({
      transaction_type: 'DEBIT',
      transaction_amount: '30.0500',
      previous_balance: '100.0000',
      current_balance: '69.9500',
    });

    const reading = { ...credited.body, reversed: false, reversed_by: null };
    const get = (path: string, key = shop.key) => api.call('GET', `/api/v1/transactions${path}`, key);
    expect((await get(`/${credited.body.transaction_id}`)).body).toEqual(reading);
    const { journalId } = splitEntryId(credited.body.transaction_id);
    expect((await get(`/${formatEntryId(journalId, 1)}`)).body).toEqual(reading);
    expect((await get(`/source/${sent['source_transaction_id']}`)).body).toEqual(reading);
    expect((await get(`/${credited.body.transaction_id}`, operator)).body).toEqual(reading);
    // The other side is a transaction too.
    const other = await get(`/${BigInt(credited.body.transaction_id) + 1n}`);
    expect(other.body).toMatchObject({
      transaction_type: 'DEBIT',
      other_party_account: account.number,
      previous_balance: '0.0000',
      current_balance: '-100.0000',
    });
    expect((await get(`/${BigInt(credited.body.transaction_id) + 2n}`)).status).toBe(404);
    expect((await get('/0')).status).toBe(404);
    expect((await get('/99999999999999999999')).status).toBe(404);
  });

  it('charges fee and tax in entries of their own, so that every row adds up', async () => {
    const shop = await newShop({
      hasFee: true,
      fee: { type: 'PERCENTAGE', partsPerMillion: 15_000n },
      taxPartsPerMillion: 160_000n,
    });
    const account = await funded(shop, 1_000);
    const credited = await post(shop.key, 'CREDIT', bodyOf(shop, account, { transaction_amount: 100 }));
    expect(credited.body).toMatchObject({
      previous_balance: '1000.0000',
      current_balance: '1100.0000',
      transaction_fee: '1.5000',
      tax_on_fee: '0.2400',
      fee_account: account.number,
    });
    const debited = await post(shop.key, 'DEBIT', bodyOf(shop, account, { transaction_amount: 10 }));
    expect(debited.body).toMatchObject({ previous_balance: '1098.2600', current_balance: '1088.2600' });

    const { body } = await api.call('GET', `/api/v1/transactions?account_number=${account.number}`, shop.key);
    expect(
      body.data.map((row: Body) => [
        row['entry'],
        row['transaction_type'],
        row['transaction_amount'],
        row['current_balance'],
      ]),
    ).toEqual([
      ['TAX', 'DEBIT', '0.0200', '1088.0900'],
      ['FEE', 'DEBIT', '0.1500', '1088.1100'],
      ['PRINCIPAL', 'DEBIT', '10.0000', '1088.2600'],
      ['TAX', 'DEBIT', '0.2400', '1098.2600'],
      ['FEE', 'DEBIT', '1.5000', '1098.5000'],
      ['PRINCIPAL', 'CREDIT', '100.0000', '1100.0000'],
      ['PRINCIPAL', 'CREDIT', '1000.0000', '1000.0000'],
    ]);
    for (const [newer, older] of body.data.map((row: Body, i: number) => [row, body.data[i + 1]]).slice(0, -1)) {
      expect(newer.previous_balance).toBe(older.current_balance);
    }
    expect(await balanceOfType(shop, 'COMMISSION_ACCOUNT')).toBe(165);
    expect(await balanceOfType(shop, 'COMMISSION_TAX_ACCOUNT')).toBe(26);
  });

  it('gives the first answer again for the same source id, and names the first for another request', async () => {
    const shop = await newShop();
    const account = await funded(shop, 500);
    const sent = bodyOf(shop, account);
    const first = await post(shop.key, 'CREDIT', sent);
    const again = await post(shop.key, 'CREDIT', { ...sent, transaction_narration: 'Other words' });
    expect(again.status).toBe(200);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.body).toEqual(first.body);
    expect(first.headers.get('idempotent-replayed')).toBeNull();

    const other = await makeService(api, database.db, shop.tenantId);
    const before = await counts();
    for (const [type, changes] of [
      ['CREDIT', { transaction_amount: 100.01 }],
      ['DEBIT', {}],
      ['CREDIT', { client_service_code: other }],
    ] as const) {
      const refused = await post(shop.key, type, { ...sent, ...changes });
      expect(refused.status).toBe(409);
      expect(refused.body.error).toMatchObject({
        code: 'reference_conflict',
        param: 'source_transaction_id',
        details: { transaction_id: first.body.transaction_id },
      });
    }
    expect(await counts()).toEqual(before);
    // Another account is another scope.
    const elsewhere = await funded(shop, 1);
    expect(
      (await post(shop.key, 'DEBIT', { ...sent, account_number: elsewhere.number, transaction_amount: 1 })).status,
    ).toBe(200);
    const ambiguous = await api.call('GET', `/api/v1/transactions/source/${sent['source_transaction_id']}`, shop.key);
    expect(ambiguous).toMatchObject({ status: 400, body: { error: { param: 'account_number' } } });
    const path = `/api/v1/transactions/source/${sent['source_transaction_id']}?account_number=${account.number}`;
    expect((await api.call('GET', path, shop.key)).body.transaction_id).toBe(first.body.transaction_id);
    const { body } = await api.call(
      'GET',
      `/api/v1/transactions?source_transaction_id=${sent['source_transaction_id']}`,
      shop.key,
    );
    expect(body.data).toHaveLength(2);
  });

  it('has one effect for one source id, however many send it at once', async () => {
    const shop = await newShop();
    const account = await accountOf(shop);
    const sent = bodyOf(shop, account);
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(shop.key, 'CREDIT', sent)));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(answers.filter(({ headers }) => headers.get('idempotent-replayed') === 'true')).toHaveLength(49);
    expect(await balanceOf(account)).toBe(10_000);
  });

  it('keeps an Idempotency-Key’s answer', async () => {
    const shop = await newShop();
    const account = await accountOf(shop);
    const sent = bodyOf(shop, account);
    const key = { 'Idempotency-Key': 'k-1' };
    const first = await post(shop.key, 'CREDIT', sent, key);
    const again = await post(shop.key, 'CREDIT', sent, key);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(await balanceOf(account)).toBe(10_000);
    const undone = await api.call(
      'POST',
      `/transactions/${first.body.transaction_id}?command=REVERSE`,
      shop.key,
      undefined,
      { 'Idempotency-Key': 'k-2' },
    );
    const undoneAgain = await api.call(
      'POST',
      `/transactions/${first.body.transaction_id}?command=REVERSE`,
      shop.key,
      undefined,
      { 'Idempotency-Key': 'k-2' },
    );
    expect(undone.status).toBe(200);
    expect(undoneAgain.body).toEqual(undone.body);
  });

  it('keeps exponents of every currency', async () => {
    const shop = await newShop();
    for (const [currency, amount, shown] of [
      ['UGX', 5_000, '5000.0000'],
      ['KWD', '1.234', '1.2340'],
      ['KES', 0.01, '0.0100'],
    ] as const) {
      const account = await accountOf(shop, { currency });
      const answer = await post(shop.key, 'CREDIT', bodyOf(shop, account, { transaction_amount: amount }));
      expect(answer.body).toMatchObject({ currency, transaction_amount: shown, current_balance: shown });
    }
  });
});

describe('bad input changes nothing and names the field', () => {
  it.each<[string, Body, number, string, string | null]>([
    ['no amount', { transaction_amount: undefined }, 400, 'parameter_missing', 'transaction_amount'],
    ['zero', { transaction_amount: 0 }, 400, 'parameter_invalid', 'transaction_amount'],
    ['negative', { transaction_amount: -1 }, 400, 'parameter_invalid', 'transaction_amount'],
    ['finer than the minor unit', { transaction_amount: 1.005 }, 400, 'parameter_invalid', 'transaction_amount'],
    ['too large', { transaction_amount: '90071992547409.92' }, 400, 'parameter_invalid', 'transaction_amount'],
    ['an exponent', { transaction_amount: '1e2' }, 400, 'parameter_invalid', 'transaction_amount'],
    [
      'more digits than a number keeps',
      { transaction_amount: 0.1 + 0.2 },
      400,
      'parameter_invalid',
      'transaction_amount',
    ],
    ['unknown account', { account_number: '99999999' }, 404, 'resource_missing', 'account_number'],
    ['no account number', { account_number: 'abc' }, 404, 'resource_missing', 'account_number'],
    ['unknown service', { client_service_code: 'NOSUCHONE1' }, 404, 'resource_missing', 'client_service_code'],
    [
      'two days ahead',
      { transaction_date: new Date(NOW + 2 * DAY).toISOString() },
      400,
      'parameter_invalid',
      'transaction_date',
    ],
    [
      'a millisecond too far ahead',
      { transaction_date: new Date(NOW + DAY + 1).toISOString() },
      400,
      'parameter_invalid',
      'transaction_date',
    ],
    ['no zone', { transaction_date: '2024-07-29T12:34:56' }, 400, 'parameter_invalid', 'transaction_date'],
    ['no date', { transaction_date: undefined }, 400, 'parameter_missing', 'transaction_date'],
    ['source id with a space', { source_transaction_id: 'a b' }, 400, 'parameter_invalid', 'source_transaction_id'],
    [
      'source id too long',
      { source_transaction_id: 'x'.repeat(129) },
      400,
      'parameter_invalid',
      'source_transaction_id',
    ],
    ['empty source', { transaction_source: '' }, 400, 'parameter_invalid', 'transaction_source'],
    ['data that is a list', { source_transaction_data: [] }, 400, 'parameter_invalid', 'source_transaction_data'],
    [
      'data too large',
      { source_transaction_data: { x: 'y'.repeat(17_000) } },
      400,
      'parameter_invalid',
      'source_transaction_data',
    ],
    ['unknown field', { transaction_amout: 1 }, 400, 'parameter_unknown', 'transaction_amout'],
  ])('%s', async (_name, changes, status, code, param) => {
    const shop = await newShop();
    const account = await funded(shop, 10);
    const before = await counts();
    for (const type of ['CREDIT', 'DEBIT'] as const) {
      const answer = await post(shop.key, type, bodyOf(shop, account, changes));
      expect(answer).toMatchObject({ status, body: { status, message: expect.any(String), error: { code, param } } });
    }
    expect(await counts()).toEqual(before);
  });

  it.each<[string, Partial<ServiceTerms>, Body, number, string, string]>([
    ['inactive service', { active: false }, {}, 409, 'service_inactive', 'client_service_code'],
    [
      'type not allowed',
      { transactionTypes: ['TRANSFER'] },
      {},
      409,
      'service_type_not_allowed',
      'client_service_code',
    ],
    [
      'below the minimum',
      { minimumAmount: '5' },
      { transaction_amount: 4.99 },
      400,
      'amount_below_minimum',
      'transaction_amount',
    ],
    [
      'above the maximum',
      { maximumAmount: '5' },
      { transaction_amount: 5.01 },
      400,
      'amount_above_maximum',
      'transaction_amount',
    ],
    ['over the daily cap', { dailyCap: '5' }, { transaction_amount: 5.01 }, 409, 'cap_exceeded', 'transaction_amount'],
  ])('%s', async (_name, terms, changes, status, code, param) => {
    const shop = await newShop(terms);
    const account = await funded(shop, 10);
    const before = await counts();
    for (const type of ['CREDIT', 'DEBIT'] as const) {
      const answer = await post(shop.key, type, bodyOf(shop, account, { transaction_amount: 6, ...changes }));
      expect(answer).toMatchObject({ status, body: { status, error: { code, param } } });
    }
    expect(await counts()).toEqual(before);
  });

  it('says limits in major units', async () => {
    const shop = await newShop({ maximumAmount: '5' });
    const account = await accountOf(shop);
    const { body } = await post(shop.key, 'CREDIT', bodyOf(shop, account, { transaction_amount: 6 }));
    expect(body.error.details).toEqual({ maximum: '5.0000', currency: 'KES' });
  });

  it('a wrong or missing command', async () => {
    const shop = await newShop();
    const account = await accountOf(shop);
    for (const query of ['', '?command=credit', '?command=REVERSE', '?command=']) {
      const answer = await api.call('POST', `/api/v1/transactions${query}`, shop.key, bodyOf(shop, account));
      expect(answer).toMatchObject({ status: 400, body: { error: { param: 'command' } } });
    }
  });

  it('another client’s account and service are not there', async () => {
    const shop = await newShop();
    const other = await newShop();
    const own = await accountOf(shop);
    const foreign = await accountOf(other);
    expect(await post(shop.key, 'CREDIT', bodyOf(shop, foreign))).toMatchObject({
      status: 404,
      body: { error: { code: 'resource_missing', param: 'account_number' } },
    });
    const withForeignService = bodyOf(shop, own, { client_service_code: other.service });
    expect(await post(shop.key, 'CREDIT', withForeignService)).toMatchObject({
      status: 404,
      body: { error: { param: 'client_service_code' } },
    });
    // Not even the operator mixes two clients.
    expect((await post(operator, 'CREDIT', withForeignService)).status).toBe(404);
  });

  it('refuses what the account does not have, in major units', async () => {
    const shop = await newShop();
    const account = await funded(shop, 10);
    const answer = await post(shop.key, 'DEBIT', bodyOf(shop, account, { transaction_amount: 10.01 }));
    expect(answer).toMatchObject({
      status: 402,
      body: {
        error: {
          code: 'insufficient_funds',
          param: 'transaction_amount',
          details: { account_number: account.number, available: '10.0000', required: '10.0100', shortfall: '0.0100' },
        },
      },
    });
    const overdrawn = await accountOf(shop, { canOverdraw: true });
    expect((await post(shop.key, 'DEBIT', bodyOf(shop, overdrawn))).body.current_balance).toBe('-100.0000');
  });

  it('makes no transaction on a counter-account', async () => {
    const shop = await newShop();
    await accountOf(shop);
    const number = await settlementNumber(shop);
    expect(await post(shop.key, 'CREDIT', bodyOf(shop, { id: '', number }))).toMatchObject({
      status: 400,
      body: { error: { param: 'account_number' } },
    });
  });

  it('moves nothing of an inactive client', async () => {
    const shop = await newShop();
    const account = await accountOf(shop);
    await database.db.pool.query(`update clients set status = 'inactive' where public_id = $1`, [shop.client.publicId]);
    expect(await post(operator, 'CREDIT', bodyOf(shop, account))).toMatchObject({
      status: 403,
      body: { error: { code: 'client_inactive' } },
    });
  });

  it('takes any past date and the narrowest future', async () => {
    const shop = await newShop();
    const account = await accountOf(shop);
    for (const date of ['0001-01-01T00:00:00.000Z', '1969-12-31T23:59:59.999Z', new Date(NOW + DAY).toISOString()]) {
      const answer = await post(shop.key, 'CREDIT', bodyOf(shop, account, { transaction_date: date }));
      expect(answer.body.transaction_date).toBe(date);
      expect(
        (await api.call('GET', `/api/v1/transactions/${answer.body.transaction_id}`, shop.key)).body.transaction_date,
      ).toBe(date);
    }
    const zoned = await post(
      shop.key,
      'CREDIT',
      bodyOf(shop, account, { transaction_date: '2024-07-29T12:34:56.1239+03:00' }),
    );
    expect(zoned.body.transaction_date).toBe('2024-07-29T09:34:56.123Z');
  });
});

describe('transfers', () => {
  const bodyOfTransfer = (shop: Shop, from: TestAccount, to: TestAccount, changes: Body = {}): Body => ({
    source_account_number: from.number,
    destination_account_number: to.number,
    client_service_code: shop.service,
    transaction_amount: 10.0,
    source_transaction_id: nextSource(),
    transaction_source: 'INTERNAL',
    source_transaction_data: {},
    transaction_narration: 'Transfer for payment',
    transaction_date: '2022-07-29T12:34:56Z',
    ...changes,
  });

  it('answers with both legs, IFT1 and IFT2 before the source id', async () => {
    const shop = await newShop({ hasFee: true, fee: { type: 'FIXED', amount: '0.5' } });
    const [from, to] = [await funded(shop, 100), await accountOf(shop)];
    const sent = bodyOfTransfer(shop, from, to);
    const answer = await transfer(shop.key, sent);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    const common = {
      client_service: shop.service,
      currency: 'KES',
      transaction_amount: '10.0000',
      transaction_source: 'INTERNAL',
      source_transaction_data: {},
      transaction_narration: 'Transfer for payment',
      transaction_date: '2022-07-29T12:34:56.000Z',
      transaction_fee: '0.5000',
      fee_account: from.number,
    };
    expect(answer.body).toMatchObject({
      source_transaction: {
        ...common,
        account: from.number,
        transaction_type: 'DEBIT',
        previous_balance: '100.0000',
        current_balance: '90.0000',
        other_party_account: to.number,
        source_transaction_id: `IFT1${sent['source_transaction_id']}`,
      },
      destination_transaction: {
        ...common,
        account: to.number,
        transaction_type: 'CREDIT',
        previous_balance: '0.0000',
        current_balance: '10.0000',
        other_party_account: from.number,
        source_transaction_id: `IFT2${sent['source_transaction_id']}`,
      },
    });
    expect(await balanceOf(from)).toBe(8_950);
    const again = await transfer(shop.key, sent);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.body).toEqual(answer.body);
    expect((await transfer(shop.key, { ...sent, transaction_amount: 11 })).body.error.code).toBe('reference_conflict');
    for (const leg of ['source_transaction', 'destination_transaction']) {
      const { transaction_id: id, source_transaction_id: source } = answer.body[leg];
      const reading = { ...answer.body[leg], reversed: false, reversed_by: null };
      expect((await api.call('GET', `/api/v1/transactions/${id}`, shop.key)).body).toEqual(reading);
      expect((await api.call('GET', `/api/v1/transactions/source/${source}`, shop.key)).body).toEqual(reading);
    }
  });

  it('refuses the same account, another currency, another client', async () => {
    const shop = await newShop();
    const other = await newShop();
    const from = await funded(shop, 100);
    const dollars = await accountOf(shop, { currency: 'USD' });
    const foreign = await accountOf(other);
    const to = await accountOf(shop);
    const before = await counts();
    const param = 'destination_account_number';
    const refusals: [string, Body, number, string, string][] = [
      [shop.key, bodyOfTransfer(shop, from, from), 400, 'same_account', param],
      [shop.key, bodyOfTransfer(shop, from, dollars), 400, 'currency_mismatch', param],
      [shop.key, bodyOfTransfer(shop, from, foreign), 404, 'resource_missing', param],
      [operator, bodyOfTransfer(shop, from, foreign), 400, 'parameter_invalid', param],
      [
        shop.key,
        bodyOfTransfer(shop, from, to, { transaction_amount: 100.01 }),
        402,
        'insufficient_funds',
        'transaction_amount',
      ],
      [
        shop.key,
        bodyOfTransfer(shop, from, to, { transaction_date: '2999-01-01T00:00:00Z' }),
        400,
        'parameter_invalid',
        'transaction_date',
      ],
      [
        shop.key,
        bodyOfTransfer(shop, from, to, { client_service_code: other.service }),
        404,
        'resource_missing',
        'client_service_code',
      ],
    ];
    for (const [key, body, status, code, field] of refusals) {
      expect(await transfer(key, body)).toMatchObject({ status, body: { error: { code, param: field } } });
    }
    expect(await counts()).toEqual(before);
    const debitsOnly = await makeService(api, database.db, shop.tenantId, { transactionTypes: ['DEBIT'] });
    expect(await transfer(shop.key, bodyOfTransfer(shop, from, to, { client_service_code: debitsOnly }))).toMatchObject(
      {
        status: 409,
        body: { error: { code: 'service_type_not_allowed' } },
      },
    );
  });

  it('is reversed whole', async () => {
    const shop = await newShop({ hasFee: true, fee: { type: 'FIXED', amount: '0.5' } });
    const [from, to] = [await funded(shop, 100), await accountOf(shop)];
    const { body } = await transfer(shop.key, bodyOfTransfer(shop, from, to));
    const undone = await reverse(shop.key, body.destination_transaction.transaction_id);
    expect(undone.body).toMatchObject({
      source_transaction: { account: from.number, transaction_type: 'CREDIT', previous_balance: '89.5000' },
      destination_transaction: { account: to.number, transaction_type: 'DEBIT', current_balance: '0.0000' },
    });
    expect([await balanceOf(from), await balanceOf(to)]).toEqual([10_000, 0]);
  });
});

describe('reversals', () => {
  it('answers as documented, through both paths and either leg', async () => {
    const shop = await newShop();
    for (const [path, leg] of [
      ['/api/v1/transactions', 0n],
      ['/transactions', 1n],
    ] as const) {
      const account = await funded(shop, 96);
      const sent = bodyOf(shop, account, { transaction_amount: 997 });
      const credited = await post(shop.key, 'CREDIT', sent);
      const id = String(BigInt(credited.body.transaction_id) + leg);
      const settled = await balanceOfType(shop, 'EXTERNAL_SETTLEMENT');
      const answer = await api.call('POST', `${path}/${id}?command=REVERSE`, shop.key);
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
      const common = {
        client_service: shop.service,
        currency: 'KES',
        transaction_amount: '997.0000',
        transaction_source: 'INTERNAL',
        source_transaction_data: sent['source_transaction_data'],
        transaction_narration: 'Test',
        transaction_date: new Date(NOW).toISOString(),
        reversal_of: credited.body.transaction_id,
      };
      expect(answer.body).toMatchObject({
        source_transaction: {
          ...common,
          account: account.number,
          transaction_type: 'DEBIT',
          previous_balance: '1093.0000',
          current_balance: '96.0000',
          other_party_account: await settlementNumber(shop),
          source_transaction_id: `RVS1${sent['source_transaction_id']}`,
        },
        destination_transaction: {
          ...common,
          account: await settlementNumber(shop),
          transaction_type: 'CREDIT',
          previous_balance: `${settled / 100}.0000`,
          other_party_account: account.number,
          source_transaction_id: `RVS2${sent['source_transaction_id']}`,
        },
      });
      const undone = answer.body.source_transaction;
      expect((await api.call('GET', `/api/v1/transactions/${undone.transaction_id}`, shop.key)).body).toEqual({
        ...undone,
        reversed: false,
        reversed_by: null,
      });
      expect(
        (await api.call('GET', `/api/v1/transactions/source/${undone.source_transaction_id}`, shop.key)).body
          .transaction_id,
      ).toBe(undone.transaction_id);
      expect(
        (await api.call('GET', `/api/v1/transactions/${credited.body.transaction_id}`, shop.key)).body,
      ).toMatchObject({
        reversed: true,
        reversed_by: undone.transaction_id,
      });
      const again = await reverse(shop.key, credited.body.transaction_id);
      expect(again).toMatchObject({
        status: 409,
        body: { error: { code: 'already_reversed', details: { transaction_id: undone.transaction_id } } },
      });
      const ofReversal = await reverse(shop.key, undone.transaction_id);
      expect(ofReversal).toMatchObject({ status: 409, body: { error: { code: 'not_reversible' } } });
    }
  });

  it('keeps what the body says, and the reason in the audit log', async () => {
    const shop = await newShop();
    const account = await accountOf(shop);
    const { body } = await post(shop.key, 'CREDIT', bodyOf(shop, account));
    const answer = await reverse(shop.key, body.transaction_id, {
      reason: 'Sent twice',
      transaction_narration: 'Undone',
      transaction_date: '2026-01-01T00:00:00Z',
      source_transaction_data: { ticket: 7 },
    });
    expect(answer.body.source_transaction).toMatchObject({
      transaction_narration: 'Undone',
      transaction_date: '2026-01-01T00:00:00.000Z',
      source_transaction_data: { ticket: 7 },
    });
    const { rows } = await database.db.pool.query(
      `select action, reason, actor, after from audit_log where tenant_id = $1 and object_id = $2`,
      [shop.tenantId, body.transaction_id],
    );
    expect(rows).toEqual([
      {
        action: 'transaction.reversed',
        reason: 'Sent twice',
        actor: `api_key:${shop.client.keyId}`,
        after: JSON.stringify({ reversal: answer.body.source_transaction.transaction_id, fees_refunded: true }),
      },
    ]);
    const future = await post(shop.key, 'CREDIT', bodyOf(shop, account));
    expect(
      await reverse(shop.key, future.body.transaction_id, { transaction_date: '2999-01-01T00:00:00Z' }),
    ).toMatchObject({
      status: 400,
      body: { error: { param: 'transaction_date' } },
    });
  });

  it('gives fees back as the service said then', async () => {
    for (const refundFeesOnReversal of [true, false]) {
      const shop = await newShop({ hasFee: true, fee: { type: 'FIXED', amount: '2' }, refundFeesOnReversal });
      const account = await funded(shop, 10);
      const { body } = await post(shop.key, 'DEBIT', bodyOf(shop, account, { transaction_amount: 5 }));
      expect(await balanceOf(account)).toBe(300);
      expect((await reverse(shop.key, body.transaction_id)).status).toBe(200);
      expect(await balanceOf(account)).toBe(refundFeesOnReversal ? 1_000 : 800);
      expect(await balanceOfType(shop, 'COMMISSION_ACCOUNT')).toBe(refundFeesOnReversal ? 0 : 200);
    }
  });

  it('is refused when the money is gone, and changes nothing', async () => {
    const shop = await newShop();
    const account = await accountOf(shop);
    const credited = await post(shop.key, 'CREDIT', bodyOf(shop, account));
    await post(shop.key, 'DEBIT', bodyOf(shop, account, { transaction_amount: 0.01 }));
    const before = await counts();
    expect(await reverse(shop.key, credited.body.transaction_id)).toMatchObject({
      status: 402,
      body: {
        error: {
          code: 'insufficient_funds',
          details: { account_number: account.number, available: '99.9900', required: '100.0000', shortfall: '0.0100' },
        },
      },
    });
    expect(await counts()).toEqual(before);
    expect(await balanceOf(account)).toBe(9_999);
  });

  it('needs its own scope, and is not there for a stranger', async () => {
    const shop = await newShop();
    const stranger = await newShop();
    const account = await accountOf(shop);
    const { body } = await post(shop.key, 'CREDIT', bodyOf(shop, account));
    expect((await reverse(stranger.key, body.transaction_id)).status).toBe(404);
    expect((await api.call('GET', `/api/v1/transactions/${body.transaction_id}`, stranger.key)).status).toBe(404);
    const limited = await api.call('POST', '/v1/api_keys', shop.key, {
      name: 'No reversals',
      scopes: ['transactions:write', 'transactions:read'],
    });
    expect(await reverse(limited.body.secret, body.transaction_id)).toMatchObject({
      status: 403,
      body: { error: { code: 'scope_missing', details: { required_scope: 'reversals:write' } } },
    });
    expect((await reverse(operator, body.transaction_id)).status).toBe(200);
  });

  it('succeeds once of two at once, 500 times', { timeout: 120_000 }, async () => {
    const shop = await newShop();
    const account = await accountOf(shop);
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) {
      const posted = await Promise.all(
        Array.from({ length: 100 }, () => post(shop.key, 'CREDIT', bodyOf(shop, account, { transaction_amount: 1 }))),
      );
      ids.push(...posted.map(({ body }) => body.transaction_id));
    }
    expect(await balanceOf(account)).toBe(50_000);
    for (let i = 0; i < ids.length; i += 50) {
      const pairs = await Promise.all(
        ids
          .slice(i, i + 50)
          .map((id) => Promise.all([reverse(shop.key, id), reverse(operator, String(BigInt(id) + 1n))])),
      );
      for (const pair of pairs) {
        expect(pair.map(({ status }) => status).sort()).toEqual([200, 409]);
        const [won, lost] = pair[0].status === 200 ? pair : [pair[1], pair[0]];
        expect(lost.body.error).toMatchObject({
          code: 'already_reversed',
          details: { transaction_id: won.body.source_transaction.transaction_id },
        });
      }
    }
    expect(await balanceOf(account)).toBe(0);
  });
});

describe('people', () => {
  it('leave an audit row with what they move; keys do not need one', async () => {
    const shop = await newShop();
    const [account, other] = [await funded(shop, 50), await accountOf(shop)];
    const rows = async (): Promise<Body[]> =>
      (
        await database.db.pool.query(
          `select action, object_id, after from audit_log where tenant_id = $1 and action like 'transaction.%' order by id`,
          [shop.tenantId],
        )
      ).rows;
    expect(await rows()).toEqual([]);
    const credited = await post(operator, 'CREDIT', bodyOf(shop, account));
    const debited = await post(operator, 'DEBIT', bodyOf(shop, account));
    await post(operator, 'DEBIT', bodyOf(shop, account, { transaction_amount: 1_000_000 }));
    const moved = await transfer(operator, {
      source_account_number: account.number,
      destination_account_number: other.number,
      client_service_code: shop.service,
      transaction_amount: 1,
      source_transaction_id: nextSource(),
      transaction_source: 'INTERNAL',
      transaction_date: '2022-07-29T12:34:56Z',
    });
    expect((await rows()).map(({ action, object_id }) => [action, object_id])).toEqual([
      ['transaction.credited', credited.body.transaction_id],
      ['transaction.debited', debited.body.transaction_id],
      ['transaction.transferred', moved.body.source_transaction.transaction_id],
    ]);
    expect(JSON.parse(String((await rows())[0]?.['after']))).toEqual({
      account_number: account.number,
      amount: '100.0000',
      currency: 'KES',
      source_transaction_id: credited.body.source_transaction_id,
    });
  });
});

describe('lists', () => {
  it('filter, and page without a gap or a repeat', async () => {
    const shop = await newShop();
    const [account, other] = [await accountOf(shop), await accountOf(shop)];
    const second = await makeService(api, database.db, shop.tenantId);
    for (let i = 0; i < 3; i++) {
      await post(shop.key, 'CREDIT', bodyOf(shop, account));
      await post(shop.key, 'DEBIT', bodyOf(shop, account, { transaction_amount: 1, client_service_code: second }));
      await post(shop.key, 'CREDIT', bodyOf(shop, other));
    }
    clock.set(NOW + 1_000);
    const moved = await transfer(shop.key, {
      source_account_number: account.number,
      destination_account_number: other.number,
      client_service_code: second,
      transaction_amount: 1,
      source_transaction_id: nextSource(),
      transaction_source: 'INTERNAL',
      transaction_date: '2022-07-29T12:34:56Z',
    });
    clock.set(NOW);
    const list = async (query: string, key = shop.key): Promise<Body[]> => {
      const rows: Body[] = [];
      let after = '';
      for (;;) {
        const { body, status } = await api.call('GET', `/api/v1/transactions?limit=2${query}${after}`, key);
        expect(status, JSON.stringify(body)).toBe(200);
        rows.push(...body.data);
        if (!body.has_more) return rows;
        after = `&after=${body.next_cursor}`;
      }
    };
    const ids = (rows: Body[]) => rows.map((row) => row['transaction_id']);
    const all = await list('');
    expect(all).toHaveLength(11);
    expect(new Set(ids(all)).size).toBe(11);
    expect(ids(all)).toEqual([...ids(all)].sort((a, b) => (BigInt(a as string) < BigInt(b as string) ? 1 : -1)));
    expect(ids(all).slice(0, 2)).toEqual([
      moved.body.destination_transaction.transaction_id,
      moved.body.source_transaction.transaction_id,
    ]);
    for (const row of all) {
      const sign = row['transaction_type'] === 'CREDIT' ? 1 : -1;
      expect(Number(row['previous_balance']) + sign * Number(row['transaction_amount'])).toBeCloseTo(
        Number(row['current_balance']),
        6,
      );
    }
    expect(await list(`&account_number=${account.number}`)).toHaveLength(7);
    expect(await list('&transaction_type=DEBIT')).toHaveLength(4);
    expect(await list(`&account_number=${account.number}&transaction_type=DEBIT`)).toHaveLength(4);
    expect(await list(`&client_service_code=${second}`)).toHaveLength(5);
    expect(await list(`&client_service_code=${second}&account_number=${other.number}`)).toHaveLength(1);
    expect(await list('&client_service_code=NOSUCHONE1')).toHaveLength(0);
    const later = new Date(NOW + 1_000).toISOString();
    expect(await list(`&from=${later}`)).toHaveLength(2);
    expect(await list(`&to=${later}`)).toHaveLength(9);
    expect(await list(`&account_number=${account.number}&from=${later}`)).toHaveLength(1);
    expect(await list(`&client_code=${all[0]?.['client_code']}`, operator)).toEqual(all);
    expect(
      (await api.call('GET', `/api/v1/transactions?client_code=${all[0]?.['client_code']}`, (await newShop()).key))
        .status,
    ).toBe(404);
    expect((await list(`&account_number=${account.number}`, operator)).length).toBe(7);
    // The operator who names nobody sees every client's.
    const everyone = await api.call('GET', '/api/v1/transactions?limit=100', operator);
    expect(new Set(everyone.body.data.map((row: Body) => row['client_code'])).size).toBeGreaterThan(1);
  });
});
