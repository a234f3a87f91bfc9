import type { Context } from '@/server/kernel/context';
import { sqlNow } from '@/server/kernel/sql-time';
import { inTransaction } from '@/server/kernel/transaction';
import { lockPending, recordDecision, requireDecidable } from './decide';
import { type Approval, readApproval } from './read';
import { recordApprovalEvent } from './record-event';

/**
 * A second person says no: nothing happens, and whoever asked reads why.
 * @throws Problem resource_missing, person_required, scope_missing, approval_own, approval_not_pending
 */
export async function rejectApproval(
  ctx: Context,
  input: { readonly id: string | null; readonly reason: string },
): Promise<Approval> {
  const { on, person, approval } = await requireDecidable(ctx, input.id);
  return inTransaction(on, async (tx) => {
    await lockPending(on, tx, approval.id);
    await tx.query(
      `update approvals set status = 'rejected', checker_id = $4, checker_request_id = $5, decision_reason = $6,
         decided_at = ${sqlNow(2)}, ended_at = ${sqlNow(2)}
       where tenant_id = $1 and id = $3`,
      [on.principal.tenantId, on.clock.fixedMs(), approval.id, person.id, on.requestId, input.reason],
    );
    const after = await readApproval(on, approval.id, { db: tx });
    await recordDecision(on, tx, 'approval.rejected', after);
    await recordApprovalEvent(on, tx, 'approval.rejected', after);
    return after;
  });
}
