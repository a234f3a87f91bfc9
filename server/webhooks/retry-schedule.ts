const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How long after the attempt before it each attempt comes: three days and more in all. */
export const RETRY_DELAYS_MS: readonly number[] = [
  0,
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];

/** Up to so much of a delay is added, so that what failed together does not come back together. */
export const JITTER = 0.1;

/** A receiver may ask for time, within reason. */
const RETRY_AFTER_MS_MAX = 24 * HOUR;

/**
 * How long to wait before the next attempt, or null when there is none.
 * @param attempts made so far, one at least
 * @param retryAfterMs what the receiver asked for: never sooner than that
 * @param random 0 up to 1
 */
export function retryDelayMs(attempts: number, retryAfterMs: number | null, random: number): number | null {
  const delay = RETRY_DELAYS_MS[attempts];
  if (delay === undefined) return null;
  const jittered = Math.round(delay * (1 + JITTER * random));
  return Math.max(jittered, Math.min(retryAfterMs ?? 0, RETRY_AFTER_MS_MAX));
}

/** `Retry-After` (RFC 9110, 10.2.3): seconds or a date. Null for anything else, and for what is past. */
export function parseRetryAfter(value: string | undefined, nowMs: number): number | null {
  if (value === undefined) return null;
  const text = value.trim();
  const ms = /^[0-9]{1,9}$/.test(text) ? Number(text) * SECOND : Date.parse(text) - nowMs;
  return Number.isFinite(ms) && ms > 0 ? ms : null;
}
