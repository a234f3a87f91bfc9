import { describe, expect, it } from 'vitest';
import { BUSINESSES } from './businesses';
import { planMonth } from './plan';
import { DAY_MS } from './plan-business';

const NOON = Date.UTC(2026, 10, 20, 12);

const text = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner));

describe('a month of demo data', () => {
  const plan = planMonth(NOON);

  it('is the same for the same moment, and another on another day', () => {
    expect(text(planMonth(NOON))).toBe(text(plan));
    expect(text(planMonth(NOON + DAY_MS))).not.toBe(text(plan));
  });

  it('tells the same at another hour of the same day, only sooner or later', () => {
    const untimed = (acts: typeof plan.acts): string[] => acts.map((act) => text({ ...act, atMs: 0 })).sort();
    expect(untimed(planMonth(NOON + 7 * 3_600_000).acts)).toEqual(untimed(plan.acts));
  });

  it('has every act once, in order, within its month and none in the future', () => {
    const keys = plan.acts.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    const times = plan.acts.map(({ atMs }) => atMs);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(Math.min(...times)).toBeGreaterThanOrEqual(plan.firstDayMs);
    expect(Math.max(...times)).toBeLessThanOrEqual(NOON);
    // A moment after midnight too.
    const early = planMonth(NOON - 12 * 3_600_000 + 1);
    expect(Math.max(...early.acts.map(({ atMs }) => atMs))).toBeLessThanOrEqual(early.endMs);
  });

  // That nobody spends what is not there shows when it is carried out: a refusal stops the whole (demo-data.db.test.ts).
  it('has for each business what a month has', () => {
    for (const { id } of BUSINESSES) {
      const kinds = new Set(plan.acts.filter(({ business }) => business === id).map(({ kind }) => kind));
      for (const kind of [
        'freeze',
        'close',
        'refund',
        'reversal',
        'promotion_import',
        'statement',
        'webhook',
        'auto_top_up',
      ] as const) {
        expect(kinds).toContain(kind);
      }
    }
  });

  it('gives every customer a number of their own', () => {
    const phones = plan.acts.flatMap((act) => (act.kind === 'customer' ? [act.phone] : []));
    expect(new Set(phones).size).toBe(phones.length);
    for (const phone of phones) expect(phone).toMatch(/^\+(233|254)[0-9]{9}$/);
  });
});
