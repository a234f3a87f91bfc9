import { expect, it } from 'vitest';
import { parseRetryAfter, RETRY_DELAYS_MS, retryDelayMs } from './retry-schedule';

it('is 0, 5 s, 5 m, 30 m, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h, then nothing', () => {
  expect(RETRY_DELAYS_MS.map((ms) => ms / 1_000)).toEqual([
    0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400,
  ]);
  expect(retryDelayMs(1, null, 0)).toBe(5_000);
  expect(retryDelayMs(9, null, 0)).toBe(86_400_000);
  expect(retryDelayMs(10, null, 0)).toBeNull();
});

it('adds up to a tenth, never takes away', () => {
  expect(retryDelayMs(2, null, 0.999_999)).toBe(330_000);
  expect(retryDelayMs(2, null, 0)).toBe(300_000);
});

it('waits for as long as the receiver asks, a day at most', () => {
  expect(retryDelayMs(1, 60_000, 0)).toBe(60_000);
  expect(retryDelayMs(3, 60_000, 0)).toBe(1_800_000);
  expect(retryDelayMs(1, 10 * 86_400_000, 0)).toBe(86_400_000);
  expect(retryDelayMs(10, 60_000, 0)).toBeNull();
});

it('reads seconds and dates', () => {
  const nowMs = Date.UTC(2026, 5, 1);
  expect(parseRetryAfter('120', nowMs)).toBe(120_000);
  expect(parseRetryAfter('Mon, 01 Jun 2026 00:01:00 GMT', nowMs)).toBe(60_000);
  for (const value of [undefined, '', 'soon', '-5', '1.5e3', 'Mon, 01 Jun 2020 00:01:00 GMT']) {
    expect(parseRetryAfter(value, nowMs)).toBeNull();
  }
});
