import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  accountStatementSchema,
  apiV1StatementSchema,
  apiV1TrialBalanceSchema,
  trialBalanceSchema,
} from '@/contracts/reports';
import { makeTestDatabase } from '@/db/testing';
import { type ApiAnswer, type ApiHarness, openTestApi } from '@/server/http/testing';
import { fixedClock } from '@/server/kernel/clock';
import { proveBooks } from '@/server/ledger/books/prove';
import { type LedgerHarness, openTestLedger } from '@/server/ledger/testing';
import { type MadeOperator, makeOperator, tokenFor } from '@/server/staff/testing';
import { type Books, openBooks, openUsedBooks, type UsedBooks } from './report-testing';

const START = Date.UTC(2026, 4, 24, 10);
const DAY = 86_400_000;
const clock = fixedClock(START);

let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let api: ApiHarness;
/** Makes commands; they go to whichever tenant a test says. */
let harness: LedgerHarness;
let operator: MadeOperator;

beforeAll(async () => {
  database = await makeTestDatabase();
  api = await openTestApi(database, { clock });
  harness = await openTestLedger(database, clock);
  operator = await makeOperator(api.services);
});

afterEach(async () => {
  expect((await proveBooks(database.db.pool)).findings).toEqual([]);
});

afterAll(async () => {
  await harness?.close();
  await api?.close();
  await database?.close();
});

/** The clock runs for days here, so a token of the beginning would have expired. */
const operatorToken = (): Promise<string> => tokenFor(database.db, clock, operator.user);
const newBooks = (): Promise<Books> => openBooks({ api, db: database.db });
const usedBooks = (): Promise<UsedBooks> => openUsedBooks({ api, db: database.db, harness, clock });

const numbersOf = async (books: Books): Promise<Map<string, string>> => {
  const { rows } = await database.db.pool.query<{ type: string; number: string }>(
    'select type, number from accounts where tenant_id = $1',
    [books.client.testTenantId],
  );
  return new Map(rows.map((row) => [row.type, row.number]));
};

const csvLines = (text: string): string[] => {
  expect(text.endsWith('\r\n')).toBe(true);
  return text.slice(0, -2).split('\r\n');
};

