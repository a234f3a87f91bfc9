/**
 * One clock authority: PostgreSQL's. `fixedMs()` is null in production, which tells every statement to use the
 * database's own time; tests inject a time, which then counts everywhere instead.
 */
export interface Clock {
  fixedMs(): number | null;
}

export const databaseClock: Clock = { fixedMs: () => null };

/** A clock that stands where a test puts it. */
export function fixedClock(startMs: number): { fixedMs(): number; set(ms: number): void; advance(ms: number): void } {
  let nowMs = startMs;
  return {
    fixedMs: () => nowMs,
    set: (ms) => {
      nowMs = ms;
    },
    advance: (ms) => {
      nowMs += ms;
    },
  };
}
