import { loggableError } from '@/server/kernel/log';
import { sqlNow } from '@/server/kernel/sql-time';
import { transact } from '@/server/kernel/transaction';
import type { Exchange } from '@/server/providers/exchange';
import type { Provider } from '@/server/providers/provider';
import { attemptOf, providerOf, recorder, withExchanges } from './attempt';
import { currentMs, move, observe } from './observe';
import type { Payment } from './payment-row';
import { paymentPorts } from './ports';
import { loadPayment } from './read';
import { EXPIRY_GRACE_MS } from './reduce';
import { nextPollAt } from './schedule';
import { jobMover, type Mover, type PaymentServices } from './services';
import { submitToProvider } from './submit';

/** Longer than any call to a provider takes, its time-out included. */
const LEASE_SECONDS = 120;
const AT_ONCE = 20;

/**
 * Asks about every payment that is due, and takes those up that a crash left behind. Safe in several processes at once:
 * a payment is leased to one of them, and what a late one learns is decided on the row as it then is.
 * @returns how many were asked about
 */
export async function pollDue(services: PaymentServices, roundsMax = 50): Promise<number> {
  let polled = 0;
  for (let round = 0; round < roundsMax; round++) {
    const leased = await lease(services);
    if (leased.length === 0) break;
    await Promise.all(leased.map((payment) => pollSafely(services, payment)));
    polled += leased.length;
  }
  return polled;
}

interface Leased {
  readonly tenantId: string;
  readonly id: string;
  readonly leaseNumber: string;
}

/**
 * Guarantee: `skip locked` lets two workers never wait for one another, the lease lets none take what another has; a lease
 * that ran out is taken with a higher number.
 */
async function lease({ db, clock }: PaymentServices): Promise<Leased[]> {
  const { rows } = await db.pool.query<{ tenant_id: string; id: string; lease_number: string }>(
    `update payments p set lease_until = ${sqlNow(1)} + interval '${LEASE_SECONDS} seconds', lease_number = lease_number + 1
     from (
       select tenant_id, id from payments
       where next_poll_at <= ${sqlNow(1)} and (lease_until is null or lease_until <= ${sqlNow(1)})
       order by next_poll_at limit ${AT_ONCE} for update skip locked
     ) due
     where p.tenant_id = due.tenant_id and p.id = due.id
     returning p.tenant_id, p.id, p.lease_number`,
    [clock.fixedMs()],
  );
  return rows.map((row) => ({ tenantId: row.tenant_id, id: row.id, leaseNumber: row.lease_number }));
}

/** One that cannot be asked about does not keep the others waiting; it is tried again by its schedule. */
async function pollSafely(services: PaymentServices, leased: Leased): Promise<void> {
  try {
    await pollOne(services, leased);
  } catch (error) {
    paymentPorts(services.db).log.error({ paymentId: leased.id, error: loggableError(error) }, 'payment not polled');
  }
  await putBack(services, leased);
}

async function pollOne(services: PaymentServices, leased: Leased): Promise<void> {
  const payment = await loadPayment(services.db.pool, leased.tenantId, leased.id);
  if (payment === null || payment.leaseNumber !== leased.leaseNumber) return;
  const mover = jobMover(services.ledger, 'status');
  const provider = await providerOf(services, payment);
  const asked = provider === null ? payment : await ask(services, payment, provider, mover);
  const nowMs = await currentMs(services);
  if (isHopeless(asked, provider, nowMs)) await handOver(services, asked, mover, nowMs);
}

async function ask(services: PaymentServices, payment: Payment, provider: Provider, mover: Mover): Promise<Payment> {
  // A crash before the answer: where the provider sorts it out the same reference goes again, and 409 means it was there.
  // Anywhere else the request may have arrived, and a second would prompt twice.
  if (payment.state === 'submitting' && provider.capabilities.isInitiationIdempotent) {
    return submitToProvider(services, payment, mover);
  }
  return askProvider(services, payment, provider, mover);
}

/** What the provider says now, taken in. */
export async function askProvider(
  services: PaymentServices,
  payment: Payment,
  provider: Provider,
  mover: Mover,
): Promise<Payment> {
  const exchanges: Exchange[] = [];
  const observation = await provider.fetchStatus(attemptOf(services, payment), recorder(exchanges));
  return (await observe(services, payment, withExchanges(observation, exchanges), provider, mover)).payment;
}

/** The day is over; or there is nothing to ask by, and the prompt is gone. */
function isHopeless(payment: Payment, provider: Provider | null, nowMs: number): boolean {
  if (payment.state !== 'submitting' && payment.state !== 'pending') return false;
  if (nextPollAt(payment.createdAtMs, payment.polls, nowMs) === null) return true;
  const isAskable = payment.providerReference !== null || provider?.capabilities.isInitiationIdempotent === true;
  const promptEndMs = (payment.promptExpiresAtMs ?? payment.createdAtMs) + EXPIRY_GRACE_MS;
  return payment.state === 'submitting' && !isAskable && nowMs >= promptEndMs;
}

/** A question for a person: nobody knows whether it was paid. */
async function handOver(services: PaymentServices, payment: Payment, mover: Mover, nowMs: number): Promise<void> {
  await transact(services.db, async (tx) => {
    const locked = await loadPayment(tx, payment.tenantId, payment.id, true);
    if (locked === null || (locked.state !== 'submitting' && locked.state !== 'pending')) return;
    const verdict = {
      to: 'in_reconciliation',
      posting: null,
      cause: 'truth_unknown',
      failure: 'truth_unknown',
      mustAsk: false,
    } as const;
    await move(services, tx, locked, {
      verdict,
      posted: null,
      observation: null,
      mover: { ...mover, source: 'job' },
      nowMs,
    });
  });
}

/**
 * Ends the lease and says when to ask again.
 * Guarantee: only by the number of this lease; a worker that wakes after another took over changes nothing.
 */
async function putBack(services: PaymentServices, { tenantId, id, leaseNumber }: Leased): Promise<void> {
  const payment = await loadPayment(services.db.pool, tenantId, id);
  if (payment === null) return;
  const nowMs = await currentMs(services);
  const next = payment.nextPollAtMs === null ? null : nextPollAt(payment.createdAtMs, payment.polls, nowMs);
  await services.db.pool.query(
    `update payments set lease_until = null, polls = polls + 1,
       next_poll_at = case when next_poll_at is null then null else to_timestamp($4::bigint / 1000.0) end
     where tenant_id = $1 and id = $2 and lease_number = $3`,
    [tenantId, id, leaseNumber, next],
  );
}
