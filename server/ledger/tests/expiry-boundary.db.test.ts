import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { fixedClock } from '@/server/kernel/clock';
import type { Outcome } from '../core/types';
import { sweepExpired } from '../sweep';
import { balanceOf, faultsOf, openRaceTrack, type RaceTrack } from './race-harness';

/** Spec decision 15: a lot is spendable while now < `expires_at`, in the debit itself, swept or not. */
const START_MS = Date.UTC(2026, 5, 1);
const clock = fixedClock(START_MS);
const EXPIRES_MS = START_MS + 10_000;
let track: RaceTrack;
let wallet: string;

beforeAll(async () => {
  track = await openRaceTrack(clock);
});

beforeEach(async () => {
  clock.set(START_MS);
  wallet = await track.h.openWallet();
  await track.h.ledger.submit(track.h.promote(wallet, 100n, { expiresAtMs: EXPIRES_MS }));
});

afterAll(async () => {
  expect(await faultsOf(track, [])).toEqual([]);
  await track.close();
});

function codeOf(outcome: Outcome): string {
  return outcome.ok ? 'ok' : outcome.refusal.code;
}

test.each([
  [-1, 'ok', 40n],
  [0, 'insufficient_funds', 0n],
  [1, 'insufficient_funds', 0n],
])('a debit %i ms from the expiry: %s', async (offsetMs, code, balance) => {
  clock.set(EXPIRES_MS + offsetMs);
  expect(codeOf(await track.h.ledger.submit(track.h.debit(wallet, 60n)))).toBe(code);
  expect(await balanceOf(track, wallet)).toBe(balance);
});

test.each([-1, 0, 1])('debits and sweeps of two processes %i ms from the expiry agree', async (offsetMs) => {
  clock.set(EXPIRES_MS + offsetMs);
  const outcomes = await Promise.all(
    Array.from({ length: 40 }, (_, i) => {
      const ledger = track.ledgers[i % 2 === 0 ? 0 : 1];
      const command = i % 4 < 2 ? track.h.debit(wallet, 10n) : track.h.sweep(wallet);
      return ledger.submit({ ...command, id: ledger.nextId() }).then((outcome) => ({ kind: command.kind, outcome }));
    }),
  );
  const debited = outcomes.filter(({ kind, outcome }) => kind === 'debit' && outcome.ok).length;
  const expired = outcomes.flatMap(({ outcome }) => (outcome.ok ? outcome.expiries : []));
  if (offsetMs < 0) {
    expect(debited).toBe(10);
    expect(expired).toEqual([]);
    return;
  }
  expect(debited).toBe(0);
  // A refused debit may have been the one that posted the expiry; the books have one in either case.
  const { rows } = await track.admin.query<{ amount: string }>(
    `select amount_minor as amount from journals where account_id = $1 and kind = 'expiry'`,
    [wallet],
  );
  expect(rows).toEqual([{ amount: '100' }]);
  expect(await balanceOf(track, wallet)).toBe(0n);
});

test.each([
  [-1, 'ok'],
  [0, 'hold_not_active'],
  [1, 'hold_not_active'],
])('a capture %i ms from the hold’s expiry: %s', async (offsetMs, code) => {
  // The hold outlives its lot: what it pins stays valid until the hold ends.
  const endsMs = EXPIRES_MS + 5_000;
  const made = await track.h.ledger.submit(track.h.hold(wallet, 70n, endsMs));
  const holdId = made.ok ? (made.hold?.id ?? '') : '';
  clock.set(endsMs + offsetMs);
  expect(codeOf(await track.h.ledger.submit(track.h.capture(wallet, holdId, 50n)))).toBe(code);
  // The lot expired meanwhile: what the hold gave back goes at once.
  expect(await balanceOf(track, wallet)).toBe(0n);
});

test('the sweep posts what nothing else touched, once, however many sweep', async () => {
  clock.set(EXPIRES_MS);
  await Promise.all(track.ledgers.map((ledger) => sweepExpired(track.db.pool, ledger, clock.fixedMs())));
  const { rows } = await track.admin.query<{ n: string; events: string }>(
    `select count(*) as n, (select count(*) from events where account_id = $1 and type = 'wallet.credit_expired') as events
     from journals where account_id = $1 and kind = 'expiry'`,
    [wallet],
  );
  expect(rows).toEqual([{ n: '1', events: '1' }]);
});
