import { loggableError } from '@/server/kernel/log';
import { sqlNow } from '@/server/kernel/sql-time';
import { transact } from '@/server/kernel/transaction';
import { currentMs } from '@/server/payments/observe';
import { paymentPorts } from '@/server/payments/ports';
import { nextPollAt } from '@/server/payments/schedule';
import type { Mover, PaymentServices } from '@/server/payments/services';
import { loadRefund } from './read';
import type { Refund } from './refund-row';
import { returnMoney } from './return-money';
import { ask, send } from './send';
import { change, finish, lockBoth } from './settle';
import { takeMoney } from './take-money';

/** Longer than any call to a provider takes, its time-out included. */
export const LEASE_SECONDS = 120;
const AT_ONCE = 20;
/** What could not be brought to its end is tried for as long as it takes. */
const PAUSE_MS = 60_000;

export function refundMover({ ledger }: Pick<PaymentServices, 'ledger'>, source: Mover['source'] = 'status'): Mover {
  return { actor: 'job:refunds', requestId: `job_${ledger.nextId()}`, source };
}

/**
 * Sees every refund that is due on: sends what was not sent, asks about what was, brings back the money of what failed.
 * Safe in several processes at once, as the payments' poller is: each is leased to one of them.
 * @returns how many were looked at
 */
export async function pollRefunds(services: PaymentServices, roundsMax = 50): Promise<number> {
  let polled = 0;
  for (let round = 0; round < roundsMax; round++) {
    const leased = await lease(services);
    if (leased.length === 0) break;
    await Promise.all(leased.map((one) => pollSafely(services, one)));
    polled += leased.length;
  }
  return polled;
}

export type Leased = Pick<Refund, 'tenantId' | 'id' | 'leaseNumber'>;

/**
 * Guarantee: `skip locked` lets two workers never wait for one another, the lease lets none take what another has; a lease
 * that ran out is taken with a higher number.
 */
async function lease({ db, clock }: PaymentServices): Promise<Leased[]> {
  const { rows } = await db.pool.query<{ tenant_id: string; id: string; lease_number: string }>(
    `update refunds r set lease_until = ${sqlNow(1)} + interval '${LEASE_SECONDS} seconds', lease_number = lease_number + 1
     from (
       select tenant_id, id from refunds
       where next_poll_at <= ${sqlNow(1)} and (lease_until is null or lease_until <= ${sqlNow(1)})
       order by next_poll_at limit ${AT_ONCE} for update skip locked
     ) due
     where r.tenant_id = due.tenant_id and r.id = due.id
     returning r.tenant_id, r.id, r.lease_number`,
    [clock.fixedMs()],
  );
  return rows.map((row) => ({ tenantId: row.tenant_id, id: row.id, leaseNumber: row.lease_number }));
}

/** One that cannot be worked on does not keep the others waiting; it is tried again by its schedule. */
async function pollSafely(services: PaymentServices, leased: Leased): Promise<void> {
  try {
    const refund = await loadRefund(services.db.pool, leased.tenantId, leased.id);
    if (refund !== null && refund.leaseNumber === leased.leaseNumber) {
      await goOn(services, refund, refundMover(services));
    }
  } catch (error) {
    paymentPorts(services.db).log.error({ refundId: leased.id, error: loggableError(error) }, 'refund not polled');
  }
  await putBack(services, leased);
}

/** The next thing to do for a refund, whatever was interrupted. */
async function goOn(services: PaymentServices, refund: Refund, mover: Mover): Promise<void> {
  switch (refund.state) {
    case 'pending': {
      const taken =
        refund.journalId === null ? await takeMoney(services, refund, mover) : { ok: true as const, refund };
      if (!taken.ok || taken.refund.state !== 'pending') return;
      if (await isOver(services, taken.refund)) await giveUp(services, taken.refund, mover);
      else await send(services, taken.refund, mover);
      return;
    }
    case 'submitted': {
      const asked = await ask(services, refund, mover).catch((error: unknown) => {
        paymentPorts(services.db).log.error(
          { refundId: refund.id, error: loggableError(error) },
          'refund not asked about',
        );
        return refund;
      });
      if (asked.state === 'submitted' && (await isOver(services, asked))) await giveUp(services, asked, mover);
      return;
    }
    case 'failed':
      await returnMoney(services, refund, mover);
      return;
    case 'succeeded':
    case 'in_reconciliation':
      return;
  }
}

async function isOver(services: PaymentServices, refund: Refund): Promise<boolean> {
  return nextPollAt(refund.submittedAtMs ?? refund.createdAtMs, refund.polls, await currentMs(services)) === null;
}

/** The day is over. What was never sent is not; whether what was sent arrived is a question for a person. */
async function giveUp(services: PaymentServices, refund: Refund, mover: Mover): Promise<void> {
  const given = await transact(services.db, async (tx) => {
    const { refund: locked } = await lockBoth(tx, refund);
    if (locked.state !== refund.state || locked.leaseNumber !== refund.leaseNumber) return locked;
    const verdict =
      locked.state === 'pending'
        ? ({ to: 'failed', cause: 'never_sent', failure: 'provider_unavailable' } as const)
        : ({ to: 'in_reconciliation', cause: 'truth_unknown', failure: 'truth_unknown' } as const);
    return change(services, tx, locked, verdict, { ...mover, source: 'job' }, null);
  });
  await finish(services, given, mover);
}

/**
 * Ends the lease and says when to look again.
 * Guarantee: only by the number of this lease; a worker that wakes after another took over changes nothing.
 */
export async function putBack(services: PaymentServices, { tenantId, id, leaseNumber }: Leased): Promise<void> {
  const refund = await loadRefund(services.db.pool, tenantId, id);
  if (refund === null) return;
  const next = nextLookAt(refund, await currentMs(services));
  await services.db.pool.query(
    `update refunds set lease_until = null, polls = polls + 1, next_poll_at = to_timestamp($4::bigint / 1000.0)
     where tenant_id = $1 and id = $2 and lease_number = $3`,
    [tenantId, id, leaseNumber, next],
  );
}

function nextLookAt(refund: Refund, nowMs: number): number | null {
  switch (refund.state) {
    case 'pending':
    case 'submitted':
      // The day's last look brings a verdict; where even that was interrupted it is looked for again.
      return nextPollAt(refund.submittedAtMs ?? refund.createdAtMs, refund.polls, nowMs) ?? nowMs + PAUSE_MS;
    case 'failed':
      return refund.returnJournalId !== null || refund.isKept || refund.journalId === null ? null : nowMs + PAUSE_MS;
    case 'succeeded':
    case 'in_reconciliation':
      return null;
  }
}
