import { loggableError } from '@/server/kernel/log';
import { sqlNow } from '@/server/kernel/sql-time';
import { type Transaction, transact } from '@/server/kernel/transaction';
import { paymentPorts } from '@/server/payments/ports';
import type { Mover, PaymentServices } from '@/server/payments/services';
import type { Observation } from '@/server/providers/provider';
import { loadRefund } from './read';
import { reduceRefund, type Verdict } from './reduce';
import type { Refund } from './refund-row';
import { lockPayment, restatePayment } from './restate-payment';
import { returnMoney } from './return-money';
import { recordObservation, recordRefundEvent, recordStep } from './steps';

/**
 * Takes in what a provider said of a refund: keeps it, decides, then state, history and event in one transaction under the
 * row's lock. That it failed is decided before its money comes back: whoever meets the row after that pays nobody.
 */
export async function settle(
  services: PaymentServices,
  key: Pick<Refund, 'tenantId' | 'id'>,
  observation: Observation,
  mover: Mover,
): Promise<Refund> {
  await recordObservation(services, key, observation);
  const refund = await transact(services.db, async (tx) => {
    const { refund: locked, payment } = await lockBoth(tx, key);
    const verdict = reduceRefund(locked, observation);
    await tx.query(
      `update refunds set provider_reference = coalesce(provider_reference, $3), receipt = coalesce(receipt, $4)
       where tenant_id = $1 and id = $2`,
      [key.tenantId, key.id, observation.providerReference, observation.receipt],
    );
    const moved = await change(services, tx, locked, verdict, mover, observation.message);
    if (moved.state === 'succeeded' && verdict.to !== null && payment !== null) {
      await restatePayment(services, tx, payment, mover);
    }
    return moved;
  });
  return finish(services, refund, mover);
}

/** A failure whose money cannot come back now: the job sees to it. */
export async function finish(services: PaymentServices, refund: Refund, mover: Mover): Promise<Refund> {
  if (refund.state !== 'failed') return refund;
  try {
    return await returnMoney(services, refund, mover);
  } catch (error) {
    const { log } = paymentPorts(services.db);
    log.error({ refundId: refund.id, error: loggableError(error) }, 'a failed refund’s money is not back yet');
    return refund;
  }
}

export async function lockBoth(tx: Transaction, { tenantId, id }: Pick<Refund, 'tenantId' | 'id'>) {
  const found = await loadRefund(tx, tenantId, id);
  if (found === null) throw new Error(`There is no refund ${id}.`);
  const payment = await lockPayment(tx, found);
  const refund = await loadRefund(tx, tenantId, id, true);
  if (refund === null) throw new Error(`There is no refund ${id}.`);
  return { refund, payment };
}

/** Writes a verdict: the row, which is locked, its line in the history, and the event of its success. */
export async function change(
  services: PaymentServices,
  tx: Transaction,
  refund: Refund,
  { to, cause, failure }: Verdict,
  mover: Mover,
  note: string | null,
): Promise<Refund> {
  const { tenantId, id } = refund;
  if (to === null) {
    if (failure !== null) {
      await tx.query('update refunds set failure_code = $3 where tenant_id = $1 and id = $2', [tenantId, id, failure]);
      paymentPorts(services.db).log.error({ refundId: id, failure }, 'a refund needs a person');
      await recordStep(services, tx, refund, { from: refund.state, to: refund.state, cause, mover, note });
    }
    return (await loadRefund(tx, tenantId, id)) ?? refund;
  }
  const isEnd = to === 'succeeded' || to === 'failed';
  await tx.query(
    `update refunds set state = $4, failure_code = $5, failure_message = $6, updated_at = ${sqlNow(2)},
       ended_at = case when $7 then ${sqlNow(2)} end,
       -- A failure is taken up until its money is back.
       next_poll_at = case when $4 = 'failed' then ${sqlNow(2)} when $4 = 'pending' then next_poll_at end
     where tenant_id = $1 and id = $3`,
    [tenantId, services.clock.fixedMs(), id, to, failure, failure === null ? null : note, isEnd],
  );
  const moved = (await loadRefund(tx, tenantId, id)) ?? refund;
  await recordStep(services, tx, moved, { from: refund.state, to, cause, mover, note });
  if (to === 'succeeded') await recordRefundEvent(services, tx, moved, 'refund.succeeded');
  return moved;
}
