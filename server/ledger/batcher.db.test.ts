import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeTestDatabase } from '@/db/testing';
import { databaseClock } from '@/server/kernel/clock';
import { proveBooks } from './books/prove';
import { LedgerBusy } from './ledger';
import { type LedgerHarness, openTestLedger } from './testing';

let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let h: LedgerHarness;
let wallet: string;

beforeAll(async () => {
  database = await makeTestDatabase();
  h = await openTestLedger(database, databaseClock, { queueMax: 10 });
  wallet = await h.openWallet();
  await h.ledger.submit(h.fund(wallet, 1_000n));
});

afterAll(async () => {
  expect((await proveBooks(h.db.pool)).findings).toEqual([]);
  await h.close();
  await database.close();
});

async function balance(): Promise<string | undefined> {
  const { rows } = await h.db.pool.query<{ balance_minor: string }>(
    'select balance_minor from accounts where id = $1',
    [wallet],
  );
  return rows[0]?.balance_minor;
}

test('a connection that the database ends between batches is replaced', async () => {
  const admin = h.adminPool(database.url);
  const { rowCount } = await admin.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'pesewa-ledger' and datname = current_database()",
  );
  await admin.end();
  expect(rowCount).toBeGreaterThan(0);
  expect(await h.ledger.submit(h.debit(wallet, 1n))).toMatchObject({ ok: true, replayed: false });
  expect(await balance()).toBe('999');
});

test('past its bound the queue refuses at once and nothing of it is posted', async () => {
  const before = await balance();
  const taken = Array.from({ length: 10 }, () => h.ledger.submit(h.debit(wallet, 1n)));
  await expect(h.ledger.submit(h.debit(wallet, 1n))).rejects.toThrow(LedgerBusy);
  expect((await Promise.all(taken)).every((outcome) => outcome.ok)).toBe(true);
  expect(await balance()).toBe(String(Number(before) - 10));
});

test('a preview changes nothing and tells what would happen', async () => {
  const before = await balance();
  expect(await h.ledger.preview(h.debit(wallet, 5n))).toMatchObject({
    ok: true,
    posted: { journal: { amountMinor: 5n } },
  });
  expect(await h.ledger.preview(h.debit(wallet, 5_000n))).toMatchObject({
    ok: false,
    refusal: { code: 'insufficient_funds' },
  });
  expect(await balance()).toBe(before);
});

test('a closed ledger takes nothing more', async () => {
  const other = await openTestLedger(database, databaseClock);
  await other.close();
  await expect(other.ledger.submit(h.debit(wallet, 1n))).rejects.toThrow(LedgerBusy);
});
