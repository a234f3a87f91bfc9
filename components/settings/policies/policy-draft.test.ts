import { expect, it } from 'vitest';
import type { ApprovalRuleObject } from '@/contracts/approvals';
import { changesBetween, draftOf, rulesOf } from './policy-draft';

const RULES: ApprovalRuleObject[] = [
  { verb: 'credit', above: { GHS: 20_000 } },
  { verb: 'reversal', above: {} },
];
const draft = draftOf(RULES, (minor) => (minor / 100).toFixed(2));

it('goes from rules to a form and back', () => {
  expect(draft.credit).toEqual({ on: true, limits: [{ key: 'GHS', currency: 'GHS', amount: '200.00' }] });
  expect(draft.refund.on).toBe(false);
  expect(rulesOf(draft)).toEqual(RULES);
});

it('sends nothing that is no amount or names a currency twice', () => {
  const limit = (amount: string, currency = 'GHS') => ({ key: amount, currency, amount });
  const withLimits = (...limits: ReturnType<typeof limit>[]) => ({ ...draft, credit: { on: true, limits } });
  expect(rulesOf(withLimits(limit('1,250.50')))?.[0]).toEqual({ verb: 'credit', above: { GHS: 125_050 } });
  expect(rulesOf(withLimits(limit('0')))?.[0]).toEqual({ verb: 'credit', above: { GHS: 0 } });
  expect(rulesOf(withLimits(limit('a lot')))).toBeNull();
  expect(rulesOf(withLimits(limit('1', 'CEDI')))).toBeNull();
  expect(rulesOf(withLimits(limit('1'), limit('2')))).toBeNull();
});

it('says what changes, and nothing of what stays', () => {
  const after: ApprovalRuleObject[] = [
    { verb: 'credit', above: { KES: 100_000, GHS: 50_000 } },
    { verb: 'refund', above: {} },
  ];
  expect(changesBetween(RULES, after).map(({ verb, before, after: is }) => [verb, before, is])).toEqual([
    ['credit', 'two people above GHS 200.00', 'two people above GHS 500.00, KES 1,000.00'],
    ['reversal', 'two people, always', 'one person'],
    ['refund', 'one person', 'two people, always'],
  ]);
  expect(changesBetween(RULES, RULES)).toEqual([]);
});
