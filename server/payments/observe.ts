import type { EventType } from '@/contracts/events';
import { sqlMs, sqlNow } from '@/server/kernel/sql-time';
import { type Transaction, transact } from '@/server/kernel/transaction';
import type { NextStep, Observation, Provider } from '@/server/providers/provider';
import { followPayment } from '@/server/top-ups/follow-payment';
import { recordEvent } from '@/server/webhooks/record-event';
import { callbackOf } from './legacy-callback';
import { paymentObject } from './payment-object';
import { PAYMENT_COLUMNS, PAYMENTS, type Payment, type PaymentRow, toPayment } from './payment-row';
import { paymentPorts } from './ports';
import { findJournal, type Posted, postMoney } from './post-money';
import { loadPayment } from './read';
import { type PaymentFacts, type Posting, reduce, type Verdict } from './reduce';
import { nextPollAt } from './schedule';
import type { Mover, PaymentServices } from './services';
import type { PaymentFailure, PaymentState } from './types';

export interface Observed {
  readonly payment: Payment;
  /** Nothing was believed: the provider has to be asked. */
  readonly mustAsk: boolean;
}

/** What an initiation leaves on the row besides what its answer says. */
export interface Submission {
  /** False where the provider refused the request: as far as anybody outside can tell it was not made. */
  readonly wasMade: boolean;
  readonly providerReference: string | null;
  /** Null leaves the step there was. */
  readonly nextStep: NextStep | null;
}

/**
 * Takes one observation in: keeps it, decides, moves money in the books, then the payment's state. The order is what makes
 * a crash harmless: money is posted under the payment's own reference before the state says so, and a state that is
 * behind is looked at again by the poller or from the inbox, and meets the posting that is there.
 */
export async function observe(
  services: PaymentServices,
  key: { readonly tenantId: string; readonly id: string },
  observation: Observation,
  provider: Pick<Provider, 'capabilities'>,
  mover: Mover,
  submission: Submission | null = null,
): Promise<Observed> {
  let row = await keep(services, key, observation);
  for (let tries = 1; ; tries++) {
    const decided = await decide(services, row, observation, provider, mover, submission);
    if (decided !== null) return decided;
    if (tries >= TRIES_MAX) throw new Error(`Payment ${key.id} moves faster than it can be decided on.`);
    row = await requirePayment(services.db.pool, key, false);
  }
}

/** Somebody else moved the payment between our posting and its row, so often: more is a fault, not bad luck. */
const TRIES_MAX = 5;

/** Null when another worker has moved the payment meanwhile, to where something else has to be posted. */
async function decide(
  services: PaymentServices,
  row: Payment,
  observation: Observation,
  provider: Pick<Provider, 'capabilities'>,
  mover: Mover,
  submission: Submission | null,
): Promise<Observed | null> {
  const nowMs = nowOf(services, row);
  const journalId = row.journalId ?? (await journalAhead(services, row, observation, provider, nowMs));
  const before = { ...row, journalId };
  const first = reduce(factsOf(before, provider), observation, nowMs);
  // Kept, and nothing to write: what else there is to learn is asked for, or known. Nothing was decided that a lock
  // would have to hold for.
  if (submission === null && first.to === null && first.posting === null && !saysMore(row, observation)) {
    return { payment: row, mustAsk: first.mustAsk };
  }
  const posted = first.posting === null ? null : await postMoney(services, before, first.posting, mover);
  const payment = await transact(services.db, async (tx) => {
    const stored = await requirePayment(tx, row, true);
    const locked = { ...stored, journalId: stored.journalId ?? journalId };
    // Decided again on the row as it is now, under its lock: whatever another worker did meanwhile counts.
    const verdict = reduce(factsOf(locked, provider), observation, nowMs);
    if (verdict.posting !== null && !isSamePosting(verdict.posting, first.posting)) return null;
    // What the books are ahead by is the row's only with the state that says so.
    const known = verdict.to === null ? stored : locked;
    return move(services, tx, known, { verdict, posted, observation, mover, nowMs, submission });
  });
  if (payment === null) return null;
  if (posted !== null && first.posting?.kind !== 'claw_back' && payment.state === 'reversed') {
    // The provider took it back while it was being credited.
    await postMoney(services, payment, { kind: 'claw_back' }, mover);
  }
  return { payment, mustAsk: first.mustAsk };
}

/** Whether it names what the row does not know yet. */
function saysMore(payment: Payment, { receipt, providerReference }: Observation): boolean {
  return (
    (payment.receipt === null && receipt !== null) || (payment.providerReference === null && providerReference !== null)
  );
}

/** A receipt is placed once, wherever it goes: what the books answered counts. */
function isSamePosting(now: Posting, then: Posting | null): boolean {
  return then !== null && (now.kind === 'claw_back') === (then.kind === 'claw_back');
}

/**
 * A crash may have left the books ahead of the row: before it is said that money never came, they are asked. The row then
 * stays where it is, and the next question finds it paid.
 */
