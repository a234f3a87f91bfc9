import { sqlNow } from '@/server/kernel/sql-time';
import { transact } from '@/server/kernel/transaction';
import type { Refusal } from '@/server/ledger/core/types';
import type { Mover, PaymentServices } from '@/server/payments/services';
import { loadRefund } from './read';
import { refundAccounts } from './refund-accounts';
import { refundObject } from './refund-object';
import type { Refund } from './refund-row';
import { changeRefunded, lockPayment, restatePayment } from './restate-payment';
import { postReturn } from './return-money';
import { recordRefundEvent, recordStep } from './steps';

export type Taken = { readonly ok: true; readonly refund: Refund } | { readonly ok: false; readonly refusal: Refusal };

/**
 * Takes the money out of where it stands, before anything is sent: what is under way can be spent by nobody. Safe to
 * repeat: the books hold one effect under the refund's id. What they refuse never was: its row goes away again.
 * @throws LedgerBusy, OutcomeUnknown: it is taken up again later
 */
export async function takeMoney(services: PaymentServices, refund: Refund, mover: Mover): Promise<Taken> {
  const { tenantId, id, amountMinor, publicId } = refund;
  const accounts = await refundAccounts(services, refund);
  const outcome = await services.ledger.submit({
    kind: 'refund',
    tenantId,
    id: services.ledger.nextId(),
    origin: refund.origin,
    accountId: accounts.of(refund.source),
    counterAccountId: accounts.counterId,
    dueAccountId: accounts.dueId,
    operation: 'refund',
    amountMinor,
    reference: publicId,
    description: refund.reason,
    metadata: null,
    businessAtMs: null,
    audit: {
      action: 'refund.created',
      objectId: id,
      reason: refund.reason,
      before: null,
      after: JSON.stringify(factsOf(refund)),
    },
  });
  if (!outcome.ok) {
    await forget(services, refund);
    return { ok: false, refusal: outcome.refusal };
  }
  if (outcome.posted === null) throw new Error('A refund that was posted has a journal.');
  const confirmed = await confirm(services, refund, outcome.posted.journal.id, mover);
  if (confirmed !== null) return { ok: true, refund: confirmed };
  // This worker slept past its lease, and to another, who forgot it, the books had said no: so it never was.
  await postReturn(services, refund, mover);
  throw new Error(`The refund ${refund.publicId} was posted and its row is gone: its money is back.`);
}

/** The books have it: so does the row. What was paid outside is thereby done. */
async function confirm(
  services: PaymentServices,
  refund: Refund,
  journalId: string,
  mover: Mover,
): Promise<Refund | null> {
  const { tenantId, id } = refund;
  return transact(services.db, async (tx) => {
    const payment = await lockPayment(tx, refund);
    const locked = await loadRefund(tx, tenantId, id, true);
    if (locked === null || locked.journalId !== null) return locked;
    const isDone = locked.method === 'recorded';
    await tx.query(
      `update refunds set journal_id = $4, state = case when $5 then 'succeeded' else state end, updated_at = ${sqlNow(2)},
         ended_at = case when $5 then ${sqlNow(2)} end, next_poll_at = case when $5 then null else next_poll_at end
       where tenant_id = $1 and id = $3`,
      [tenantId, services.clock.fixedMs(), id, journalId, isDone],
    );
    const taken = (await loadRefund(tx, tenantId, id)) ?? locked;
    await recordStep(services, tx, taken, { from: null, to: 'pending', cause: 'money_set_aside', mover });
    await recordRefundEvent(services, tx, { ...taken, state: 'pending', endedAtMs: null }, 'refund.created');
    if (!isDone) return taken;
    await recordStep(services, tx, taken, { from: 'pending', to: 'succeeded', cause: 'paid_outside', mover });
    if (payment !== null) await restatePayment(services, tx, payment, mover);
    await recordRefundEvent(services, tx, taken, 'refund.succeeded');
    return taken;
  });
}

/**
 * What the books refused is as if it had not been asked for.
 * Guarantee: only by the number of its lease, so that nobody else is posting it meanwhile; a posted one stays by trigger.
 */
export async function forget(services: PaymentServices, refund: Refund): Promise<void> {
  await transact(services.db, async (tx) => {
    const payment = await lockPayment(tx, refund);
    const { rowCount } = await tx.query(
      `delete from refunds where tenant_id = $1 and id = $2 and journal_id is null and lease_number = $3`,
      [refund.tenantId, refund.id, refund.leaseNumber],
    );
    if (rowCount === 1 && payment !== null) await changeRefunded(services, tx, payment, -refund.amountMinor);
  });
}

/** What the audit log says of it, in the API's words. */
function factsOf(refund: Refund): Record<string, unknown> {
  const { id, amount, currency, method, source, payment_id, wallet_id, reference, provider, destination } =
    refundObject(refund);
  return { id, amount, currency, method, source, payment_id, wallet_id, reference, provider, destination };
}
