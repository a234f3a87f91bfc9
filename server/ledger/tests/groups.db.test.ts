import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeTestDatabase } from '@/db/testing';
import { databaseClock, fixedClock } from '@/server/kernel/clock';
import { proveBooks } from '../books/prove';
import type { Command, Outcome } from '../core/types';
import { AnswerExists, type GroupOutcome, LedgerBusy } from '../ledger';
import { type LedgerHarness, openTestLedger } from '../testing';
import { groupRace, groupsAgainstReference } from './group-scenarios';
import { allAtOnce, balanceOf, faultsOf, openRaceTrack } from './race-harness';
import { countOf } from './seed';

test('random groups on PostgreSQL do what the reference ledger does', async () => {
  const { taken, refused } = await groupsAgainstReference(countOf('GROUP_SEQUENCES', 200));
  expect(taken).toBeGreaterThan(200);
  expect(refused).toBeGreaterThan(200);
}, 300_000);

test('groups from two processes among single debits: each is there whole or not at all', async () => {
  const { faults, taken, refused } = await groupRace(12, countOf('GROUP_RACES', 60));
  expect(faults).toEqual([]);
  expect(taken).toBeGreaterThan(50);
  expect(refused).toBeGreaterThan(50);
}, 120_000);

test('the same group at once from two processes: one effect; with one other amount: one of them, whole', async () => {
  const track = await openRaceTrack(databaseClock);
  try {
    const { h } = track;
    const [a, b] = [await h.openWallet(), await h.openWallet()];
    await h.ledger.submit(h.fund(a, 100_000n));
    for (let n = 0; n < 30; n++) {
      const group = [h.debit(a, 1n, `d_${n}`), h.transfer(a, b, 2n, `t_${n}`), h.fund(b, 3n, `c_${n}`)];
      const other = [...group.slice(0, 2), h.fund(b, 4n, `c_${n}`)];
      const before = await balanceOf(track, a);
      const answers = await Promise.all(
        [group, group, group, group].map((commands, i) => {
          const ledger = track.ledgers[i % 2 === 0 ? 0 : 1];
          return ledger.submitAll(commands.map((command) => ({ ...command, id: ledger.nextId() })));
        }),
      );
      const firsts = answers.map((answer) => (answer.ok ? answer.outcomes.map(({ replayed }) => replayed) : []));
      expect(firsts.filter((each) => each.join() === 'false,false,false').length).toBe(1);
      expect(firsts.filter((each) => each.join() === 'true,true,true').length).toBe(3);
      expect(await balanceOf(track, a)).toBe(before - 3n);
      const conflict = await track.ledgers[1].submitAll(
        other.map((command) => ({ ...command, id: track.ledgers[1].nextId() })),
      );
      expect(conflict).toMatchObject({ ok: false, refusals: [{ index: 2, refusal: { code: 'reference_conflict' } }] });
    }
    // A group and a single command with one of its references.
    const both = await Promise.all([
      h.ledger.submitAll([h.debit(a, 5n, 'both'), h.debit(a, 6n, 'both_2')]),
      ...(await allAtOnce(track, h.debit(a, 5n, 'both'), 4)),
    ]);
    expect(both.every((answer) => answer.ok)).toBe(true);
    expect(await faultsOf(track, [])).toEqual([]);
  } finally {
    await track.close();
  }
}, 60_000);

