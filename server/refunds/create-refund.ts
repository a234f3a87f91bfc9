import { createHash } from 'node:crypto';
import type { RefundMethod } from '@/contracts/refunds';
import type { Context } from '@/server/kernel/context';
import { credentialOf } from '@/server/kernel/origin';
import { Problem } from '@/server/kernel/problem';
import { sqlNow } from '@/server/kernel/sql-time';
import { inTransaction, sqlStateOf, type Transaction, transact } from '@/server/kernel/transaction';
import { LedgerBusy } from '@/server/ledger/ledger';
import type { Mover } from '@/server/payments/services';
import { problemOf } from '@/server/wallets/refusal';
import { type Destination, routeBack, routeTo } from './choose-route';
import { LEASE_SECONDS, putBack } from './poll';
import { findByReference, loadRefund } from './read';
import type { Refund, RefundRoute } from './refund-row';
import {
  findSubject,
  leftOf,
  lockedDue,
  requireRefundable,
  requireWithin,
  type Subject,
  type SubjectName,
} from './refundable';
import { requireSecondPersonForRefund } from './require-second-person';
import { changeRefunded, lockPayment } from './restate-payment';
import { send } from './send';
import { forget, takeMoney } from './take-money';

export interface CreateRefundInput {
  readonly subject: SubjectName;
  /** Null: all that is left of the payment, or all that is due. */
  readonly amountMinor: bigint | null;
  readonly method: RefundMethod;
  /** Who is paid what a close left due, through a provider. */
  readonly destination: Destination | null;
  readonly reason: string;
  /** The caller's own; of a recorded refund the receipt of the cash desk or the bank. */
  readonly reference: string;
}

export interface CreatedRefund {
  readonly refund: Refund;
  /** The reference was there before: this is how its refund stands. */
  readonly replayed: boolean;
}

/**
 * Gives money back: of a payment or a top-up, or what a closed wallet left due; paid money alone. The one way to a refund.
 *
 * In this order, each step committed before the next: the row, which sets the amount aside on its payment or wallet; the
 * books, which take the money; that it is sent; the sending. So a crash between any two leaves a refund that the poller sees
 * to its end, and never two payouts.
 * @throws Problem resource_missing, payment_not_refundable, wallet_not_closed, refund_exceeds_paid, insufficient_funds,
 *   wallet_frozen, refund_method_unavailable, reference_conflict …
 */
export async function createRefund(ctx: Context, input: CreateRefundInput): Promise<CreatedRefund> {
  await requireSecondPersonForRefund(ctx, input, async (subject) => {
    const amountMinor = input.amountMinor ?? wholeOf(subject);
    requireWithin(amountMinor, wholeOf(subject), subject.currency, whatIs(subject));
    return { amountMinor, route: await routeOf(ctx, input, subject, amountMinor) };
  });
  const begun = await begin(ctx, input);
  if (begun.replayed) return answered(ctx, begun.refund, true);
  const mover: Mover = { actor: ctx.principal.actor, requestId: ctx.requestId, source: 'request' };
  const { refund } = begun;
  try {
    const taken = await takeMoney(ctx, refund, mover).catch(async (error: unknown) => {
      // Certain that nothing was posted: then nothing was asked for either.
      if (error instanceof LedgerBusy) await forget(ctx, refund);
      throw error;
    });
    if (!taken.ok) throw problemOf(taken.refusal);
    const sent = taken.refund.state === 'pending' ? await send(ctx, taken.refund, mover) : taken.refund;
    return await answered(ctx, sent, false);
  } finally {
    await putBack(ctx, refund);
  }
}

/** Keeps the answer under the Idempotency-Key, where there is one: it is known only now. */
async function answered(ctx: Context, { tenantId, id }: Refund, replayed: boolean): Promise<CreatedRefund> {
  return inTransaction(ctx, async (tx) => {
    const refund = await loadRefund(tx, tenantId, id);
    if (refund === null) throw new Error(`There is no refund ${id}.`);
    return { refund, replayed };
  });
}

async function begin(ctx: Context, input: CreateRefundInput): Promise<CreatedRefund> {
  const { tenantId } = ctx.principal;
  const fingerprint = fingerprintOf(input);
  const earlier = await findByReference(ctx.db.pool, tenantId, input.reference);
  if (earlier !== null) return replayOf(earlier, fingerprint);
  const subject = await findSubject(ctx, input.subject);
  const asked = input.amountMinor ?? wholeOf(subject);
  requireWithin(asked, wholeOf(subject), subject.currency, whatIs(subject));
  const route = await routeOf(ctx, input, subject, asked);
  try {
    const refund = await transact(ctx.db, (tx) => insert(ctx, tx, input, subject, asked, route, fingerprint));
    return { refund, replayed: false };
  } catch (error) {
    // Of two at once with one reference the second meets the unique index, then the first's refund.
    if (sqlStateOf(error) !== '23505') throw error;
    const first = await findByReference(ctx.db.pool, tenantId, input.reference);
    if (first === null) throw error;
    return replayOf(first, fingerprint);
  }
}