describe('the trial balance', () => {
  it('has every type in two columns that agree', async () => {
    const books = await usedBooks();
    const { status, headers, body } = await books.get('/v1/reports/trial_balance');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json');
    expect(trialBalanceSchema.parse(body)).toEqual(body);
    expect(body).toMatchObject({ object: 'trial_balance', client_id: books.client.publicId, balanced: true });
    const [ghs] = body.currencies;
    expect(ghs).toMatchObject({ currency: 'GHS', total_debit: 10_000, total_credit: 10_000, balanced: true });
    expect(ghs.accounts).toBeUndefined();
    expect(ghs.types).toContainEqual({
      type: 'EXTERNAL_SETTLEMENT',
      normal_side: 'debit',
      accounts: 1,
      debit: 10_000,
      credit: 0,
    });
  });

  it('lists every account in detail, and is the same at its own instant later', async () => {
    const books = await usedBooks();
    const first = await books.get('/v1/reports/trial_balance?detail=accounts');
    expect(trialBalanceSchema.parse(first.body)).toEqual(first.body);
    const wallet = first.body.currencies[0].accounts.find(
      (account: { account_number: string }) => account.account_number === books.number,
    );
    expect(wallet).toMatchObject({ type: 'CUSTOMER_WALLET', name: 'Wallet GHS of cus_1', debit: 0, credit: 10_000 });
    clock.advance(DAY);
    await books.submit(harness.fund(books.accountId, 77n));
    const again = await books.get(`/v1/reports/trial_balance?detail=accounts&at=${first.body.at}`);
    expect(again.body).toEqual(first.body);
    const later = await books.get('/v1/reports/trial_balance');
    expect(later.body.currencies[0].total_debit).toBe(10_077);
  });

  it('takes a day for its end', async () => {
    const books = await usedBooks();
    const day = new Date(clock.fixedMs() - DAY).toISOString().slice(0, 10);
    const { body } = await books.get(`/v1/reports/trial_balance?at=${day}`);
    expect(body.at).toBe(`${day}T23:59:59.999Z`);
    expect(body.currencies[0].total_debit).toBe(9_000);
  });

  it('comes as CSV when the query or the Accept header says so', async () => {
    const books = await usedBooks();
    const asked = await books.get('/v1/reports/trial_balance?format=csv&detail=accounts');
    expect(asked.headers.get('content-type')).toMatch(/^text\/csv; charset=utf-8/);
    expect(asked.headers.get('content-disposition')).toMatch(
      new RegExp(`^attachment; filename="trial-balance-${books.client.publicId}-[0-9]{8}T[0-9]{6}Z\\.csv"$`),
    );
    const lines = csvLines(asked.body);
    expect(lines[0]).toBe('at,currency,account_type,account_number,account_name,debit,credit,balanced');
    expect(lines).toContainEqual(
      expect.stringMatching(new RegExp(`,GHS,CUSTOMER_WALLET,${books.number},Wallet GHS of cus_1,0\\.00,100\\.00,$`)),
    );
    expect(lines.at(-1)).toMatch(/,GHS,TOTAL,,,100\.00,100\.00,true$/);
    const accepted = await books.get('/v1/reports/trial_balance?detail=accounts', { Accept: 'text/csv' });
    expect(accepted.body).toBe(asked.body);
    const both = await books.get('/v1/reports/trial_balance?format=json', { Accept: 'text/csv' });
    expect(both.headers.get('content-type')).toBe('application/json');
  });

  it.each([
    ['at=yesterday', 'at'],
    ['at=2026-05-24T10:00:00', 'at'],
    ['at=2999-01-01T00:00:00Z', 'at'],
    ['currency=ghs', 'currency'],
    ['detail=wallets', 'detail'],
    ['format=xlsx', 'format'],
  ])('refuses %s and names the field', async (query, param) => {
    const books = await newBooks();
    for (const path of ['/v1/reports/trial_balance', '/api/v1/trial-balance']) {
      const { status, body } = await books.get(`${path}?${query}`);
      expect(status).toBe(400);
      expect(body.error).toMatchObject({ code: 'parameter_invalid', param });
    }
  });

  it('is for those who may read accounts', async () => {
    const books = await newBooks();
    const { body } = await api.call('POST', '/v1/api_keys', books.client.secret, {
      name: 'Wallets',
      scopes: ['wallets:read'],
    });
    for (const path of [
      '/v1/reports/trial_balance',
      '/api/v1/trial-balance',
      `/v1/accounts/${books.number}/statement`,
      `/api/v1/accounts/${books.number}/statement`,
    ]) {
      expect((await api.call('GET', path, body.secret)).body.error.code).toBe('scope_missing');
    }
  });

  it('writes sums that a double cannot hold in full', async () => {
    const books = await newBooks();
    const { body } = await api.call('POST', '/v1/wallets', books.client.secret, {
      customer_id: 'cus_2',
      currency: 'GHS',
    });
    await books.submit(harness.fund(books.accountId, 9_007_199_254_740_991n));
    const { rows } = await database.db.pool.query<{ id: string }>(
      'select id from accounts where tenant_id = $1 and number = $2',
      [books.client.testTenantId, body.account_number],
    );
    await books.submit(harness.fund(rows[0]?.id ?? '', 9_007_199_254_740_990n));
    const response = await api.app.request('/v1/reports/trial_balance', {
      headers: { Authorization: `Bearer ${books.client.secret}` },
    });
    expect(await response.text()).toContain('"total_debit":18014398509481981,"total_credit":18014398509481981,');
  });

  it('speaks the other family’s words under /api/v1, and the operator names the client', async () => {
    const books = await usedBooks();
    const own = await books.get('/api/v1/trial-balance?detail=accounts');
    expect(apiV1TrialBalanceSchema.parse(own.body)).toEqual(own.body);
    expect(own.body.currencies[0]).toMatchObject({ total_debit: '100.0000', total_credit: '100.0000' });
    const named = `/api/v1/trial-balance?detail=accounts&client_code=${books.code}`;
    expect((await books.get(named)).body).toEqual(own.body);
    expect((await api.call('GET', named, await operatorToken())).body).toEqual(own.body);
    const header = { 'Pesewa-Client': books.code };
    const acting = await api.call('GET', '/v1/reports/trial_balance', await operatorToken(), undefined, header);
    expect(acting.body.client_id).toBe(books.client.publicId);
    const csv = await books.get('/api/v1/trial-balance?format=csv');
    expect(csv.headers.get('content-disposition')).toContain(`"trial-balance-${books.code}-`);
    expect(csvLines(csv.body).at(-1)).toMatch(/,GHS,TOTAL,,100\.0000,100\.0000,true$/);
    const other = await newBooks();
    const foreign = await other.get(named);
    expect(foreign.status).toBe(404);
    expect(foreign.body.error.code).toBe('resource_missing');
  });
});

