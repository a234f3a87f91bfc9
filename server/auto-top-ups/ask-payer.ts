import { Problem } from '@/server/kernel/problem';
import { transact } from '@/server/kernel/transaction';
import { initiatePayment } from '@/server/payments/initiate';
import { readTopUp, type TopUpView } from '@/server/top-ups/read';
import { changeStatus } from '@/server/top-ups/store';
import { isNotSent } from './follow-top-up';
import { ownerOfToken } from './method-token';
import type { WalletOwner } from './owner';
import { type PaymentMethodView, readMethod } from './read-methods';

/**
 * Asks for the money of a top-up that is written down: prompts the saved phone, or charges the saved card. May be called again
 * after a crash, and by two at once: the payment's reference is the top-up's, so the second is given the first's payment and
 * nobody is asked twice.
 */
export async function askPayer(owner: WalletOwner, topUp: TopUpView): Promise<void> {
  const { ctx, customer } = owner;
  const { paymentMethodId, paymentReference } = topUp;
  if (paymentMethodId === null || paymentReference === null) throw new Error('An automatic top-up has both.');
  const method = await readMethod(ctx, paymentMethodId);
  const savedMethodToken = method.type === 'card' ? await tokenOf(owner, method) : null;
  if (method.detachedAtMs !== null || (method.type === 'card' && savedMethodToken === null)) {
    await refuse(owner, topUp, 'method_detached');
    return;
  }
  try {
    await initiatePayment(ctx, {
      channel: method.channel,
      country: method.country,
      currency: topUp.currency,
      amountMinor: topUp.amountMinor,
      phone: method.phone,
      customerId: customer.id,
      walletId: topUp.walletId,
      topUpId: topUp.id,
      description: `${owner.clientName} ${paymentReference}`,
      reference: paymentReference,
      metadata: null,
      payer: { name: customer.name, email: method.payerEmail ?? customer.email },
      savedMethodToken,
      initiatedBy: 'rule',
    });
  } catch (error) {
    // A refusal sent nothing and kept no payment. Anything else may have: the lease runs out, and the same is asked again.
    if (!(error instanceof Problem)) throw error;
    await refuse(owner, topUp, error.code);
  }
}

async function tokenOf({ ctx }: WalletOwner, { id }: PaymentMethodView): Promise<string | null> {
  const { tenantId } = ctx.principal;
  const { rows } = await ctx.db.pool.query<{ token_sealed: string | null }>(
    'select token_sealed from payment_methods where tenant_id = $1 and id = $2',
    [tenantId, id],
  );
  const sealed = rows[0]?.token_sealed ?? null;
  if (ctx.secretBox === undefined) throw new Error('The loop has the secret box.');
  return sealed === null ? null : ctx.secretBox.open(sealed, ownerOfToken(tenantId, id));
}

/** Guarantee: only while no payment has come of it; whoever asked at the same time and was heard stands. */
function refuse({ ctx }: WalletOwner, { id }: TopUpView, code: string): Promise<void> {
  return transact(ctx.db, async (tx) => {
    const topUp = await readTopUp(ctx, id, { tx, lock: true });
    if (topUp.status !== 'processing' || topUp.paymentPublicId !== null) return;
    const { rowCount } = await tx.query('select from payments where tenant_id = $1 and reference = $2', [
      ctx.principal.tenantId,
      topUp.paymentReference,
    ]);
    if (rowCount !== 0) return;
    await changeStatus(ctx, tx, topUp, { status: isNotSent(code) ? 'canceled' : 'failed', failureCode: code });
  });
}
