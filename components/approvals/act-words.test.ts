import { describe, expect, it } from 'vitest';
import type { ApprovalObject } from '@/contracts/approvals';
import { sumsOf, titleOf } from './act-words';
import { movedSince, termRows } from './diff-rows';

const CLIENT = { id: 'cli_a', code: 'VOL', name: 'Volta Data' };
const BALANCE = {
  account_id: 'wal_a',
  account_number: '10000412',
  type: 'CUSTOMER_WALLET',
  customer_id: 'cus_kofi',
  name: 'Kofi Boateng',
  currency: 'GHS',
  before: 8_450,
  after: 43_450,
  change: 35_000,
};
const EFFECT: ApprovalObject['effect'] = {
  as_of: '2026-06-16T22:41:00Z',
  possible: true,
  problem: null,
  balances: [BALANCE],
  before: null,
  after: null,
  changes: [],
};

const act = (verb: ApprovalObject['verb'], target: Partial<ApprovalObject['target']>, effect = EFFECT) => ({
  verb,
  target: { type: 'wallet', id: 'wal_a', name: 'Kofi Boateng', ...target },
  client: CLIENT,
  amount: null,
  currency: null,
  effect,
});

describe('an act in words', () => {
  it('says what would be done, to what', () => {
    expect(titleOf(act('credit', {}))).toBe('Credit Kofi Boateng’s wallet');
    expect(titleOf(act('reversal', { type: 'transaction' }, { ...EFFECT, before: { kind: 'topup' } }))).toBe(
      'Reverse Kofi Boateng’s top-up',
    );
    expect(titleOf(act('promotion', { name: 'june.csv' }, { ...EFFECT, after: { rows: 998 } }))).toBe(
      'Issue 998 promotional credits',
    );
    expect(titleOf(act('payout_destination', { id: 'hubtel', name: null }))).toBe('Remove the credentials at Hubtel');
    expect(titleOf(act('policy_change', { name: null }))).toBe('Change Volta Data’s approval policy');
  });

  it('needs no name', () => {
    expect(titleOf(act('credit', { name: null }))).toBe('Credit a wallet');
    expect(titleOf(act('refund', { name: null }))).toBe('Refund a payment');
  });

  it('counts a promotion by what it costs in each currency', () => {
    const balances = [
      { ...BALANCE, type: 'PROMOTION_EXPENSE', change: -1_355_000 },
      { ...BALANCE, type: 'PROMOTION_EXPENSE', currency: 'KES', change: -1_680_000 },
    ];
    expect(sumsOf(act('promotion', {}, { ...EFFECT, balances }))).toEqual([
      { minor: 1_355_000, currency: 'GHS' },
      { minor: 1_680_000, currency: 'KES' },
    ]);
  });
});

describe('the terms of an act', () => {
  it('are told before and after, and what stays is said to be the same', () => {
    const effect = {
      ...EFFECT,
      before: { credit: { above: { GHS: '20000' } }, reversal: 'every', refund: 'every' },
      after: { credit: { above: { GHS: '50000', KES: '100' } }, reversal: 'every' },
    };
    expect(termRows({ effect, reason: null })).toEqual([
      { field: 'credit.above.GHS', label: 'Credit above, GHS', before: '200.00', after: '500.00', change: 'changed' },
      { field: 'reversal', label: 'Reversal', before: 'every one', after: 'every one', change: 'same' },
      { field: 'refund', label: 'Refund', before: 'every one', after: null, change: 'gone' },
      { field: 'credit.above.KES', label: 'Credit above, KES', before: null, after: '1.00', change: 'new' },
    ]);
  });

  it('are worded where they come from a service’s versions', () => {
    const effect = {
      ...EFFECT,
      before: { rules: { '2026-12-01T00:00:00.000Z': { fee: { parts_per_million: '20000' }, active: true } } },
      after: { rules: { '2026-12-01T00:00:00.000Z': { fee: { parts_per_million: '18000' }, active: true } } },
    };
    expect(termRows({ effect, reason: null }).map(({ label, before, after }) => [label, before, after])).toEqual([
      ['Fee, from 2026-12-01', '2 %', '1.8 %'],
      ['Active, from 2026-12-01', 'yes', 'yes'],
    ]);
  });
});

describe('what moved since somebody looked', () => {
  const seen = { effect: EFFECT, reason: null } as ApprovalObject;

  it('is nothing where all is as it was', () => {
    expect(movedSince(seen, seen)).toEqual([]);
  });

  it('is told by name, with both balances', () => {
    const now = { ...seen, effect: { ...EFFECT, possible: false, balances: [{ ...BALANCE, before: 450 }] } };
    expect(movedSince(seen, now)).toEqual([
      'Kofi Boateng stood at GHS 84.50, and stands at 4.50 now.',
      'It cannot be done any more.',
    ]);
  });
});
