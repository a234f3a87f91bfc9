import type { Channel } from '@/contracts/channels';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { sqlNow } from '@/server/kernel/sql-time';
import { type Transaction, transact } from '@/server/kernel/transaction';
import { initiatePayment } from '@/server/payments/initiate';
import type { PaymentView } from '@/server/payments/types';
import type { CheckoutOwner } from './checkout';
import { isPayable, paymentNumberOf, readTopUp, type TopUpView } from './read';

export interface PaymentChoice {
  readonly channel: Channel;
  readonly country: string | null;
  /** E.164 digits without a plus; null for cards and transfers. */
  readonly phone: string | null;
  /** Where a redirected payer comes back to. */
  readonly returnUrl: string;
}

export type Started =
  | { readonly kind: 'started'; readonly payment: PaymentView }
  /** Another payment of the top-up is under way, or it is over: nothing was sent. */
  | { readonly kind: 'not_open' }
  | { readonly kind: 'too_many'; readonly afterMs: number }
  /** Nothing was sent; the channel cannot be used now. */
  | { readonly kind: 'refused'; readonly problem: Problem };

/** Longer than any provider's answer takes. A try whose process died is given up after it. */
const CLAIM_SECONDS = 120;

/**
 * Asks the payer for the money, once: while a payment of the top-up is under way there is no second. The try is claimed
 * under the row's lock and has a reference of its own before any provider is called, so that neither two presses nor a
 * crash between can prompt twice.
 */
export async function startPayment(ctx: Context, owner: CheckoutOwner, choice: PaymentChoice): Promise<Started> {
  const claimed = await transact(ctx.db, (tx) => claim(ctx, tx, owner.topUpId));
  if (claimed === null) return { kind: 'not_open' };
  try {
    const { payment } = await initiatePayment(ctx, {
      channel: choice.channel,
      country: choice.country,
      currency: claimed.before.currency,
      amountMinor: claimed.before.amountMinor,
      phone: choice.phone,
      customerId: owner.customer.id,
      walletId: claimed.before.walletId,
      topUpId: owner.topUpId,
      description: `${owner.clientName} ${paymentNumberOf(claimed.before)}`,
      reference: claimed.reference,
      metadata: null,
      returnUrl: choice.returnUrl,
      payer: { name: owner.customer.name, email: owner.customer.email },
      initiatedBy: 'payer',
    });
    return { kind: 'started', payment };
  } catch (error) {
    // A refusal sent nothing and kept no payment. Anything else may have: the claim stays, and the payment tells.
    if (!(error instanceof Problem)) throw error;
    await release(ctx, claimed);
    if (error.code === 'prompt_limit_reached') {
      return { kind: 'too_many', afterMs: (error.retryAfterSeconds ?? 3_600) * 1000 };
    }
    return { kind: 'refused', problem: error };
  }
}

interface Claimed {
  readonly before: TopUpView;
  readonly attempt: number;
  readonly reference: string;
}

async function claim(ctx: Context, tx: Transaction, topUpId: string): Promise<Claimed | null> {
  const before = await readTopUp(ctx, topUpId, { tx, lock: true });
  if (!isPayable(before) && !(await isGivenUp(ctx, tx, before))) return null;
  const attempt = before.attempts + 1;
  // The first is the number itself: what the payer reads on the prompt is what the page says.
  const reference = attempt === 1 ? paymentNumberOf(before) : `${paymentNumberOf(before)}-${attempt}`;
  await tx.query(
    `update top_ups set status = 'processing', failure_code = null, attempts = $4, payment_reference = $5,
       payment_public_id = null, draft = null, approved_at = null, asked_at = null,
       claimed_until = ${sqlNow(2)} + interval '${CLAIM_SECONDS} seconds', updated_at = ${sqlNow(2)}
     where tenant_id = $1 and id = $3`,
    [ctx.principal.tenantId, ctx.clock.fixedMs(), topUpId, attempt, reference],
  );
  return { before, attempt, reference };
}

/** Claimed long ago by a process that died before its payment was written down. */
async function isGivenUp(ctx: Context, tx: Transaction, topUp: TopUpView): Promise<boolean> {
  const { status, claimedUntilMs, asOfMs, expiresAtMs } = topUp;
  if (status !== 'processing' || claimedUntilMs === null || claimedUntilMs > asOfMs || expiresAtMs <= asOfMs)
    return false;
  const { rowCount } = await tx.query('select from payments where tenant_id = $1 and reference = $2', [
    ctx.principal.tenantId,
    topUp.paymentReference,
  ]);
  return rowCount === 0;
}

/** Guarantee: only this try is taken back, and only while nothing has come of it. */
async function release(ctx: Context, { before, attempt }: Claimed): Promise<void> {
  const status = before.status === 'processing' ? 'created' : before.status;
  await ctx.db.pool.query(
    `update top_ups set status = $5, failure_code = $6, payment_reference = $7, payment_public_id = $8,
       claimed_until = null, updated_at = ${sqlNow(2)}
     where tenant_id = $1 and id = $3 and attempts = $4 and status = 'processing' and payment_public_id is null`,
    [
      ctx.principal.tenantId,
      ctx.clock.fixedMs(),
      before.id,
      attempt,
      status,
      before.failureCode,
      before.paymentPublicId === null ? null : before.paymentReference,
      before.paymentPublicId,
    ],
  );
}
