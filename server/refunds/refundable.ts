import { formatMinor } from '@/contracts/money';
import type { RefundSource } from '@/contracts/refunds';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import type { Transaction } from '@/server/kernel/transaction';
import type { Payment } from '@/server/payments/payment-row';
import { findPayment, paymentNotFound } from '@/server/payments/read';
import type { PaymentState } from '@/server/payments/types';
import { readTopUp } from '@/server/top-ups/read';
import { readWallet, type WalletView } from '@/server/wallets/read';
import { dueSql } from './due-sql';

/** What is to be given back: a payment, or what a closed wallet left due. */
export interface Subject {
  readonly payment: Payment | null;
  readonly wallet: WalletView | null;
  readonly source: RefundSource;
  readonly currency: string;
}

export type SubjectName =
  | { readonly kind: 'payment'; readonly payment: string }
  | { readonly kind: 'top_up'; readonly topUpId: string }
  | { readonly kind: 'wallet'; readonly walletId: string };

/** @throws Problem resource_missing, payment_not_refundable, wallet_not_closed */
export async function findSubject(ctx: Context, name: SubjectName): Promise<Subject> {
  if (name.kind === 'wallet') {
    const wallet = await readWallet(ctx, name.walletId);
    if (wallet.status === 'closed') return { payment: null, wallet, source: 'due', currency: wallet.currency };
    throw new Problem(
      'wallet_not_closed',
      'Only what a close left due is paid out by the wallet: refund the payment or top-up that brought the money in.',
      { param: 'wallet_id', details: { status: wallet.status } },
    );
  }
  const payment = name.kind === 'payment' ? await findPayment(ctx, name.payment) : await paymentOf(ctx, name.topUpId);
  if (payment === null) throw paymentNotFound();
  requireRefundable(payment);
  const { walletId, currency } = payment;
  if (walletId === null) return { payment, wallet: null, source: 'collections', currency };
  const wallet = await readWallet(ctx, walletId);
  return { payment, wallet, source: wallet.status === 'closed' ? 'due' : 'wallet', currency };
}

async function paymentOf(ctx: Context, topUpId: string): Promise<Payment> {
  const topUp = await readTopUp(ctx, topUpId);
  const { paymentPublicId } = topUp;
  const payment = paymentPublicId === null ? null : await findPayment(ctx, paymentPublicId);
  if (payment !== null) return payment;
  throw new Problem('payment_not_refundable', `The top-up is ${topUp.status}: nothing has been paid.`, {
    param: 'topup_id',
    details: { status: topUp.status },
  });
}

const REFUNDABLE: ReadonlySet<PaymentState> = new Set(['succeeded', 'partially_refunded']);

export function requireRefundable({ state, publicId }: Payment): void {
  if (REFUNDABLE.has(state)) return;
  const why = state === 'refunded' ? 'all of it was given back' : 'there is no money of it to give back';
  throw new Problem('payment_not_refundable', `The payment is ${state}: ${why}.`, {
    details: { payment_id: publicId, status: state },
  });
}

/** What of a payment no refund has, one under way included. */
export function leftOf({ amountMinor, refundedMinor }: Payment): bigint {
  return amountMinor - refundedMinor;
}

/**
 * What is still owed to a closed wallet's customer.
 * Guarantee: of two refunds of one wallet's due at once the second waits here for the first to commit, and counts it; the
 * books keep all customers' due in one account, and could not.
 */
export async function lockedDue(ctx: Context, tx: Transaction, walletId: string): Promise<bigint> {
  const { tenantId } = ctx.principal;
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`refund_due|${tenantId}|${walletId}`]);
  const { rows } = await tx.query<{ due: string }>(
    `select ${dueSql('a')} as due from accounts a where a.tenant_id = $1 and a.id = $2`,
    [tenantId, walletId],
  );
  return BigInt(rows[0]?.due ?? 0);
}

/** @throws Problem refund_exceeds_paid */
export function requireWithin(amountMinor: bigint, leftMinor: bigint, currency: string, what: string): void {
  if (amountMinor > 0n && amountMinor <= leftMinor) return;
  const left = leftMinor > 0n ? leftMinor : 0n;
  throw new Problem(
    'refund_exceeds_paid',
    `${what} has ${formatMinor(left, currency)} left to give back${amountMinor > 0n ? `, and ${formatMinor(amountMinor, currency)} was asked for` : ''}.`,
    {
      param: 'amount',
      details: { refundable: Number(left), requested: Number(amountMinor), currency },
    },
  );
}