async function journalAhead(
  services: PaymentServices,
  payment: Payment,
  observation: Observation,
  provider: Pick<Provider, 'capabilities'>,
  nowMs: number,
): Promise<string | null> {
  const { to, posting } = reduce(factsOf(payment, provider), observation, nowMs);
  if (to === null || to === 'pending' || posting !== null) return null;
  return findJournal(services, payment);
}

/** Keeps what was said, whatever comes of it, and gives the payment as it then stands. */
async function keep(
  services: PaymentServices,
  key: { readonly tenantId: string; readonly id: string },
  observation: Observation,
): Promise<Payment> {
  const { rows } = await services.db.pool.query<PaymentRow>({
    name: 'keep_payment_observation',
    text: `with kept as (
       insert into payment_observations (tenant_id, id, payment_id, source, outcome, code, provider_code, message,
         provider_reference, receipt, amount_minor, currency, provider_fee_minor, phone, is_reversed, occurred_at, raw,
         created_at)
       values ($1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, to_timestamp($17::bigint / 1000.0), $18,
         ${sqlNow(2)})
     )
     select ${PAYMENT_COLUMNS} from ${PAYMENTS} where p.tenant_id = $1 and p.id = $4`,
    values: [
      key.tenantId,
      services.clock.fixedMs(),
      services.ledger.nextId(),
      key.id,
      observation.source,
      observation.outcome,
      observation.code,
      observation.providerCode,
      observation.message,
      observation.providerReference,
      observation.receipt,
      observation.amountMinor,
      observation.currency,
      observation.providerFeeMinor,
      observation.phone,
      observation.isReversed,
      observation.occurredAtMs,
      observation.raw.replaceAll('\0', ''),
    ],
  });
  if (rows[0] === undefined) throw new Error(`There is no payment ${key.id}.`);
  return toPayment(rows[0]);
}

async function requirePayment(
  db: Parameters<typeof loadPayment>[0],
  { tenantId, id }: { readonly tenantId: string; readonly id: string },
  lock: boolean,
): Promise<Payment> {
  const payment = await loadPayment(db, tenantId, id, lock);
  if (payment === null) throw new Error(`There is no payment ${id}.`);
  return payment;
}

export function factsOf(payment: Payment, { capabilities }: Pick<Provider, 'capabilities'>): PaymentFacts {
  return {
    state: payment.state,
    chargedMinor: payment.chargedMinor,
    currency: payment.currency,
    phone: payment.phone,
    hasMoney: payment.journalId !== null,
    isGivenBack: payment.refundedMinor >= payment.amountMinor,
    promptExpiresAtMs: payment.promptExpiresAtMs,
    callbackTrust: capabilities.callbackTrust,
  };
}

interface Move {
  readonly verdict: Verdict;
  readonly posted: Posted | null;
  readonly observation: Observation | null;
  readonly mover: Mover;
  readonly nowMs: number;
  readonly note?: string | null;
  readonly submission?: Submission | null;
}

/**
 * Writes a transition: the row under its lock, its line in the history, its events and, at an end, its callback. What the books hold has the last
 * word: a credit that turned out to be in suspense is a question for a person.
 */
export async function move(
  services: PaymentServices,
  tx: Transaction,
  payment: Payment,
  { verdict, posted, observation, mover, nowMs, note = null, submission = null }: Move,
): Promise<Payment> {
  const isReceipt = verdict.to !== null && verdict.posting !== null && verdict.posting.kind !== 'claw_back';
  const isSuspended = isReceipt && posted?.kind === 'mismatch';
  const to: PaymentState | null =
    !isReceipt || posted === null ? verdict.to : isSuspended ? 'in_reconciliation' : 'succeeded';
  const failure: PaymentFailure | null =
    to === 'succeeded' ? null : isSuspended ? (verdict.failure ?? 'wallet_unavailable') : verdict.failure;
  const isMove = to !== null && (to !== payment.state || failure !== payment.failureCode);
  const isPaid = to === 'succeeded';
  const next = isMove ? to : payment.state;
  const nextStep = submission?.nextStep ?? payment.nextStep;
  const { rows } = await tx.query<PaymentRow>({
    name: 'move_payment',
    text: `with p as (
       update payments set state = $4, failure_code = $5, failure_message = $6, journal_id = $7, receipt = $8,
         provider_reference = $9, paid_at = to_timestamp($10::bigint / 1000.0),
         next_poll_at = to_timestamp($11::bigint / 1000.0), next_step = $12,
         initiated_at = coalesce(initiated_at, case when $13 then ${sqlNow(2)} end), updated_at = ${sqlNow(2)}
       where tenant_id = $1 and id = $3
       returning *
     ), line as (
       insert into payment_transitions (tenant_id, id, payment_id, from_state, to_state, cause, source, actor, note, created_at)
       select $1, $15::bigint, $3, $16, $4, $17, $18, $19, $20, ${sqlNow(2)} where $14
     )
     select ${PAYMENT_COLUMNS} from p join tenants t on t.id = p.tenant_id`,
    values: [
      payment.tenantId,
      services.clock.fixedMs(),
      payment.id,
      next,
      isMove ? failure : payment.failureCode,
      isMove ? (failure === null ? null : (observation?.message ?? note)) : payment.failureMessage,
      payment.journalId ?? (verdict.posting?.kind === 'claw_back' ? null : (posted?.journalId ?? null)),
      payment.receipt ?? observation?.receipt ?? null,
      payment.providerReference ?? observation?.providerReference ?? submission?.providerReference ?? null,
      payment.paidAtMs ?? (isPaid ? paidAt(observation, payment, nowMs) : null),
      pollAfter(payment, next, isMove, nowMs),
      nextStep === null ? null : JSON.stringify(nextStep),
      submission?.wasMade === true,
      isMove,
      services.ledger.nextId(),
      payment.state,
      isSuspended && verdict.failure === null ? 'wallet_unavailable' : verdict.cause,
      mover.source,
      mover.actor,
      note ?? observation?.message ?? null,
    ],
  });
  if (rows[0] === undefined) throw new Error(`There is no payment ${payment.id}.`);
  const moved = toPayment(rows[0]);
  if (!isMove) return moved;
  const types = eventTypesOf(payment.state, moved, verdict.cause);
  for (const type of types) {
    // With the payment as it was at this moment, and the sequence of the wallet it is for.
    const payload = JSON.stringify({ data: paymentObject(moved) });
    await recordEvent(services, tx, { tenantId: moved.tenantId, type, accountId: moved.walletId, payload });
  }
  if (moved.topUpId !== null) {
    const { tenantId, mode, topUpId } = moved;
    await followPayment({ ...services, principal: { tenantId, mode } }, tx, { ...moved, topUpId });
  }
  const [type] = types;
  if (type !== undefined && CALLED_BACK.has(moved.state)) await callBack(services, tx, moved, type);
  return moved;
}

