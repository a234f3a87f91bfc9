import { recordChange } from '@/server/audit/record-change';
import { actOn, BOOKS_COLUMNS, type BooksRow, booksVisible, toBooks } from '@/server/clients/act-on';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { inTransaction } from '@/server/kernel/transaction';
import type { Mover } from '@/server/payments/services';
import { refundNotFound } from './read';
import type { Refund } from './refund-row';
import { restatePayment } from './restate-payment';
import { change, finish, lockBoth } from './settle';

export interface ResolveRefundInput {
  readonly refundId: string;
  /** `paid`: the payee has it. `unpaid`: nobody has, and the money comes back. */
  readonly verdict: 'paid' | 'unpaid';
  /** The provider's receipt, as the person saw it. */
  readonly receipt: string | null;
  readonly reason: string;
}

/**
 * A person's answer to a refund that nobody knows the truth of.
 * @throws Problem resource_missing, refund_not_in_reconciliation
 */
export async function resolveRefund(caller: Context, input: ResolveRefundInput): Promise<Refund> {
  const ctx = await onBooksOf(caller, input.refundId);
  const mover: Mover = { actor: ctx.principal.actor, requestId: ctx.requestId, source: 'person' };
  const resolved = await inTransaction(ctx, async (tx) => {
    // Guarantee: two people's answers at once queue here, and the second finds the first's.
    const { refund, payment } = await lockBoth(tx, { tenantId: ctx.principal.tenantId, id: input.refundId });
    if (refund.state !== 'in_reconciliation') {
      throw new Problem('refund_not_in_reconciliation', `The refund is ${refund.state}: there is nothing to resolve.`, {
        details: { status: refund.state },
      });
    }
    await tx.query('update refunds set receipt = coalesce(receipt, $3) where tenant_id = $1 and id = $2', [
      refund.tenantId,
      refund.id,
      input.receipt,
    ]);
    const isPaid = input.verdict === 'paid';
    const verdict = {
      to: isPaid ? 'succeeded' : 'failed',
      cause: 'resolved_by_hand',
      failure: isPaid ? null : 'written_off',
    } as const;
    const after = await change(ctx, tx, refund, verdict, mover, input.reason);
    if (isPaid && payment !== null) await restatePayment(ctx, tx, payment, mover);
    await recordChange(ctx, tx, {
      action: 'refund.resolved',
      objectId: refund.id,
      reason: input.reason,
      before: JSON.stringify({ status: refund.state, failure_code: refund.failureCode }),
      after: JSON.stringify({ status: after.state, failure_code: after.failureCode, receipt: after.receipt }),
    });
    return after;
  });
  return finish(ctx, resolved, mover);
}

/** One of the operator's people who names no client finds a refund of any. */
async function onBooksOf(caller: Context, refundId: string): Promise<Context> {
  const visible = booksVisible(caller, 2);
  const { rows } = await caller.db.pool.query<BooksRow>(
    `select ${BOOKS_COLUMNS} from refunds r join tenants t on t.id = r.tenant_id join clients c on c.id = t.client_id
     where r.id = $1 and ${visible.sql}`,
    [refundId, ...visible.values],
  );
  const [row] = rows;
  if (row === undefined) throw refundNotFound();
  return actOn(caller, toBooks(row));
}
