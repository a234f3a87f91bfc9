import { describe, expect, it } from 'vitest';
import { monthsFrom, monthsShown, monthWords, weeksOf } from './months';
import { withGaps } from './row-groups';

describe('a calendar', () => {
  it('begins its weeks on Monday', () => {
    const weeks = weeksOf('2026-08');
    expect(weeks[0]).toEqual([null, null, null, null, null, '2026-08-01', '2026-08-02']);
    expect(weeks.at(-1)).toEqual(['2026-08-31', null, null, null, null, null, null]);
    expect(weeksOf('2027-02')).toHaveLength(4);
  });

  it('goes over a year’s end', () => {
    expect(monthsFrom('2026-11', 3)).toEqual(['2026-11', '2026-12', '2027-01']);
    expect(monthWords('2026-12', '2026')).toBe('December');
    expect(monthWords('2027-01', '2026')).toBe('January 2027');
  });

  it('shows this month and the next ones in which something ends', () => {
    expect(monthsShown('2026-06-17', ['2026-08-31', '2026-07-17', '2026-07-31', '2027-01-01'], 3)).toEqual([
      '2026-06',
      '2026-07',
      '2026-08',
    ]);
  });
});

describe('failing rows among their neighbours', () => {
  it('say how many rows in order lie between', () => {
    const rows = [416, 417, 418, 731, 732].map((line) => ({ line }));
    expect(withGaps(rows).map((one) => ('line' in one ? one.line : `+${one.gap}`))).toEqual([
      416,
      417,
      418,
      '+312',
      731,
      732,
    ]);
  });
});
