import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import type { Payment } from './payment-row';
import { findPayment, paymentNotFound } from './read';
import { submitToProvider } from './submit';

/**
 * The code that the provider itself sent to the payer's phone (`nextStep.kind` is `otp`); not the one of our own policy.
 * @throws Problem resource_missing, payment_not_open
 */
export async function submitPaymentOtp(
  ctx: Context,
  input: { readonly payment: string; readonly code: string },
): Promise<Payment> {
  const payment = await findPayment(ctx, input.payment);
  if (payment === null) throw paymentNotFound();
  if (payment.nextStep?.kind !== 'otp') {
    throw new Problem('payment_not_open', 'The payment awaits no code.', { details: { status: payment.state } });
  }
  const mover = { actor: ctx.principal.actor, requestId: ctx.requestId, source: 'initiation' as const };
  return submitToProvider(ctx, payment, mover, { otp: input.code });
}
