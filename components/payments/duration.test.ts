import { describe, expect, it } from 'vitest';
import { formatDuration, ticksOf } from './duration';

describe('formatDuration', () => {
  it.each([
    [0, '0 ms'],
    [6, '6 ms'],
    [99, '99 ms'],
    [100, '0.10 s'],
    [833, '0.83 s'],
    [23_460, '23.46 s'],
    [60_000, '1 min'],
    [200_000, '3 min 20 s'],
    [3_600_000, '1 h'],
    [18_720_000, '5 h 12 min'],
    [172_800_000, '2 d'],
    [273_600_000, '3 d 4 h'],
  ])('writes %i ms as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});

describe('ticksOf', () => {
  it('has five marks after zero at the most, the last with its unit, all within the whole', () => {
    for (const total of [1, 7, 49, 512, 1_000, 2_148, 26_000, 90_000, 653_000, 5_000_000, 90_000_000, 2e9]) {
      const ticks = ticksOf(total);
      expect(ticks.length, String(total)).toBeGreaterThanOrEqual(2);
      expect(ticks.length, String(total)).toBeLessThanOrEqual(6);
      expect(ticks[0]?.label).toBe('0');
      expect(ticks.at(-1)?.label).toMatch(/^[0-9.]+ (ms|s|min|h)$/);
      for (const { at } of ticks) expect(at).toBeLessThanOrEqual(1);
    }
  });

  it('counts seconds from a second on', () => {
    expect(ticksOf(26_000).map(({ label }) => label)).toEqual(['0', '5', '10', '15', '20', '25 s']);
    expect(ticksOf(2_148).map(({ label }) => label)).toEqual(['0', '0.5', '1', '1.5', '2 s']);
  });
});
