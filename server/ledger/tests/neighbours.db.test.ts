import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeTestDatabase } from '@/db/testing';
import { fixedClock } from '@/server/kernel/clock';
import { proveBooks } from '../books/prove';
import { type LedgerHarness, openTestLedger } from '../testing';

/** Commands of a batch share a transaction and nothing else: one never changes what its neighbours are answered. */
const clock = fixedClock(Date.UTC(2026, 0, 15));
let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let h: LedgerHarness;
let stranger: LedgerHarness;
let wallet: string;

beforeAll(async () => {
  database = await makeTestDatabase();
  h = await openTestLedger(database, clock, { patienceMs: 500 });
  stranger = await openTestLedger(database, clock);
  wallet = await h.openWallet();
  await h.ledger.submit(h.fund(wallet, 10_000n));
});

afterAll(async () => {
  expect((await proveBooks(database.db.pool)).findings).toEqual([]);
  await stranger.close();
  await h.close();
  await database.close();
});

test('another tenant that names the wallet is refused, and its owner is not', async () => {
  const theirs = { ...h.debit(wallet, 5n, 'theirs'), tenantId: stranger.tenantId };
  for (const [first, second] of [
    [h.debit(wallet, 5n, 'mine_1'), { ...theirs, id: h.ledger.nextId() }],
    [{ ...theirs, id: h.ledger.nextId() }, h.debit(wallet, 5n, 'mine_2')],
  ] as const) {
    const outcomes = await Promise.all([h.ledger.submit(first), h.ledger.submit(second)]);
    for (const [command, outcome] of [
      [first, outcomes[0]],
      [second, outcomes[1]],
    ] as const) {
      if (command.tenantId === h.tenantId) expect(outcome).toMatchObject({ ok: true });
      else expect(outcome).toMatchObject({ ok: false, refusal: { code: 'account_not_found' } });
    }
  }
});

test('another tenant that names the wallet and its reference learns nothing', async () => {
  const inAnHour = clock.fixedMs() + 3_600_000;
  const mine = h.hold(wallet, 5n, inAnHour, 'hold_1');
  const theirs = { ...h.hold(wallet, 5n, inAnHour, 'hold_1'), tenantId: stranger.tenantId };
  expect(await h.ledger.submit(mine)).toMatchObject({ ok: true, replayed: false });
  const [again, answered] = await Promise.all([
    h.ledger.submit({ ...mine, id: h.ledger.nextId() }),
    h.ledger.submit(theirs),
  ]);
  expect(again).toMatchObject({ ok: true, replayed: true, hold: { id: mine.id } });
  expect(answered).toMatchObject({ ok: false, refusal: { code: 'account_not_found' } });
});

test('a command that the core cannot decide fails alone, and at once', async () => {
  // Nothing of the kind passes validation; were one to, it must not take 255 others with it.
  const impossible = h.debit(wallet, 0n, 'nothing');
  const submitted = [h.debit(wallet, 1n, 'before'), impossible, h.debit(wallet, 1n, 'after')].map((command) =>
    h.ledger.submit(command),
  );
  const outcomes = await Promise.allSettled(submitted);
  expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test('an answer that cannot be rendered fails alone', async () => {
  const answer = {
    tenantId: h.tenantId,
    key: 'k',
    fingerprint: 'f',
    render: (): never => {
      throw new Error('cannot be rendered');
    },
  };
  const outcomes = await Promise.allSettled([
    h.ledger.submit(h.debit(wallet, 1n, 'before_render')),
    h.ledger.submit(h.debit(wallet, 1n, 'render'), answer),
    h.ledger.submit(h.debit(wallet, 1n, 'after_render')),
  ]);
  expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test('a statement that PostgreSQL refuses fails alone', async () => {
  const outcomes = await Promise.allSettled([
    h.ledger.submit(h.debit(wallet, 1n, 'before_nul')),
    h.ledger.submit({ ...h.debit(wallet, 1n, 'nul'), description: 'a\u0000b' }),
    h.ledger.submit(h.debit(wallet, 1n, 'after_nul')),
  ]);
  expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});
