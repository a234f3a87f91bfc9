import type { RefundSource } from '@/contracts/refunds';
import { sqlNow } from '@/server/kernel/sql-time';
import { transact } from '@/server/kernel/transaction';
import type { Payment } from '@/server/payments/payment-row';
import { loadPayment } from '@/server/payments/read';
import type { Mover, PaymentServices } from '@/server/payments/services';
import { loadRefund } from './read';
import { refundAccounts } from './refund-accounts';
import type { Refund } from './refund-row';
import { changeRefunded, lockPayment, restatePayment } from './restate-payment';
import { recordRefundEvent, recordStep } from './steps';

/**
 * Puts a failed refund's money back where it was taken from; into what is owed, where the wallet takes no postings any
 * more. Safe to repeat: the books hold one return under the refund's id.
 */
export async function returnMoney(services: PaymentServices, refund: Refund, mover: Mover): Promise<Refund> {
  const { tenantId, journalId, returnJournalId, isKept } = refund;
  if (refund.state !== 'failed' || journalId === null || returnJournalId !== null || isKept) return refund;
  const payment = refund.paymentId === null ? null : await loadPayment(services.db.pool, tenantId, refund.paymentId);
  if (payment !== null && (await isTakenByProvider(services, payment))) {
    return conclude(services, refund, mover, { isKept: true, returnJournalId: null, returnedTo: null });
  }
  const { journalId: returnId, returnedTo } = await postReturn(services, refund, mover);
  return conclude(services, refund, mover, { isKept: false, returnJournalId: returnId, returnedTo });
}

/** The other way, in the books. */
export async function postReturn(
  services: PaymentServices,
  refund: Refund,
  mover: Mover,
): Promise<{ readonly journalId: string; readonly returnedTo: RefundSource }> {
  const accounts = await refundAccounts(services, refund);
  const outcome = await services.ledger.submit({
    kind: 'refund',
    tenantId: refund.tenantId,
    id: services.ledger.nextId(),
    origin: mover,
    accountId: accounts.of(refund.source),
    counterAccountId: accounts.counterId,
    dueAccountId: accounts.dueId,
    operation: 'refund_return',
    amountMinor: refund.amountMinor,
    reference: refund.publicId,
    description: refund.reason,
    metadata: null,
    businessAtMs: null,
  });
  if (!outcome.ok || outcome.posted === null) {
    throw new Error(`The books refused the return of ${refund.publicId}.`);
  }
  const { journal } = outcome.posted;
  return { journalId: journal.id, returnedTo: journal.accountId === accounts.dueId ? 'due' : refund.source };
}

/**
 * Whether the provider took the whole payment back while the refund was under way. Its clawback left out what refunds had
 * taken already, so what this one took is the rest of it, and does not come back.
 */
async function isTakenByProvider(services: PaymentServices, payment: Payment): Promise<boolean> {
  if (payment.state !== 'reversed') return false;
  const { rows } = await services.db.pool.query<{ taken: string }>(
    `select (select coalesce(sum(amount_minor), 0) from journals
             where tenant_id = $1 and kind = 'clawback' and operation = 'clawback' and reference = $3)
          + (select coalesce(sum(amount_minor), 0) from refunds
             where tenant_id = $1 and payment_id = $2 and journal_id is not null and return_journal_id is null) as taken`,
    [payment.tenantId, payment.id, payment.publicId],
  );
  return BigInt(rows[0]?.taken ?? 0) <= payment.amountMinor;
}

interface End {
  readonly isKept: boolean;
  readonly returnJournalId: string | null;
  readonly returnedTo: RefundSource | null;
}

async function conclude(services: PaymentServices, refund: Refund, mover: Mover, end: End): Promise<Refund> {
  const { tenantId, id } = refund;
  return transact(services.db, async (tx) => {
    const payment = await lockPayment(tx, refund);
    const locked = await loadRefund(tx, tenantId, id, true);
    if (locked === null) throw new Error(`There is no refund ${id}.`);
    if (locked.returnJournalId !== null || locked.isKept) return locked;
    await tx.query(
      `update refunds set return_journal_id = $4, returned_to = $5, is_kept = $6, next_poll_at = null,
         updated_at = ${sqlNow(2)}
       where tenant_id = $1 and id = $3`,
      [tenantId, services.clock.fixedMs(), id, end.returnJournalId, end.returnedTo, end.isKept],
    );
    const ended = (await loadRefund(tx, tenantId, id)) ?? locked;
    const cause = end.isKept ? 'provider_took_the_payment_back' : 'money_came_back';
    await recordStep(services, tx, ended, { from: 'failed', to: 'failed', cause, mover });
    if (payment !== null && !end.isKept) {
      await changeRefunded(services, tx, payment, -refund.amountMinor);
      await restatePayment(services, tx, payment, mover);
    }
    await recordRefundEvent(services, tx, ended, 'refund.failed');
    return ended;
  });
}
