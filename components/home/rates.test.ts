import { expect, it } from 'vitest';
import { dayLabel, dayPlus, daysBetween } from './days';
import { heightOf, networkRates, percent } from './rates';

const counts = (payments: number, succeeded: number, ended: number) => ({
  payments,
  succeeded,
  ended,
  success_rate: ended === 0 ? null : succeeded / ended,
  amount_succeeded: 0,
});

const REPORT = {
  object: 'payment_report' as const,
  from: '2026-10-30T00:00:00.000Z',
  to: '2026-11-03T12:00:00.000Z',
  ...counts(0, 0, 0),
  statuses: [],
  channels: [
    { channel: 'MPESA' as const, currency: 'KES', ...counts(10, 9, 10), statuses: [] },
    { channel: 'TELECEL' as const, currency: 'GHS', ...counts(20, 15, 20), statuses: [] },
    { channel: 'MTN' as const, currency: 'GHS', ...counts(50, 40, 45), statuses: [] },
  ],
  days: [
    { day: '2026-10-30', channel: 'TELECEL' as const, currency: 'GHS', ...counts(10, 10, 10) },
    { day: '2026-11-02', channel: 'TELECEL' as const, currency: 'GHS', ...counts(10, 5, 10) },
    { day: '2026-11-03', channel: 'TELECEL' as const, currency: 'GHS', ...counts(3, 0, 0) },
    { day: '2026-11-03', channel: 'MTN' as const, currency: 'GHS', ...counts(2, 0, 2) },
  ],
  livemode: false,
};

it('puts the networks of one currency together, the busiest first', () => {
  expect(networkRates(REPORT).map(({ key }) => key)).toEqual(['MTN GHS', 'TELECEL GHS', 'MPESA KES']);
});

it('draws the days that came to an end where they lie in the period', () => {
  const telecel = networkRates(REPORT)[1];
  expect(telecel?.points).toEqual([
    { at: 0, rate: 1 },
    { at: 0.75, rate: 0.5 },
  ]);
  expect(telecel?.last).toEqual({ day: '2026-11-02', rate: 0.5 });
});

it('warns of a day far below what is usual, and not of a handful of tries', () => {
  expect(networkRates(REPORT).map(({ isLow }) => isLow)).toEqual([false, true, false]);
});

it('says rates and heights', () => {
  expect(percent(0.9449)).toBe('94.5 %');
  expect([heightOf(1), heightOf(0.9), heightOf(0.6), heightOf(0.1)]).toEqual([0, 25, 100, 100]);
});

it('counts days over the end of a month, in UTC', () => {
  expect(daysBetween('2026-10-30', '2026-11-01')).toEqual(['2026-10-30', '2026-10-31', '2026-11-01']);
  expect(dayPlus('2027-01-01', -1)).toBe('2026-12-31');
  expect(dayLabel('2026-09-05')).toBe('5 Sep');
});