/** All that could be given back; the row's own transaction judges again. */
function wholeOf({ payment, wallet, source }: Subject): bigint {
  const due = source === 'due' ? (wallet?.refundDueMinor ?? 0n) : null;
  if (payment === null) return due ?? 0n;
  const left = leftOf(payment);
  return due !== null && due < left ? due : left;
}

const whatIs = ({ payment }: Subject): string => (payment === null ? 'The wallet' : 'The payment');

async function routeOf(
  ctx: Context,
  { method, destination }: CreateRefundInput,
  { payment, currency }: Subject,
  amountMinor: bigint,
): Promise<RefundRoute | null> {
  const isNamed = method === 'provider' && payment === null;
  if (destination !== null && !isNamed) {
    const why =
      method === 'recorded'
        ? 'a recorded refund was paid outside already'
        : 'a payment goes back to where it came from';
    throw new Problem('parameter_invalid', `\`destination\` must be left out: ${why}.`, { param: 'destination' });
  }
  if (method === 'recorded') return null;
  if (payment !== null) return routeBack(ctx, payment, amountMinor);
  if (destination !== null) return routeTo(ctx, destination, currency, amountMinor);
  throw new Problem('parameter_missing', '`destination` is missing: who is paid what the close left due.', {
    param: 'destination',
  });
}

/** What must agree when the reference comes again: as it was asked for, since what is left has changed. */
function fingerprintOf({ subject, amountMinor, method, destination }: CreateRefundInput): string {
  const to = destination === null ? null : [destination.phone.replace(/^\+/, ''), destination.channel];
  const parts = [subject, amountMinor === null ? null : String(amountMinor), method, to];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

function replayOf(refund: Refund, fingerprint: string): CreatedRefund {
  if (refund.fingerprint !== fingerprint) {
    throw new Problem('reference_conflict', `The reference ${refund.reference} was used for another refund.`, {
      param: 'reference',
      details: { refund_id: refund.publicId, reference: refund.reference },
    });
  }
  // Whether the books take it is not known yet: an answer now could be of a refund that never was.
  if (refund.journalId === null) {
    throw new Problem('idempotency_in_progress', 'The first request with this reference is still running.', {
      retryAfterSeconds: 1,
    });
  }
  return { refund, replayed: true };
}

/** Leased to this request; what it leaves behind is the poller's once the lease is over. */
async function insert(
  ctx: Context,
  tx: Transaction,
  input: CreateRefundInput,
  subject: Subject,
  amountMinor: bigint,
  route: RefundRoute | null,
  fingerprint: string,
): Promise<Refund> {
  const { tenantId, actor } = ctx.principal;
  // Judged on the rows as they are under their locks: two refunds at once share what is left.
  const payment = await lockPayment(tx, { tenantId, paymentId: subject.payment?.id ?? null });
  if (payment !== null) {
    requireRefundable(payment);
    requireWithin(amountMinor, leftOf(payment), subject.currency, 'The payment');
    await changeRefunded(ctx, tx, payment, amountMinor);
  }
  const walletId = subject.wallet?.id ?? null;
  if (subject.source === 'due' && walletId !== null) {
    requireWithin(amountMinor, await lockedDue(ctx, tx, walletId), subject.currency, 'The wallet');
  }
  const id = ctx.ledger.nextId();
  await tx.query(
    `insert into refunds (tenant_id, id, reference, fingerprint, state, method, source, payment_id, top_up_id, wallet_id,
       currency, amount_minor, reason, way, provider, provider_account, attempt_reference, channel, country, phone,
       payee_name, actor, request_id, credential, address, created_at, updated_at, next_poll_at, lease_until, lease_number)
     values ($1, $3, $4, $5, 'pending', $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
       $23, $24, $25, ${sqlNow(2)}, ${sqlNow(2)}, ${sqlNow(2)}, ${sqlNow(2)} + interval '${LEASE_SECONDS} seconds', 1)`,
    [
      tenantId,
      ctx.clock.fixedMs(),
      id,
      input.reference,
      fingerprint,
      input.method,
      subject.source,
      payment?.id ?? null,
      payment?.topUpId ?? null,
      walletId,
      subject.currency,
      amountMinor,
      input.reason,
      route?.way ?? null,
      route?.provider ?? null,
      route?.providerAccount ?? null,
      route?.attemptReference ?? null,
      route?.channel ?? null,
      route?.country ?? null,
      route?.phone ?? null,
      route?.payeeName ?? null,
      actor,
      ctx.requestId,
      credentialOf(ctx),
      ctx.address,
    ],
  );
  const refund = await loadRefund(tx, tenantId, id);
  if (refund === null) throw new Error('A refund that was inserted is there.');
  return refund;
}