describe('in one process', () => {
  const clock = fixedClock(Date.UTC(2026, 0, 15));
  let database: Awaited<ReturnType<typeof makeTestDatabase>>;
  let h: LedgerHarness;
  let wallet: string;
  let keys = 0;

  beforeAll(async () => {
    database = await makeTestDatabase();
    h = await openTestLedger(database, clock, { queueMax: 20, patienceMs: 500 });
    wallet = await h.openWallet();
    await h.ledger.submit(h.fund(wallet, 10_000n));
  });

  afterAll(async () => {
    expect((await proveBooks(database.db.pool)).findings).toEqual([]);
    await h.close();
    await database.close();
  });

  const balance = async (): Promise<number> => {
    const { rows } = await database.db.pool.query('select balance_minor as n from accounts where id = $1', [wallet]);
    return Number(rows[0].n);
  };
  const stored = async (key: string): Promise<number | null> =>
    (await database.db.pool.query('select from answers where tenant_id = $1 and key = $2', [h.tenantId, key])).rowCount;
  const answer = <D>(key: string, render: (decided: D) => string) => ({
    tenantId: h.tenantId,
    key,
    fingerprint: 'f',
    render: (decided: D) => ({ status: 200, body: render(decided) }),
  });
  const nextKey = (): string => `group_${++keys}`;

  test('each on its own: refusals leave the others be, and order counts', async () => {
    const other = await h.openWallet();
    const before = await balance();
    const outcomes = await h.ledger.submitEach([
      h.debit(other, 1n),
      h.transfer(wallet, other, 10n),
      h.debit(other, 10n),
      h.debit(other, 1n),
    ]);
    expect(outcomes.map((outcome) => 'ok' in outcome && outcome.ok)).toEqual([false, true, true, false]);
    expect(await balance()).toBe(before - 10);
  });

  // The core throws at the one, PostgreSQL refuses the other: nothing of the kind passes validation.
  const impossible = (which: string): Command =>
    which === 'core' ? h.debit(wallet, 0n) : { ...h.debit(wallet, 1n), description: 'a\u0000b' };

  test.each(['core', 'statement'])(
    'a command that cannot be written (%s) fails its group, and nothing beside it',
    async (which) => {
      const before = await balance();
      const key = nextKey();
      const results = await Promise.allSettled([
        h.ledger.submit(h.debit(wallet, 1n)),
        h.ledger.submitAll(
          [h.debit(wallet, 1n), impossible(which), h.debit(wallet, 1n)],
          answer(key, (decided: GroupOutcome) => String(decided.ok)),
        ),
        h.ledger.submit(h.debit(wallet, 1n)),
      ]);
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(await balance()).toBe(before - 2);
      expect(await stored(key)).toBe(0);
    },
  );

  test.each(['core', 'statement'])('each on its own, it (%s) fails alone and no answer is stored', async (which) => {
    const before = await balance();
    const key = nextKey();
    const commands = [h.debit(wallet, 1n), impossible(which), h.debit(wallet, 1n), h.debit(wallet, 1n)];
    const outcomes = await h.ledger.submitEach(
      commands,
      answer(key, (decided: readonly Outcome[]) => String(decided.length)),
    );
    expect(outcomes.map((outcome) => !(outcome instanceof Error) && outcome.ok)).toEqual([true, false, true, true]);
    expect(outcomes[1]).toBeInstanceOf(Error);
    expect(await balance()).toBe(before - 3);
    expect(await stored(key)).toBe(0);
  });

  test('an answer that exists leaves the whole group undone, of either kind', async () => {
    const before = await balance();
    const key = nextKey();
    const ok = await h.ledger.submitAll(
      [h.debit(wallet, 1n)],
      answer(key, (decided: GroupOutcome) => String(decided.ok)),
    );
    expect([ok.ok, await stored(key)]).toEqual([true, 1]);
    const commands = (): Command[] => [h.debit(wallet, 1n), h.debit(wallet, 1n)];
    await expect(
      h.ledger.submitAll(
        commands(),
        answer(key, () => 'x'),
      ),
    ).rejects.toThrow(AnswerExists);
    await expect(
      h.ledger.submitEach(
        commands(),
        answer(key, () => 'x'),
      ),
    ).rejects.toThrow(AnswerExists);
    expect(await balance()).toBe(before - 1);
  });

  test('a refused group stores its answer and nothing else', async () => {
    const before = await balance();
    const key = nextKey();
    const outcome = await h.ledger.submitAll(
      [h.debit(wallet, 1n), h.debit(wallet, 1_000_000n)],
      answer(key, (decided: GroupOutcome) => (decided.ok ? 'taken' : `refused ${decided.refusals.length}`)),
    );
    expect(outcome).toMatchObject({ ok: false, refusals: [{ index: 1, refusal: { code: 'insufficient_funds' } }] });
    const { rows } = await database.db.pool.query('select body from answers where key = $1', [key]);
    expect(rows).toEqual([{ body: 'refused 1' }]);
    expect(await balance()).toBe(before);
  });

  test('a group that does not fit into the queue is refused as a whole; one larger than the queue is taken alone', async () => {
    const before = await balance();
    const debits = (count: number): Command[] => Array.from({ length: count }, () => h.debit(wallet, 1n));
    const first = h.ledger.submitEach(debits(15));
    await expect(h.ledger.submitEach(debits(6))).rejects.toThrow(LedgerBusy);
    await expect(h.ledger.submitAll(debits(6))).rejects.toThrow(LedgerBusy);
    const second = h.ledger.submitAll(debits(5));
    expect((await first).length).toBe(15);
    expect((await second).ok).toBe(true);
    expect(await balance()).toBe(before - 20);
    expect((await h.ledger.submitEach(debits(30))).length).toBe(30);
    await expect(h.ledger.submitAll([])).rejects.toThrow(RangeError);
    await expect(h.ledger.submitAll(debits(1_001))).rejects.toThrow(RangeError);
  });
});
