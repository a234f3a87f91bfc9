import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { inTransaction, type Transaction } from '@/server/kernel/transaction';
import { move, nowOf } from './observe';
import { isOpen, type Payment } from './payment-row';
import { findPayment, loadPayment, paymentNotFound } from './read';

/**
 * Ends a payment that nobody was asked for yet: a crash came between its first row and the call. A request that is on a
 * phone cannot be withdrawn at any of the providers (`Capabilities.canCancel`); saying canceled all the same would let
 * somebody pay for what is thought to be over. Repeating it is a success that changes nothing.
 * @throws Problem resource_missing, payment_not_open
 */
export async function cancelPayment(ctx: Context, named: string): Promise<Payment> {
  const found = await findPayment(ctx, named);
  if (found === null) throw paymentNotFound();
  return inTransaction(ctx, async (tx) => {
    const payment = await loadPayment(tx, found.tenantId, found.id, true);
    if (payment === null) throw paymentNotFound();
    if (payment.state === 'canceled' && payment.failureCode === 'canceled_by_request') return payment;
    if (!(await isUnsent(tx, payment))) throw notCancelable(payment);
    const after = await move(ctx, tx, payment, {
      verdict: {
        to: 'canceled',
        posting: null,
        cause: 'canceled_by_request',
        failure: 'canceled_by_request',
        mustAsk: false,
      },
      posted: null,
      observation: null,
      mover: { actor: ctx.principal.actor, requestId: ctx.requestId, source: 'request' },
      nowMs: nowOf(ctx, payment),
    });
    await recordChange(ctx, tx, {
      action: 'payment.canceled',
      objectId: payment.publicId,
      before: JSON.stringify({ status: payment.state }),
      after: JSON.stringify({ status: after.state }),
    });
    return after;
  });
}

/** No callback URL was made for it, which comes before every call (`addCallbackToken`). */
async function isUnsent(tx: Transaction, { tenantId, id, state }: Payment): Promise<boolean> {
  if (state !== 'created' && state !== 'submitting') return false;
  const { rowCount } = await tx.query(
    'select from payment_callback_tokens where tenant_id = $1 and payment_id = $2 limit 1',
    [tenantId, id],
  );
  return rowCount === 0;
}

function notCancelable(payment: Payment): Problem {
  return new Problem(
    'payment_not_open',
    isOpen(payment.state)
      ? 'The provider cannot withdraw a request that was sent: it ends on the phone, or by its own time.'
      : `The payment is ${payment.state} already.`,
    { details: { status: payment.state, prompt_expires_at_ms: payment.promptExpiresAtMs } },
  );
}
