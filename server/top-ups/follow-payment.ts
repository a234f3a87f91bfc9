import type { Queryable } from '@/server/kernel/sql-time';
import type { PaymentFailure, PaymentState } from '@/server/payments/types';
import { follow } from './follow';
import { readTopUp } from './read';
import { changeStatus, type TopUpWriter } from './store';

/** What of a payment its top-up has to know. */
export interface PaymentNews {
  readonly topUpId: string;
  readonly publicId: string;
  readonly reference: string;
  readonly state: PaymentState;
  readonly failureCode: PaymentFailure | null;
}

/**
 * Brings a top-up to where its payment stands, in the transaction in which the payment came to stand there; the event goes
 * out with it. Call it after every change of a payment that names a top-up. Safe to call again.
 */
export async function followPayment(writer: TopUpWriter, tx: Queryable, payment: PaymentNews): Promise<void> {
  const topUp = await readTopUp(writer, payment.topUpId, { tx, lock: true });
  const status = follow(topUp, payment);
  const isNew = topUp.paymentReference !== payment.reference;
  const isPaid = payment.state === 'succeeded' || payment.state === 'partially_refunded';
  // The receipt is that of the payment which was paid, whichever was tried last.
  const takesOver = isNew && (topUp.paymentReference === null || (isPaid && status === 'succeeded'));
  const isFirstSight = topUp.paymentPublicId === null && !isNew;
  if (status === null && !takesOver && !isFirstSight) return;
  const failed = (status ?? topUp.status) === 'failed';
  await changeStatus(writer, tx, topUp, {
    status: status ?? topUp.status,
    failureCode: failed ? payment.failureCode : null,
    ...((takesOver || !isNew) && { payment: { reference: payment.reference, publicId: payment.publicId } }),
  });
}
