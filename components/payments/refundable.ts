import type { Payment } from './request';

/** What of a payment's money can still be given back: fees stay. */
export function refundable({
  status,
  net_amount,
  amount_refunded,
}: Pick<Payment, 'status' | 'net_amount' | 'amount_refunded'>): number {
  return status === 'succeeded' || status === 'partially_refunded' ? Math.max(0, net_amount - amount_refunded) : 0;
}
