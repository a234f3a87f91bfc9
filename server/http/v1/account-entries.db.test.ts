import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { accountEntryListSchema } from '@/contracts/reports';
import { makeTestDatabase } from '@/db/testing';
import { type ApiHarness, openTestApi } from '@/server/http/testing';
import { fixedClock } from '@/server/kernel/clock';
import { proveBooks } from '@/server/ledger/books/prove';
import { type LedgerHarness, openTestLedger } from '@/server/ledger/testing';
import { openUsedBooks, type UsedBooks } from './report-testing';

const clock = fixedClock(Date.UTC(2026, 4, 24, 10));

let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let api: ApiHarness;
let harness: LedgerHarness;
let books: UsedBooks;

beforeAll(async () => {
  database = await makeTestDatabase();
  api = await openTestApi(database, { clock });
  harness = await openTestLedger(database, clock);
  books = await openUsedBooks({ api, db: database.db, harness, clock });
});

afterEach(async () => {
  expect((await proveBooks(database.db.pool)).findings).toEqual([]);
});

afterAll(async () => {
  await harness?.close();
  await api?.close();
  await database?.close();
});

describe('the entries of an account', () => {
  const path = (): string => `/v1/accounts/${books.number}/entries`;

  it('come newest first, each with its number, its journal and the other side', async () => {
    const { status, body } = await books.get(path());
    expect(status).toBe(200);
    expect(accountEntryListSchema.parse(body)).toEqual(body);
    const { body: statement } = await books.get(`/v1/accounts/${books.number}/statement`);
    const same = [...body.data].reverse();
    expect(same.map(({ id }: { id: string }) => id)).toEqual(statement.entries.map(({ id }: { id: string }) => id));
    expect(same.map(({ sequence }: { sequence: number }) => sequence)).toEqual(
      statement.entries.map((_: unknown, index: number) => index + 1),
    );
    expect(body).toMatchObject({
      currency: 'GHS',
      opening_balance: 0,
      closing_balance: statement.closing_balance,
      entry_count: statement.entry_count,
    });
    const { body: journal } = await books.get(`/v1/journals/${body.data[0].journal_id}`);
    expect(body.data[0].reversal_of).toBe(journal.reversal_of);
    expect(journal.reversal_of).not.toBeNull();
    for (const entry of body.data) expect(entry.other_party.number).toBe(entry.other_party_account);
  });

  it('fit together page by page, whatever is posted meanwhile', async () => {
    const whole = (await books.get(path())).body.data;
    const paged: unknown[] = [];
    let after = '';
    do {
      const { body } = await books.get(`${path()}?limit=2${after}`);
      paged.push(...body.data);
      after = body.next_cursor === null ? '' : `&after=${body.next_cursor}`;
    } while (after !== '');
    expect(paged).toEqual(whole);
  });

  it('of a period begin and end with its balances', async () => {
    const { body } = await books.get(`${path()}?from=2026-05-24&to=2026-05-24`);
    expect(body).toMatchObject({ opening_balance: 0, entry_count: body.data.length });
    expect(body.closing_balance).toBe(body.data[0].balance_after);
    const { body: later } = await books.get(`${path()}?from=2026-05-25`);
    expect(later.opening_balance).toBe(body.closing_balance);
    expect((await books.get(`${path()}?from=2026-05-26&to=2026-05-24`)).status).toBe(400);
  });

  it('are another client’s nowhere', async () => {
    const other = await api.newClient({ name: 'Somebody else' });
    expect((await api.call('GET', path(), other.secret)).status).toBe(404);
  });
});

describe('accounts without wallets', () => {
  it('are all the others', async () => {
    const { body: all } = await books.get('/v1/accounts?limit=100');
    const { body: some } = await books.get('/v1/accounts?limit=100&include_wallets=false');
    expect(some.data).toEqual(all.data.filter(({ type }: { type: string }) => type !== 'CUSTOMER_WALLET'));
    expect(some.data.length).toBeLessThan(all.data.length);
    expect((await books.get('/v1/accounts?include_wallets=maybe')).status).toBe(400);
  });
});