describe('an account statement', () => {
  it('shows every entry with its other party, fees as entries of their own, and adds up', async () => {
    const books = await usedBooks();
    const { status, body } = await books.get(`/v1/accounts/${books.number}/statement`);
    expect(status).toBe(200);
    expect(accountStatementSchema.parse(body)).toEqual(body);
    const numbers = await numbersOf(books);
    const [outside, fees, taxes] = [
      numbers.get('EXTERNAL_SETTLEMENT'),
      numbers.get('COMMISSION_ACCOUNT'),
      numbers.get('COMMISSION_TAX_ACCOUNT'),
    ];
    const row = ({ type, part, amount, balance_after, other_party_account }: Record<string, unknown>) => [
      type,
      part,
      amount,
      balance_after,
      other_party_account,
    ];
    expect(body.entries.map(row)).toEqual([
      ['credit', 'principal', 10_000, 10_000, outside],
      ['debit', 'principal', -1_000, 9_000, outside],
      ['debit', 'fee', -30, 8_970, fees],
      ['debit', 'tax', -5, 8_965, taxes],
      ['reversal', 'principal', 1_000, 9_965, outside],
      ['reversal', 'fee', 30, 9_995, fees],
      ['reversal', 'tax', 5, 10_000, taxes],
    ]);
    expect(body).toMatchObject({
      opening_balance: 0,
      closing_balance: 10_000,
      total_in: 11_035,
      total_out: 1_035,
      entry_count: 7,
    });
    const byId = await books.get(`/v1/accounts/${body.account_id}/statement`);
    expect(byId.body).toEqual(body);
  });

  it('shares its boundaries with its neighbours, empty periods too', async () => {
    const books = await usedBooks();
    const middle = new Date(clock.fixedMs() - DAY).toISOString();
    const path = `/v1/accounts/${books.number}/statement`;
    const early = (await books.get(`${path}?to=${middle}`)).body;
    const late = (await books.get(`${path}?from=${middle}`)).body;
    expect([early.entry_count, late.entry_count]).toEqual([1, 6]);
    expect(late.opening_balance).toBe(early.closing_balance);
    const none = (await books.get(`${path}?from=${middle}&to=${middle}`)).body;
    expect(none).toMatchObject({ opening_balance: 10_000, entries: [], closing_balance: 10_000, entry_count: 0 });
    const before = (await books.get(`${path}?to=2020-01-01`)).body;
    expect(before).toMatchObject({ opening_balance: 0, entries: [], closing_balance: 0 });
  });

  it('comes as CSV with formulas made harmless, totals and a closing row', async () => {
    const books = await usedBooks();
    const { headers, body } = await books.get(`/v1/accounts/${books.number}/statement`, { Accept: 'text/csv' });
    expect(headers.get('content-disposition')).toBe(`attachment; filename="statement-${books.number}.csv"`);
    const lines = csvLines(body);
    expect(lines[0]).toBe(
      'date,transaction_id,type,part,description,reference,other_party_account,debit,credit,balance,currency,amount_minor,balance_minor',
    );
    expect(lines[3]).toContain(",debit,principal,Test,'=SUM(A1),");
    expect(lines.at(-2)).toMatch(/,totals,,,,,10\.35,110\.35,,GHS,10000,$/);
    expect(lines.at(-1)).toMatch(/,closing_balance,,,,,,,100\.00,GHS,,10000$/);
  });

  it('leaves the wallet’s own statement as it was', async () => {
    const books = await usedBooks();
    const { headers, body } = await books.get(`/v1/wallets/${books.walletId}/statement`);
    expect(headers.get('content-disposition')).toBe(`attachment; filename="statement-${books.walletId}.csv"`);
    const lines = csvLines(body);
    expect(lines[0]).toBe(
      'date,transaction_id,type,description,reference,debit,credit,balance,currency,amount_minor,balance_minor',
    );
    expect(lines[1]).toMatch(/^[^,]+,,opening_balance,,,,,0\.00,GHS,,0$/);
    expect(lines[3]).toMatch(/,debit,Test,'=SUM\(A1\),10\.00,,90\.00,GHS,-1000,9000$/);
    expect(lines.at(-1)).toMatch(/^[^,]+,,closing_balance,,,,,100\.00,GHS,,10000$/);
    expect(lines).toHaveLength(10);
  });

  it('speaks the other family’s words under /api/v1', async () => {
    const books = await usedBooks();
    const path = `/api/v1/accounts/${books.number}/statement`;
    const { body } = await books.get(path);
    expect(apiV1StatementSchema.parse(body)).toEqual(body);
    expect(body).toMatchObject({ opening_balance: '0.0000', closing_balance: '100.0000', total_out: '10.3500' });
    expect(body.transactions[1]).toMatchObject({
      transaction_id: String(BigInt(books.debit.journal.id) + 1n),
      transaction_type: 'DEBIT',
      transaction_amount: '10.0000',
      previous_balance: '100.0000',
      current_balance: '90.0000',
      entry: 'PRINCIPAL',
    });
    expect(body.transactions[4].source_transaction_id).toBe('RVS1=SUM(A1)');
    const csv = await books.get(`${path}?format=csv`);
    expect(csvLines(csv.body).at(-1)).toMatch(/,CLOSING_BALANCE,,,,,,,100\.0000,GHS$/);
    expect((await api.call('GET', path, await operatorToken())).body).toEqual(body);
  });

  it('of the system’s own accounts begins at their first entry', async () => {
    const books = await usedBooks();
    const fees = (await numbersOf(books)).get('COMMISSION_ACCOUNT');
    const { body } = await books.get(`/v1/accounts/${fees}/statement`);
    expect(body.entries.map(({ part, amount }: Record<string, unknown>) => [part, amount])).toEqual([
      ['fee', 30],
      ['fee', -30],
    ]);
    expect(body.entries[0].other_party_account).toBe(books.number);
  });

  it('posts what has expired first, so that it closes at the balance', async () => {
    const books = await newBooks();
    await books.submit(harness.promote(books.accountId, 50n, { expiresAtMs: clock.fixedMs() + 1 }));
    clock.advance(DAY);
    const { body } = await books.get(`/v1/accounts/${books.number}/statement`);
    expect(body).toMatchObject({ closing_balance: 0, entry_count: 2 });
  });

  it('is not there for another client, as if the account were not', async () => {
    const [books, other] = [await usedBooks(), await newBooks()];
    const { account_id: id } = (await books.get(`/v1/accounts/${books.number}/statement`)).body;
    const hide = ({ body }: ApiAnswer) => ({ ...body.error, request_id: '' });
    const absent = await other.get('/v1/accounts/99999999/statement');
    expect(absent.status).toBe(404);
    for (const named of [books.number, id]) {
      const foreign = await other.get(`/v1/accounts/${named}/statement`);
      expect(foreign.status).toBe(404);
      expect(hide(foreign)).toEqual(hide(absent));
      const inOtherWords = await other.get(`/api/v1/accounts/${named}/statement?format=csv`);
      expect(inOtherWords.status).toBe(404);
      expect(inOtherWords.body.error.code).toBe('resource_missing');
    }
  });

  it.each([
    ['from=yesterday', 'from'],
    ['to=2026-13-01', 'to'],
    ['from=2026-05-02&to=2026-04-01', 'from'],
    ['format=xlsx', 'format'],
  ])('refuses %s and names the field', async (query, param) => {
    const books = await newBooks();
    for (const family of ['/v1', '/api/v1']) {
      const { status, body } = await books.get(`${family}/accounts/${books.number}/statement?${query}`);
      expect(status).toBe(400);
      expect(body.error).toMatchObject({ code: 'parameter_invalid', param });
    }
  });
});
