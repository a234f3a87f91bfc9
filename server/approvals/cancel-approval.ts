import { actOn } from '@/server/clients/act-on';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { sqlNow } from '@/server/kernel/sql-time';
import { inTransaction } from '@/server/kernel/transaction';
import { lockPending, recordDecision, requirePending } from './decide';
import { requirePerson } from './person';
import { type Approval, readApproval } from './read';

/**
 * Whoever asked takes it back.
 * @throws Problem resource_missing, person_required, approval_not_yours, approval_not_pending
 */
export async function cancelApproval(
  ctx: Context,
  input: { readonly id: string | null; readonly reason: string | null },
): Promise<Approval> {
  const approval = await readApproval(ctx, input.id);
  const person = await requirePerson(ctx);
  if (approval.maker.id !== person.id) {
    throw new Problem('approval_not_yours', 'Only who asked for it can take it back.');
  }
  requirePending(approval);
  const on = actOn(ctx, approval.books);
  return inTransaction(on, async (tx) => {
    await lockPending(on, tx, approval.id);
    await tx.query(
      `update approvals set status = 'canceled', decision_reason = $4, decided_at = ${sqlNow(2)}, ended_at = ${sqlNow(2)}
       where tenant_id = $1 and id = $3`,
      [on.principal.tenantId, on.clock.fixedMs(), approval.id, input.reason],
    );
    const after = await readApproval(on, approval.id, { db: tx });
    await recordDecision(on, tx, 'approval.canceled', after);
    return after;
  });
}
