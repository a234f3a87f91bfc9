import { describe, expect, it } from 'vitest';
import type { Line } from './request';
import { lineFilter, shownOf } from './request';
import { sidesOf } from './sides';
import { describeStatement, sizeOf } from './statement-file';
import { daysOf, differenceOf } from './words';

const theirs: NonNullable<Line['theirs']> = {
  line: 18,
  receipt: '2116938399',
  reference: 'MS-1',
  payer: '233200000000',
  status: 'succeeded',
  amount: 8_000,
  currency: 'GHS',
  occurred_at: '2026-06-06T12:00:44Z',
  problem: null,
  raw: null,
};
const ours: NonNullable<Line['ours']> = {
  client: { code: 'VOL', name: 'Volta Data' },
  payment_id: 'pay_1',
  refund_id: null,
  reference: 'MS-1',
  status: 'in_reconciliation',
  current_status: 'succeeded',
  amount: 7_500,
  currency: 'GHS',
  at: null,
  matched_by: 'receipt',
};

const differing = (line: Pick<Line, 'theirs' | 'ours' | 'outcome'>): string[] =>
  sidesOf(line, (at) => at)
    .filter(({ differs }) => differs)
    .map(({ name }) => name);

describe('sidesOf', () => {
  it('marks what differs and nothing else', () => {
    expect(differing({ theirs, ours, outcome: 'amount_differs' })).toEqual(['Amount']);
    expect(differing({ theirs, ours: { ...ours, amount: 8_000 }, outcome: 'status_differs' })).toEqual(['Status']);
    expect(differing({ theirs, ours: { ...ours, currency: 'KES', amount: 8_000 }, outcome: 'amount_differs' })).toEqual(
      ['Amount'],
    );
  });

  it('marks nothing where one side is missing as a whole', () => {
    expect(differing({ theirs, ours: null, outcome: 'missing_here' })).toEqual([]);
    expect(differing({ theirs: null, ours, outcome: 'missing_there' })).toEqual([]);
  });

  it('tells how it stood at the import, and now', () => {
    const status = sidesOf({ theirs, ours, outcome: 'status_differs' }, (at) => at).find(
      ({ name }) => name === 'Status',
    );
    expect(status).toMatchObject({ theirs: 'Succeeded', ours: 'Not known yet, now succeeded' });
  });
});

describe('words', () => {
  it('tells the days of a statement in its own zone, the end excluded', () => {
    const nairobi = { period_start: '2026-06-05T21:00:00Z', time_zone: 'Africa/Nairobi' };
    expect(daysOf({ ...nairobi, period_end: '2026-06-06T21:00:00Z' })).toBe('6 Jun 2026');
    expect(daysOf({ ...nairobi, period_end: '2026-06-12T21:00:00Z' })).toBe('6 Jun to 12 Jun 2026');
    expect(daysOf({ period_start: null, period_end: null, time_zone: 'UTC' })).toBe('no day');
  });

  it('says which side has more', () => {
    const total = { currency: 'GHS', theirs: 8_000, ours: 7_500, difference: 500, explained_by: [] };
    expect(differenceOf({ provider: 'hubtel', totals: [total] })).toContain('GH₵5.00 more than we have.');
    expect(differenceOf({ provider: 'hubtel', totals: [{ ...total, ours: 8_000, difference: 0 }] })).toBe(
      'Both sides say GH₵80.00.',
    );
  });
});

describe('lines in view', () => {
  it('begins with what waits for an answer, else with all', () => {
    expect(shownOf(undefined, { open_breaks: 2 })).toBe('open');
    expect(shownOf(undefined, { open_breaks: 0 })).toBe('all');
    expect(shownOf('matched', { open_breaks: 2 })).toBe('matched');
    expect(lineFilter('open')).toEqual({ open: 'true' });
    expect(lineFilter('all')).toEqual({});
    expect(lineFilter('missing_here')).toEqual({ outcome: 'missing_here' });
  });
});

describe('describeStatement', () => {
  it('shows the beginning, whatever ends its lines', () => {
    expect(describeStatement('a.csv', 'A,B\r\n1,2\r\n\r\n3,4', 14)).toMatchObject({
      lines: 3,
      head: ['A,B', '1,2', '3,4'],
    });
    expect(describeStatement('a.csv', '\n \n', 3)).toBe('The file is empty.');
  });

  it.each([
    [999, '999 bytes'],
    [1_820, '1.8 kB'],
    [16_000_000, '16.0 MB'],
  ])('says %i as %s', (bytes, text) => expect(sizeOf(bytes)).toBe(text));
});
