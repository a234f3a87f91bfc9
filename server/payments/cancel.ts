import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { isOpen } from './payment-row';
import { findPayment, paymentNotFound } from './read';

/**
 * Withdraws an open prompt, which none of the providers behind this release can: a request that is on a phone ends there.
 * Saying canceled all the same would let somebody pay for what is thought to be over.
 * @throws Problem resource_missing, payment_not_open
 */
export async function cancelPayment(ctx: Context, named: string): Promise<never> {
  const payment = await findPayment(ctx, named);
  if (payment === null) throw paymentNotFound();
  const details = { status: payment.state, prompt_expires_at_ms: payment.promptExpiresAtMs };
  throw new Problem(
    'payment_not_open',
    isOpen(payment.state)
      ? 'The provider cannot withdraw a request that was sent: it ends on the phone, or by its own time.'
      : `The payment is ${payment.state} already.`,
    { details },
  );
}
