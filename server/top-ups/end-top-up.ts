import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { inTransaction, transact } from '@/server/kernel/transaction';
import { isOpen, isPayable, readTopUp, type TopUpView } from './read';
import { changeStatus, type TopUpWriter } from './store';

/**
 * Ends a checkout that nobody has paid: nobody can pay there any more. Ending an expired one again changes nothing.
 * @throws Problem resource_missing, top_up_not_open: while a payment is under way, or over otherwise
 */
export function expireTopUp(ctx: Context, input: { readonly topUpId: string }): Promise<TopUpView> {
  return inTransaction(ctx, async (tx) => {
    const before = await readTopUp(ctx, input.topUpId, { tx, lock: true });
    if (before.status === 'expired') return before;
    if (!isPayable(before)) throw notOpen(before);
    const after = await changeStatus(ctx, tx, before, { status: 'expired', failureCode: before.failureCode });
    if (ctx.principal.kind === 'login') {
      await recordChange(ctx, tx, {
        action: 'topup.expired',
        objectId: before.id,
        before: JSON.stringify({ status: before.status }),
        after: JSON.stringify({ status: after.status }),
      });
    }
    return after;
  });
}

/** The payer goes back without paying. While a payment is under way nothing changes: it may still be approved. */
export function cancelTopUp(writer: TopUpWriter, topUpId: string): Promise<TopUpView> {
  return transact(writer.db, async (tx) => {
    const before = await readTopUp(writer, topUpId, { tx, lock: true });
    if (!isPayable(before)) return before;
    return changeStatus(writer, tx, before, { status: 'canceled', failureCode: before.failureCode });
  });
}

export function notOpen(topUp: TopUpView): Problem {
  const message = isOpen(topUp)
    ? 'A payment is under way: it may still be approved, so the top-up cannot end now.'
    : `The top-up is ${topUp.status} already.`;
  return new Problem('top_up_not_open', message, { details: { status: topUp.status } });
}
