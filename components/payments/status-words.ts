import type { Payment } from './request';

/** A payment's states as filters name them; `Status` has the same words. */
export const STATUS_WORDS: Readonly<Record<Payment['status'], string>> = {
  created: 'Created',
  submitting: 'Sending',
  pending: 'Pending',
  in_reconciliation: 'Not known yet',
  succeeded: 'Succeeded',
  failed: 'Failed',
  canceled: 'Canceled',
  expired: 'Expired',
  partially_refunded: 'Partly refunded',
  refunded: 'Refunded',
  reversed: 'Reversed',
};
