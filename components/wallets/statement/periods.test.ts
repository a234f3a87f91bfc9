import { expect, it } from 'vitest';
import { periods } from './periods';

it('names whole months, over the turn of a year and in a leap year', () => {
  const told = (at: string) => periods(Date.parse(at)).map(({ from, to }) => `${from}..${to}`);
  expect(told('2026-11-20T09:42:00Z')).toEqual([
    '2026-11-01..2026-11-20',
    '2026-10-01..2026-10-31',
    '2026-08-23..2026-11-20',
  ]);
  expect(told('2028-03-01T00:00:00Z').slice(0, 2)).toEqual(['2028-03-01..2028-03-01', '2028-02-01..2028-02-29']);
  expect(told('2027-01-31T23:59:59Z')[1]).toBe('2026-12-01..2026-12-31');
});
