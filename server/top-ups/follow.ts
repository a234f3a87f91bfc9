import type { TopUpStatus } from '@/contracts/top-ups';
import type { PaymentState } from '@/server/payments/types';

export interface FollowedPayment {
  readonly reference: string;
  readonly state: PaymentState;
}

export interface FollowingTopUp {
  readonly status: TopUpStatus;
  /** Of the payment that it follows now. */
  readonly paymentReference: string | null;
}

/**
 * What a payment's state makes of its top-up. The one place that decides it; pure.
 *
 * Paid is paid: no other payment's failure changes that, and a late success counts whatever the top-up was meanwhile. A
 * refused payment does not end the top-up: another may be tried while the link works.
 * @returns null where nothing changes
 */
export function follow(topUp: FollowingTopUp, payment: FollowedPayment): TopUpStatus | null {
  const next = statusAfter(topUp, payment);
  return next === topUp.status ? null : next;
}

function statusAfter(topUp: FollowingTopUp, { reference, state }: FollowedPayment): TopUpStatus {
  const isFollowed = topUp.paymentReference === null || topUp.paymentReference === reference;
  switch (state) {
    case 'succeeded':
    case 'partially_refunded':
      return topUp.status === 'refunded' && !isFollowed ? 'refunded' : 'succeeded';
    case 'refunded':
    case 'reversed':
      return isFollowed ? 'refunded' : topUp.status;
    default:
      if (!isFollowed || topUp.status === 'succeeded' || topUp.status === 'refunded') return topUp.status;
      return UNDER_WAY[state] ?? refused(topUp.status);
  }
}

const UNDER_WAY: Partial<Record<PaymentState, TopUpStatus>> = {
  created: 'processing',
  submitting: 'processing',
  pending: 'pending',
  in_reconciliation: 'in_reconciliation',
};

/** A top-up that was canceled or ran out stays so when its payment comes to nothing. */
function refused(status: TopUpStatus): TopUpStatus {
  return status === 'canceled' || status === 'expired' ? status : 'failed';
}
