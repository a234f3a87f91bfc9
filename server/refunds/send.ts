import { sqlNow } from '@/server/kernel/sql-time';
import { transact } from '@/server/kernel/transaction';
import { recorder, withExchanges } from '@/server/payments/attempt';
import { currentMs } from '@/server/payments/observe';
import type { Mover, PaymentServices } from '@/server/payments/services';
import { observe } from '@/server/providers/answers';
import type { Exchange } from '@/server/providers/exchange';
import type { Initiation, Observation } from '@/server/providers/provider';
import { outletOf } from './outlet';
import { loadRefund } from './read';
import type { Refund } from './refund-row';
import { lockBoth, settle } from './settle';
import { recordObservation, recordStep } from './steps';

/** A process that slept between its note that it sends and the sending leaves it to be asked about. */
const SEND_WITHIN_MS = 60_000;

/**
 * Sends a refund to its provider, once: that it was sent is committed before it is, so that after a crash it is asked about
 * and not sent again. Only a certain "nothing was done, try later" makes it one that was not sent.
 */
export async function send(services: PaymentServices, refund: Refund, mover: Mover): Promise<Refund> {
  const outlet = await outletOf(services, refund);
  const sent = await markSent(services, refund, mover);
  if (sent === null) return (await loadRefund(services.db.pool, refund.tenantId, refund.id)) ?? refund;
  if ((await currentMs(services)) - (sent.submittedAtMs ?? 0) > SEND_WITHIN_MS) return sent;
  const exchanges: Exchange[] = [];
  const initiation = await outlet.start(sent, recorder(exchanges));
  const observation = withExchanges(observationOf(initiation), exchanges);
  if (initiation.status === 'rejected' && initiation.retryable) return putOff(services, sent, observation, mover);
  return settle(services, sent, observation, mover);
}

/** Guarantee: of two workers one finds the row pending and its own lease on it; only that one sends. */
async function markSent(services: PaymentServices, refund: Refund, mover: Mover): Promise<Refund | null> {
  const { tenantId, id, leaseNumber } = refund;
  return transact(services.db, async (tx) => {
    const { rowCount } = await tx.query(
      `update refunds set state = 'submitted', submitted_at = ${sqlNow(2)}, updated_at = ${sqlNow(2)}, polls = 0
       where tenant_id = $1 and id = $3 and state = 'pending' and journal_id is not null and lease_number = $4`,
      [tenantId, services.clock.fixedMs(), id, leaseNumber],
    );
    if (rowCount !== 1) return null;
    await recordStep(services, tx, refund, { from: 'pending', to: 'submitted', cause: 'sent', mover });
    return loadRefund(tx, tenantId, id);
  });
}

/** Nothing was sent, or nothing done: it is sent again by its schedule. */
async function putOff(
  services: PaymentServices,
  refund: Refund,
  observation: Observation,
  mover: Mover,
): Promise<Refund> {
  await recordObservation(services, refund, observation);
  return transact(services.db, async (tx) => {
    const { refund: locked } = await lockBoth(tx, refund);
    if (locked.state !== 'submitted' || locked.leaseNumber !== refund.leaseNumber) return locked;
    const { tenantId, id } = locked;
    await tx.query(
      `update refunds set state = 'pending', submitted_at = null, polls = $4, updated_at = ${sqlNow(2)}
       where tenant_id = $1 and id = $3`,
      [tenantId, services.clock.fixedMs(), id, refund.polls + 1],
    );
    const note = observation.message;
    await recordStep(services, tx, locked, { from: 'submitted', to: 'pending', cause: 'not_sent', mover, note });
    return (await loadRefund(tx, tenantId, id)) ?? locked;
  });
}

/** What the provider says of it now, taken in. */
export async function ask(services: PaymentServices, refund: Refund, mover: Mover): Promise<Refund> {
  const outlet = await outletOf(services, refund);
  const exchanges: Exchange[] = [];
  const observation = await outlet.fetchStatus(refund, recorder(exchanges));
  return settle(services, refund, withExchanges(observation, exchanges), mover);
}

/** What an answer to its sending says about how the refund stands. */
function observationOf(initiation: Initiation): Observation {
  const nothing = observe({ outcome: 'unknown', raw: '', source: 'initiation' });
  switch (initiation.status) {
    case 'accepted':
      return (
        initiation.observation ?? { ...nothing, outcome: 'pending', providerReference: initiation.providerReference }
      );
    case 'rejected': {
      const { code, providerCode, message } = initiation;
      return { ...nothing, outcome: 'failed', code, providerCode, message };
    }
    case 'unknown':
      return { ...nothing, providerCode: initiation.providerCode, message: initiation.message };
  }
}
