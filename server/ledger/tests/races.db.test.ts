import { afterAll, beforeAll, expect, test } from 'vitest';
import { databaseClock } from '@/server/kernel/clock';
import type { Command, Outcome } from '../core/types';
import { aService } from '../testing';
import { allAtOnce, balanceOf, faultsOf, mixedRace, openRaceTrack, type RaceTrack } from './race-harness';
import { countOf, seedOf } from './seed';
import { withoutReferences, withoutRowLock } from './weaken';

/** Races on the database's own clock, over two ledgers on one database, as two processes would be. */
let track: RaceTrack;

beforeAll(async () => {
  track = await openRaceTrack(databaseClock);
});

afterAll(() => track.close());

async function walletsWith(on: RaceTrack, count: number, amountMinor: bigint): Promise<string[]> {
  const wallets: string[] = [];
  for (let i = 0; i < count; i++) {
    const wallet = await on.h.openWallet();
    await on.h.ledger.submit(on.h.fund(wallet, amountMinor));
    wallets.push(wallet);
  }
  return wallets;
}

test('20 wallets × 32 workers of mixed operations: books finds nothing', async () => {
  const wallets = await walletsWith(track, 20, 5_000n);
  const heard = await mixedRace(track, wallets, 32, countOf('RACE_OPERATIONS', 150), seedOf('mixed race'));
  expect(await faultsOf(track, heard)).toEqual([]);
  // Everything happened: each kind succeeded, and some were refused.
  const ok = new Set(heard.filter((line) => line.outcome === 'ok').map((line) => line.kind));
  expect([...ok].sort()).toEqual([
    'capture',
    'change_account',
    'credit',
    'debit',
    'hold',
    'reverse',
    'sweep',
    'transfer',
    'void',
  ]);
  expect(heard.some((line) => line.why === 'insufficient_funds')).toBe(true);
}, 120_000);

test('control: without the row lock the mixed race shows', async () => {
  const weak = await openRaceTrack(databaseClock, withoutRowLock);
  try {
    const heard = await mixedRace(
      weak,
      await walletsWith(weak, 20, 5_000n),
      32,
      30,
      seedOf('mixed race without locks'),
    );
    const faults = await faultsOf(weak, heard);
    expect(faults.some((fault) => fault.startsWith('books 3'))).toBe(true);
  } finally {
    await weak.close();
  }
}, 120_000);

const REPEATED = ['debit', 'promotional credit', 'paid credit', 'transfer', 'hold'] as const;

/** The same reference 50 times at once. Returns what is wrong with the answers and the effects. */
async function repeatAtOnce(
  on: RaceTrack,
  wallets: readonly [string, string],
  kind: (typeof REPEATED)[number],
  reference: string,
): Promise<string[]> {
  const { h } = on;
  const [wallet, other] = wallets;
  const inAnHour = Date.now() + 3_600_000;
  const command: Command =
    kind === 'debit'
      ? h.debit(wallet, 3n, reference)
      : kind === 'promotional credit'
        ? h.promote(wallet, 3n, { reference, expiresAtMs: inAnHour })
        : kind === 'paid credit'
          ? h.fund(wallet, 3n, reference)
          : kind === 'transfer'
            ? h.transfer(wallet, other, 3n, reference)
            : h.hold(wallet, 3n, inAnHour, reference);
  const outcomes = await allAtOnce(on, command, 50);
  const faults: string[] = [];
  const firsts = outcomes.filter((outcome) => outcome.ok && !outcome.replayed);
  if (firsts.length !== 1) faults.push(`${firsts.length} of 50 answers say that they were the first.`);
  const answers = new Set(outcomes.map(answerText));
  if (answers.size !== 1) faults.push(`${answers.size} different answers: ${[...answers].slice(0, 2).join(' and ')}`);
  const table = kind === 'hold' ? 'holds' : 'journals';
  const { rows } = await on.admin.query<{ n: string }>(
    `select count(*) as n from ${table} where account_id = $1 and reference = $2`,
    [wallet, reference],
  );
  if (rows[0]?.n !== '1') faults.push(`${rows[0]?.n} effects of one reference.`);
  return faults;
}

/** What a caller is answered from: the journal or the hold, not whether it is a repetition. */
function answerText(outcome: Outcome): string {
  if (!outcome.ok) return outcome.refusal.code;
  const sorted = (_: string, value: unknown): unknown =>
    typeof value === 'bigint'
      ? `${value}n`
      : value !== null && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value;
  return JSON.stringify([outcome.posted, outcome.hold], sorted);
}

test('the same reference 50 times at once, 200 times over: one effect each, identical answers', async () => {
  const [wallet, other] = await walletsWith(track, 2, 100_000n);
  const before = await balanceOf(track, wallet as string);
  for (let n = 0; n < 200; n++) {
    const kind = REPEATED[n % REPEATED.length] as (typeof REPEATED)[number];
    expect(await repeatAtOnce(track, [wallet as string, other as string], kind, `same_${n}`), kind).toEqual([]);
  }
  // 40 of each: out by debits and transfers, in by two kinds of credit; holds move nothing.
  expect(await balanceOf(track, wallet as string)).toBe(before);
  expect(await faultsOf(track, [])).toEqual([]);
}, 120_000);

