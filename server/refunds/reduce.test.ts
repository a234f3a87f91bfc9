import { describe, expect, test } from 'vitest';
import { REFUND_STATUSES } from '@/contracts/refunds';
import { observe } from '@/server/providers/answers';
import type { Observation } from '@/server/providers/provider';
import { reduceRefund } from './reduce';

const refund = { amountMinor: 500n, currency: 'GHS' };
const said = (given: Partial<Observation>): Observation =>
  observe({ outcome: 'pending', raw: '', source: 'status', ...given });

describe('one observation', () => {
  test.each(REFUND_STATUSES)('that says nothing certain moves nothing: %s', (state) => {
    for (const outcome of ['pending', 'unknown'] as const) {
      expect(reduceRefund({ ...refund, state }, said({ outcome })).to).toBeNull();
    }
    expect(reduceRefund({ ...refund, state }, said({ outcome: 'failed', code: null })).to).toBeNull();
  });

  test.each([
    ['pending', null, null],
    ['submitted', 'succeeded', 'failed'],
    ['in_reconciliation', 'succeeded', 'failed'],
    ['succeeded', null, null],
    ['failed', null, null],
  ] as const)('%s: paid makes %s, unpaid %s', (state, paid, unpaid) => {
    expect(reduceRefund({ ...refund, state }, said({ outcome: 'succeeded', amountMinor: 500n })).to).toBe(paid);
    expect(reduceRefund({ ...refund, state }, said({ outcome: 'failed', code: 'declined' })).to).toBe(unpaid);
  });

  test('only a payout that came back takes a success away', () => {
    const back = said({ outcome: 'failed', code: 'provider_error', isReversed: true });
    expect(reduceRefund({ ...refund, state: 'succeeded' }, back)).toMatchObject({
      to: 'failed',
      failure: 'returned_by_provider',
    });
  });

  test('paid after its failure is told, and moves nothing: its money is elsewhere', () => {
    expect(reduceRefund({ ...refund, state: 'failed' }, said({ outcome: 'succeeded' }))).toMatchObject({
      to: null,
      failure: 'paid_after_failure',
    });
  });

  test.each([{ amountMinor: 499n }, { currency: 'KES' }])('what differs is for a person: %o', (other) => {
    const observation = said({ outcome: 'succeeded', ...other });
    expect(reduceRefund({ ...refund, state: 'submitted' }, observation)).toMatchObject({
      to: 'in_reconciliation',
      failure: 'amount_mismatch',
    });
    expect(reduceRefund({ ...refund, state: 'in_reconciliation' }, observation).to).toBeNull();
  });
});
