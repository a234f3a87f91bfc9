const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** For how long the provider is asked before a person is (payments.md). */
export const ASKED_FOR_MS = 24 * HOUR_MS;

/** Pauses between polls: fast while people wait, slow while nobody does. */
const PAUSES_MS: readonly number[] = [
  10 * SECOND_MS,
  20 * SECOND_MS,
  40 * SECOND_MS,
  90 * SECOND_MS,
  3 * MINUTE_MS,
  5 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  1 * HOUR_MS,
  2 * HOUR_MS,
  4 * HOUR_MS,
];

/**
 * When to ask next, or null when the day is over.
 * @param polls how often has been asked already
 */
export function nextPollAt(createdAtMs: number, polls: number, nowMs: number): number | null {
  const endMs = createdAtMs + ASKED_FOR_MS;
  if (nowMs >= endMs) return null;
  const pauseMs = PAUSES_MS[Math.min(polls, PAUSES_MS.length - 1)] as number;
  // The last question comes at the very end, so that the verdict rests on it.
  return Math.min(nowMs + pauseMs, endMs);
}

/** After a message on a callback URL could not be worked on: the database or a provider was away. */
export function nextInboxTryAt(tries: number, nowMs: number): number {
  const pauseMs = PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)] as number;
  return nowMs + pauseMs;
}