test('control: without the look-up and the unique index one reference has several effects', async () => {
  const weak = await openRaceTrack(databaseClock, withoutReferences);
  try {
    const [wallet, other] = await walletsWith(weak, 2, 100_000n);
    const faults: string[] = [];
    for (let n = 0; n < 10; n++) {
      const kind = REPEATED[n % REPEATED.length] as (typeof REPEATED)[number];
      faults.push(...(await repeatAtOnce(weak, [wallet as string, other as string], kind, `same_${n}`)));
    }
    expect(faults.some((fault) => fault.endsWith('effects of one reference.'))).toBe(true);
    expect(await faultsOf(weak, [])).toContainEqual(expect.stringMatching(/^books 10/));
  } finally {
    await weak.close();
  }
}, 60_000);

test('one reference, another amount at the same moment: one effect, the others conflict', async () => {
  const [wallet] = await walletsWith(track, 1, 10_000n);
  for (let n = 0; n < 20; n++) {
    const outcomes = await Promise.all(
      [1n, 2n, 3n, 4n].flatMap((amountMinor) =>
        track.ledgers.map((ledger) =>
          ledger.submit({ ...track.h.debit(wallet as string, amountMinor, `which_${n}`), id: ledger.nextId() }),
        ),
      ),
    );
    const ok = outcomes.filter((outcome) => outcome.ok);
    expect(ok.length).toBe(2);
    expect(ok.filter((outcome) => outcome.replayed).length).toBe(1);
    for (const outcome of outcomes) if (!outcome.ok) expect(outcome.refusal.code).toBe('reference_conflict');
  }
});

test('two reversals at once: one of them', async () => {
  const [wallet] = await walletsWith(track, 1, 10_000n);
  const service = aService(track.h.ledger.nextId());
  expect(service.refundFeesOnReversal).toBe(true);
  for (let n = 0; n < 25; n++) {
    const debit = await track.h.ledger.submit(track.h.debit(wallet as string, 7n));
    if (!debit.ok || debit.posted === null) throw new Error('refused');
    const outcomes = await allAtOnce(track, track.h.reverse(debit.posted), 8);
    expect(outcomes.filter((outcome) => outcome.ok).length).toBe(1);
    for (const outcome of outcomes) if (!outcome.ok) expect(outcome.refusal.code).toBe('already_reversed');
  }
  expect(await balanceOf(track, wallet as string)).toBe(10_000n);
});

test('a freeze during debits: what follows it in the books is refused', async () => {
  for (let n = 0; n < 20; n++) {
    const [wallet] = await walletsWith(track, 1, 10_000n);
    const debits = Array.from({ length: 30 }, (_, i) => {
      const ledger = track.ledgers[i % 2 === 0 ? 0 : 1];
      const debit = ledger.submit({ ...track.h.debit(wallet as string, 1n), id: ledger.nextId() });
      return i === 14
        ? track.ledgers[1].submit(track.h.setStatus(wallet as string, 'frozen')).then(() => debit)
        : debit;
    });
    const outcomes = await Promise.all(debits);
    const { rows } = await track.admin.query<{ sequence: string }>(
      `select after::json ->> 'sequence' as sequence from audit_log where object_id = $1 and action = 'wallet.freeze'`,
      [wallet],
    );
    const frozenAt = Number(rows[0]?.sequence);
    const taken = outcomes.filter((outcome) => outcome.ok);
    for (const outcome of taken) expect(outcome.posted?.entries[0]?.sequence).toBeLessThanOrEqual(frozenAt);
    for (const outcome of outcomes) if (!outcome.ok) expect(outcome.refusal.code).toBe('account_frozen');
    expect(await balanceOf(track, wallet as string)).toBe(10_000n - BigInt(taken.length));
  }
  expect(await faultsOf(track, [])).toEqual([]);
});

test('books takes changes of status in the order they happened, not in the order of their ids', async () => {
  const [wallet] = await walletsWith(track, 1, 100n);
  // Ids are made when a request arrives, and by several processes: a later change may have the smaller one.
  const thaw = track.h.setStatus(wallet as string, 'active');
  const freeze = track.h.setStatus(wallet as string, 'frozen');
  expect(await track.h.ledger.submit(freeze)).toMatchObject({ ok: true, changed: true });
  expect(await track.h.ledger.submit(thaw)).toMatchObject({ ok: true, changed: true });
  expect(await track.h.ledger.submit(track.h.debit(wallet as string, 1n))).toMatchObject({ ok: true });
  expect(await faultsOf(track, [])).toEqual([]);
});
