/**
 * Ids of the ledger: 63 bits as 41 bits of milliseconds, 7 of worker, 10 of counter, 5 of leg. Time-ordered, unique
 * across processes by the worker number, made by the application so that a retry can name its own effect.
 */
const EPOCH_MS = Date.UTC(2025, 0, 1);
const COUNTER_MAX = 1023;
const ID_MAX = 2n ** 63n - 1n;

/** @param worker 0…127, from the database's `id_workers` sequence. */
export function idSource(worker: number, wallClockMs: () => number = Date.now): () => string {
  if (!Number.isInteger(worker) || worker < 0 || worker > 127) throw new RangeError('A worker number is 0 to 127.');
  let lastMs = 0;
  let counter = 0;
  return () => {
    const nowMs = wallClockMs() - EPOCH_MS;
    if (nowMs > lastMs) {
      lastMs = nowMs;
      counter = 0;
    } else if (++counter > COUNTER_MAX) {
      // A full millisecond, or a clock set back: borrow from the next, never repeat.
      lastMs += 1;
      counter = 0;
    }
    return String((BigInt(lastMs) << 22n) | BigInt((worker << 15) | (counter << 5)));
  };
}

/** The least id that could be made at an instant; 0 for any before ids began. */
export function idAt(ms: number): string {
  const sinceEpoch = BigInt(Math.floor(ms) - EPOCH_MS);
  if (sinceEpoch <= 0n) return '0';
  const least = sinceEpoch << 22n;
  return String(least > ID_MAX ? ID_MAX : least);
}

/** The id of an entry: its journal's with the leg in the low five bits. */
export function entryId(journalId: string, leg: number): string {
  return String(BigInt(journalId) + BigInt(leg));
}

export function splitEntryId(id: string): { journalId: string; leg: number } {
  const value = BigInt(id);
  const leg = value & 31n;
  return { journalId: String(value - leg), leg: Number(leg) };
}
