import { describe, expect, it } from 'vitest';
import { PAYMENT_STATUSES } from '@/contracts/payments';
import { TOP_UP_STATUSES } from '@/contracts/top-ups';
import type { PaymentState } from '@/server/payments/types';
import { follow } from './follow';

const of = (status: (typeof TOP_UP_STATUSES)[number], paymentReference: string | null = 'P-1') => ({
  status,
  paymentReference,
});
const payment = (state: PaymentState, reference = 'P-1') => ({ reference, state });

describe('a top-up follows its payment', () => {
  it.each([
    ['created', 'submitting', 'processing'],
    ['processing', 'pending', 'pending'],
    ['pending', 'succeeded', 'succeeded'],
    ['pending', 'failed', 'failed'],
    ['pending', 'canceled', 'failed'],
    ['pending', 'expired', 'failed'],
    ['pending', 'in_reconciliation', 'in_reconciliation'],
    ['in_reconciliation', 'failed', 'failed'],
    ['succeeded', 'refunded', 'refunded'],
    ['succeeded', 'reversed', 'refunded'],
    ['failed', 'submitting', 'processing'],
  ] as const)('%s, and the payment is %s: %s', (status, state, expected) => {
    expect(follow(of(status), payment(state))).toBe(expected);
  });

  it('takes a late success whatever it was, except after a refund of another payment', () => {
    for (const status of TOP_UP_STATUSES) {
      expect(follow(of(status), payment('succeeded')) ?? status).toBe('succeeded');
      expect(follow(of(status, 'P-2'), payment('succeeded')) ?? status).toBe(
        status === 'refunded' ? 'refunded' : 'succeeded',
      );
    }
  });

  it('is never taken back from paid by what is not a refund', () => {
    const refusals = PAYMENT_STATUSES.filter((state) => !['refunded', 'reversed'].includes(state));
    for (const state of refusals) {
      expect(follow(of('succeeded'), payment(state))).toBeNull();
      expect(follow(of('succeeded', 'P-2'), payment(state))).toBeNull();
    }
  });

  it('does not listen to an earlier payment that is not paid', () => {
    for (const state of PAYMENT_STATUSES) {
      if (state === 'succeeded' || state === 'partially_refunded') continue;
      for (const status of TOP_UP_STATUSES) expect(follow(of(status, 'P-2'), payment(state))).toBeNull();
    }
  });

  it('stays canceled or expired when its payment comes to nothing', () => {
    for (const status of ['canceled', 'expired'] as const) {
      for (const state of ['failed', 'canceled', 'expired'] as const) {
        expect(follow(of(status), payment(state))).toBeNull();
      }
    }
  });
});
