import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { sqlNow } from '@/server/kernel/sql-time';
import { inTransaction } from '@/server/kernel/transaction';
import { readJournals } from '@/server/ledger/read-journal';
import { paymentAccounts } from './books-accounts';
import { currentMs, move } from './observe';
import type { Payment } from './payment-row';
import { findJournal, type Posted, postedOf, postMoney } from './post-money';
import { findPaymentOfAny, loadPayment } from './read';
import type { Mover } from './services';

export interface ResolvePaymentInput {
  readonly payment: string;
  /** `paid`: the money is credited, out of suspense where it stands there. `unpaid`: nothing is, and what stands in suspense
   * goes back to the provider's account. */
  readonly verdict: 'paid' | 'unpaid';
  /** The provider's receipt, as the person saw it. */
  readonly receipt: string | null;
  readonly reason: string;
}

/**
 * A person's answer to a payment that nobody knows the truth of. Asking twice does it once.
 * @throws Problem resource_missing, payment_not_in_reconciliation
 */
export async function resolvePayment(caller: Context, input: ResolvePaymentInput): Promise<Payment> {
  const { ctx, payment } = await findPaymentOfAny(caller, input.payment);
  if (payment.state !== 'in_reconciliation') throw notInReconciliation(payment);
  const mover: Mover = { actor: ctx.principal.actor, requestId: ctx.requestId, source: 'person' };
  const nowMs = await currentMs(ctx);
  return inTransaction(ctx, async (tx) => {
    // Guarantee: two people's answers at once queue here, and the second finds the first's. The books are moved under the
    // lock, on a connection of their own: they hold one answer per payment, also after a crash before this commits.
    const locked = await loadPayment(tx, payment.tenantId, payment.id, true);
    if (locked === null || locked.state !== 'in_reconciliation') throw notInReconciliation(locked ?? payment);
    const suspended = locked.journalId === null ? null : await suspendedMoney(ctx, locked, locked.journalId);
    const posted = await post(ctx, locked, suspended, input, mover);
    const isPaid = input.verdict === 'paid';
    // What is credited is what came: without the charges of an amount that was never paid.
    if (isPaid && suspended !== null) {
      await tx.query(
        `update payments set amount_minor = $3, fee_minor = 0, tax_minor = 0, service_version_id = null
         where tenant_id = $1 and id = $2`,
        [locked.tenantId, locked.id, suspended.amountMinor],
      );
    }
    await tx.query(
      `update payments set receipt = coalesce(receipt, $4), updated_at = ${sqlNow(2)}, journal_id = $5
       where tenant_id = $1 and id = $3`,
      [
        locked.tenantId,
        ctx.clock.fixedMs(),
        locked.id,
        input.receipt,
        isPaid ? (posted?.journalId ?? null) : locked.journalId,
      ],
    );
    const current = (await loadPayment(tx, locked.tenantId, locked.id)) ?? locked;
    const verdict = {
      to: isPaid ? 'succeeded' : 'failed',
      posting: null,
      cause: 'resolved_by_hand',
      failure: isPaid ? null : 'written_off',
      mustAsk: false,
    } as const;
    const after = await move(ctx, tx, current, {
      verdict,
      posted: null,
      observation: null,
      mover,
      nowMs,
      note: input.reason,
    });
    await recordChange(ctx, tx, {
      action: 'payment.resolved',
      objectId: locked.publicId,
      reason: input.reason,
      before: JSON.stringify({ status: locked.state, failure_code: locked.failureCode }),
      after: JSON.stringify({ status: after.state, failure_code: after.failureCode, receipt: after.receipt }),
    });
    return after;
  });
}

function notInReconciliation(payment: Payment): Problem {
  return new Problem('payment_not_in_reconciliation', `The payment is ${payment.state}: there is nothing to resolve.`, {
    details: { status: payment.state },
  });
}

interface Suspended {
  readonly amountMinor: bigint;
  readonly currency: string;
}

async function suspendedMoney(ctx: Context, { tenantId }: Payment, journalId: string): Promise<Suspended | null> {
  const posted = (await readJournals(ctx.db.pool, [{ tenantId, id: journalId }])).get(journalId);
  if (posted === undefined) throw new Error(`Journal ${journalId} is not in the books.`);
  const { kind, amountMinor, currency } = posted.journal;
  return kind === 'mismatch' ? { amountMinor, currency } : null;
}

async function post(
  ctx: Context,
  payment: Payment,
  suspended: Suspended | null,
  { verdict, reason }: ResolvePaymentInput,
  mover: Mover,
): Promise<Posted | null> {
  if (suspended === null) {
    if (verdict === 'paid') return postMoney(ctx, payment, { kind: 'credit' }, mover);
    if ((await findJournal(ctx, payment)) !== null) throw otherwise('paid');
    return null;
  }
  if (verdict === 'paid' && suspended.currency !== payment.currency) {
    throw new Problem(
      'currency_mismatch',
      `What came is ${suspended.currency}, the payment is of ${payment.currency}: it can only go back.`,
      { details: { expected: payment.currency, given: suspended.currency } },
    );
  }
  const accounts = await paymentAccounts(ctx, { ...payment, currency: suspended.currency });
  const isOwnCurrency = suspended.currency === payment.currency;
  const outcome = await ctx.ledger.submit({
    kind: 'collect',
    tenantId: payment.tenantId,
    id: ctx.ledger.nextId(),
    origin: mover,
    accountId: (isOwnCurrency ? payment.walletId : null) ?? accounts.collectionsId,
    clearingAccountId: accounts.clearingId,
    dueAccountId: accounts.dueId,
    suspenseAccountId: accounts.suspenseId,
    operation: 'payment_resolution',
    into: verdict === 'paid' ? 'account' : 'clearing',
    amountMinor: suspended.amountMinor,
    service: null,
    reference: payment.publicId,
    description: reason,
    metadata: null,
    businessAtMs: null,
  });
  if (!outcome.ok) {
    throw new Problem('wallet_inactive', 'The wallet takes no money now: activate it first.', { param: 'walletId' });
  }
  const posted = postedOf(outcome);
  const was = posted.kind === 'refund' ? 'unpaid' : 'paid';
  if (was !== verdict) throw otherwise(was);
  return posted;
}

/** An earlier answer reached the books and not the row: it has to be given again before there is another. */
function otherwise(verdict: 'paid' | 'unpaid'): Problem {
  return new Problem(
    'payment_not_in_reconciliation',
    `The books say that it was ${verdict}: an answer was interrupted. Say ${verdict}.`,
    {
      details: { verdict },
    },
  );
}