/** Ends that the legacy callback tells: paid, or certainly not. */
const CALLED_BACK: ReadonlySet<PaymentState> = new Set(['succeeded', 'failed', 'canceled', 'expired']);

function paidAt(observation: Observation | null, { createdAtMs }: Payment, nowMs: number): number {
  const said = observation?.occurredAtMs ?? null;
  // A provider's clock may be wrong; one that paid before it was asked, or will pay tomorrow, is not believed.
  return said !== null && said >= createdAtMs - 60_000 && said <= nowMs + 60_000 ? said : nowMs;
}

/** An expiry is asked about to the end of its day; every other end is one. A question for a person is no job's. */
function pollAfter(payment: Payment, state: PaymentState, isMove: boolean, nowMs: number): number | null {
  if (!isMove) return payment.nextPollAtMs;
  if (state === 'expired' && payment.state !== 'expired') return nextPollAt(payment.createdAtMs, payment.polls, nowMs);
  if (state === 'pending' || state === 'submitting' || state === 'created') {
    // Until now it was due when the answer to the first call would be late.
    if (payment.state === 'submitting') return nextPollAt(payment.createdAtMs, payment.polls, nowMs);
    return payment.nextPollAtMs ?? nextPollAt(payment.createdAtMs, payment.polls, nowMs);
  }
  return null;
}

function eventTypesOf(from: PaymentState, payment: Payment, cause: string): EventType[] {
  switch (payment.state) {
    case 'pending':
      return from === 'submitting' || from === 'created' ? ['payment.processing'] : [];
    case 'succeeded':
      return cause === 'late_success' ? ['payment.succeeded', 'payment.late_success'] : ['payment.succeeded'];
    case 'failed':
      return ['payment.failed'];
    case 'canceled':
      return ['payment.canceled'];
    case 'expired':
      return ['payment.expired'];
    case 'reversed':
      return ['payment.reversed'];
    case 'in_reconciliation':
      return payment.journalId === null ? [] : ['payment.amount_mismatch'];
    default:
      return [];
  }
}

async function callBack(services: PaymentServices, tx: Transaction, payment: Payment, type: string): Promise<void> {
  const url = payment.callbackUrl ?? (await registeredUrl(tx, payment.tenantId));
  if (url === null) return;
  const body = JSON.stringify(callbackOf(payment));
  await paymentPorts(services.db).deliverCallback(tx, { tenantId: payment.tenantId, type, url, body });
}

async function registeredUrl(tx: Transaction, tenantId: string): Promise<string | null> {
  const { rows } = await tx.query<{ callback_url: string | null }>(
    'select callback_url from collection_policies where tenant_id = $1',
    [tenantId],
  );
  return rows[0]?.callback_url ?? null;
}

/** The time of a decision on a row: the database's when it was read, or the one a test set. */
export function nowOf({ clock }: Pick<PaymentServices, 'clock'>, { asOfMs }: Payment): number {
  return clock.fixedMs() ?? asOfMs;
}

/** The one clock: the database's, or the one a test set. */
export async function currentMs({ db, clock }: Pick<PaymentServices, 'db' | 'clock'>): Promise<number> {
  const fixed = clock.fixedMs();
  if (fixed !== null) return fixed;
  const { rows } = await db.pool.query<{ ms: string }>(`select ${sqlMs('clock_timestamp()')} as ms`);
  return Number((rows[0] as { ms: string }).ms);
}
