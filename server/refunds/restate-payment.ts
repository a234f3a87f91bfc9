import { sqlNow } from '@/server/kernel/sql-time';
import type { Transaction } from '@/server/kernel/transaction';
import type { Payment } from '@/server/payments/payment-row';
import { loadPayment } from '@/server/payments/read';
import type { Mover, PaymentServices } from '@/server/payments/services';
import type { PaymentState } from '@/server/payments/types';
import { followPayment } from '@/server/top-ups/follow-payment';

/** Locked before any of its refunds: whoever needs both takes them in this order. */
export async function lockPayment(
  tx: Transaction,
  { tenantId, paymentId }: { readonly tenantId: string; readonly paymentId: string | null },
): Promise<Payment | null> {
  return paymentId === null ? null : loadPayment(tx, tenantId, paymentId, true);
}

/** What of a payment is given back, refunds under way included: what may be taken from it again is the rest. */
export async function changeRefunded(
  services: PaymentServices,
  tx: Transaction,
  { tenantId, id }: Payment,
  byMinor: bigint,
): Promise<void> {
  // Guarantee: the column's check keeps it between nothing and the whole, whatever this code believes.
  await tx.query(
    `update payments set refunded_minor = refunded_minor + $4, updated_at = ${sqlNow(2)} where tenant_id = $1 and id = $3`,
    [tenantId, services.clock.fixedMs(), id, byMinor],
  );
}

const GIVEN_BACK: ReadonlySet<PaymentState> = new Set(['succeeded', 'partially_refunded', 'refunded']);

/** Brings a payment's state, and its top-up's, to what its refunds have come to. The payment's row is locked. */
export async function restatePayment(
  services: PaymentServices,
  tx: Transaction,
  payment: Payment,
  mover: Mover,
): Promise<void> {
  const { tenantId, id } = payment;
  const { rows } = await tx.query<{ minor: string }>(
    `select coalesce(sum(amount_minor), 0) as minor from refunds
     where tenant_id = $1 and payment_id = $2 and state = 'succeeded'`,
    [tenantId, id],
  );
  const givenBack = BigInt(rows[0]?.minor ?? 0);
  const to = givenBack === 0n ? 'succeeded' : givenBack < payment.amountMinor ? 'partially_refunded' : 'refunded';
  if (!GIVEN_BACK.has(payment.state) || to === payment.state) return;
  await tx.query(`update payments set state = $4, updated_at = ${sqlNow(2)} where tenant_id = $1 and id = $3`, [
    tenantId,
    services.clock.fixedMs(),
    id,
    to,
  ]);
  await tx.query(
    `insert into payment_transitions (tenant_id, id, payment_id, from_state, to_state, cause, source, actor, note, created_at)
     values ($1, $3, $4, $5, $6, $7, $8, $9, null, ${sqlNow(2)})`,
    [
      tenantId,
      services.clock.fixedMs(),
      services.ledger.nextId(),
      id,
      payment.state,
      to,
      to === 'succeeded' ? 'refund_came_back' : 'given_back',
      mover.source,
      mover.actor,
    ],
  );
  if (payment.topUpId === null) return;
  const { topUpId, publicId, reference, failureCode, mode } = payment;
  const news = { topUpId, publicId, reference, failureCode, state: to } as const;
  await followPayment({ ...services, principal: { tenantId, mode } }, tx, news);
}
