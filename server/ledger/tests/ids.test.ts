import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entryId, idAt, idSource, splitEntryId } from '../ids';

/** A wall clock that jumps both ways, as clocks that are set do. */
const jumps = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 300 });
const START_MS = Date.UTC(2026, 0, 1);

function clockOf(steps: readonly number[]): () => number {
  let nowMs = START_MS;
  let i = 0;
  return () => {
    nowMs += steps[i++ % steps.length] ?? 0;
    return nowMs;
  };
}

test('ids rise strictly, whatever the clock does, and leave room for legs', () => {
  fc.assert(
    fc.property(jumps, fc.integer({ min: 0, max: 127 }), (steps, worker) => {
      const next = idSource(worker, clockOf(steps));
      let before = -1n;
      for (let i = 0; i < 3_000; i++) {
        const id = BigInt(next());
        expect(id > before + 31n && id % 32n === 0n && id < 2n ** 63n).toBe(true);
        before = id;
      }
    }),
    { numRuns: 30 },
  );
});

test('a clock that stands still, or goes back by an hour, repeats nothing', () => {
  for (const wallClockMs of [() => START_MS, clockOf([0, 0, -3_600_000])]) {
    const next = idSource(5, wallClockMs);
    const ids = Array.from({ length: 10_000 }, next);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1))).toEqual(ids);
  }
});

test('two workers never make the same, at the same millisecond', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 0, max: 127 }), { minLength: 2, maxLength: 6 }),
      jumps,
      (workers, steps) => {
        const ids = workers.flatMap((worker) => Array.from({ length: 1_500 }, idSource(worker, clockOf(steps))));
        expect(new Set(ids).size).toBe(ids.length);
      },
    ),
    { numRuns: 20 },
  );
});

test('the time of an id is the time it was made', () => {
  const id = BigInt(idSource(127, () => START_MS)());
  expect(Number(id >> 22n) + Date.UTC(2025, 0, 1)).toBe(START_MS);
  expect(Number((id >> 15n) & 127n)).toBe(127);
});

test('a worker number is 0 to 127', () => {
  for (const worker of [-1, 128, 1.5, Number.NaN]) expect(() => idSource(worker)).toThrow(RangeError);
});

test('an entry’s id is its journal’s with the leg, and back', () => {
  const journalId = idSource(3, () => START_MS)();
  for (let leg = 1; leg <= 31; leg++) expect(splitEntryId(entryId(journalId, leg))).toEqual({ journalId, leg });
});

test('an instant bounds the ids made from it on', () => {
  const before = BigInt(idSource(127, () => START_MS - 1)());
  const first = BigInt(idSource(0, () => START_MS)());
  expect(BigInt(idAt(START_MS))).toBeGreaterThan(before);
  expect(BigInt(idAt(START_MS))).toBeLessThanOrEqual(first);
  expect(idAt(0)).toBe('0');
  expect(idAt(Date.UTC(9999, 0, 1))).toBe('9223372036854775807');
});
