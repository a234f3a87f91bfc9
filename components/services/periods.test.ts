import { describe, expect, it } from 'vitest';
import { periodsOf } from './periods';

const DAY = 86_400_000;
const version = (version_number: number, day: number, is_in_force = false) => ({
  version_number,
  effective_at: new Date(day * DAY).toISOString(),
  is_in_force,
});

describe('when a version applied', () => {
  it('is from its moment to the next one’s', () => {
    const periods = periodsOf([version(4, 30), version(3, 10, true), version(2, 5), version(1, 1)], 20 * DAY);
    expect([1, 2, 3, 4].map((number) => periods.get(number))).toEqual([
      { fromMs: DAY, toMs: 5 * DAY, state: 'ended' },
      { fromMs: 5 * DAY, toMs: 10 * DAY, state: 'ended' },
      { fromMs: 10 * DAY, toMs: 30 * DAY, state: 'in_force' },
      { fromMs: 30 * DAY, toMs: null, state: 'scheduled' },
    ]);
  });

  it('is never where another was made for the same moment', () => {
    const periods = periodsOf([version(3, 30), version(2, 30), version(1, 1, true)], 20 * DAY);
    expect([periods.get(2)?.state, periods.get(3)?.state]).toEqual(['replaced', 'scheduled']);
  });
});
