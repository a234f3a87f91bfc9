import { describe, expect, it } from 'vitest';
import { before, daysIn, periodOf, presets } from './period';

const NOW = Date.UTC(2026, 2, 15, 10);

describe('a report’s period', () => {
  it('is the last thirty days without a choice', () => {
    expect(periodOf({}, NOW)).toEqual({ from: '2026-02-14', to: '2026-03-15' });
    expect(daysIn(periodOf({}, NOW))).toBe(30);
  });

  it('is what the address says, in whichever order, and never what is not a day', () => {
    expect(periodOf({ from: '2026-03-09', to: '2026-03-01' }, NOW)).toEqual({ from: '2026-03-01', to: '2026-03-09' });
    expect(periodOf({ from: 'yesterday', to: '2026-13-40' }, NOW)).toEqual(periodOf({}, NOW));
    expect(periodOf({ to: '2026-01-31' }, NOW)).toEqual({ from: '2026-01-02', to: '2026-01-31' });
  });

  it('has one of the same length just before it', () => {
    expect(before({ from: '2026-03-01', to: '2026-03-10' })).toEqual({ from: '2026-02-19', to: '2026-02-28' });
  });

  it('may be a calendar month', () => {
    const last = presets(NOW).find(({ label }) => label === 'Last month');
    expect(last).toMatchObject({ from: '2026-02-01', to: '2026-02-28' });
    expect(presets(Date.UTC(2026, 0, 1)).at(-1)).toMatchObject({ from: '2025-12-01', to: '2025-12-31' });
  });
});
