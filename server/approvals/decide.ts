import { grants } from '@/contracts/scopes';
import { recordChange } from '@/server/audit/record-change';
import { actOn } from '@/server/clients/act-on';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import type { Transaction } from '@/server/kernel/transaction';
import { actText } from './act-text';
import { type Person, requirePerson } from './person';
import { type Approval, readApproval } from './read';

/**
 * An approval that this person may decide now, on its books.
 * @throws Problem resource_missing, person_required, scope_missing, operator_required, approval_own, approval_not_pending
 */
export async function requireDecidable(
  ctx: Context,
  id: string | null,
): Promise<{ readonly on: Context; readonly person: Person; readonly approval: Approval }> {
  const approval = await readApproval(ctx, id);
  const person = await requirePerson(ctx);
  const { principal } = ctx;
  if (approval.maker.id === person.id) {
    throw new Problem('approval_own', 'You asked for this yourself: somebody else has to decide.');
  }
  const { scope, operatorOnly } = approval;
  if (scope !== null && !grants(principal.scopes, scope)) {
    throw new Problem('scope_missing', `Who decides this must be allowed to do it: ${scope} is missing.`, {
      details: { required_scope: scope },
    });
  }
  if (operatorOnly && !principal.isOperator) {
    throw new Problem('operator_required', 'Only the operator’s own people may decide this.');
  }
  requirePending(approval);
  return { on: actOn(ctx, approval.books), person, approval };
}

/** @throws Problem approval_not_pending */
export function requirePending({ status }: Approval): void {
  if (status === 'pending') return;
  throw new Problem('approval_not_pending', `The approval is ${status}: there is nothing to decide.`, {
    details: { status },
  });
}

/** The same under its row's lock: of two decisions at once the second finds it decided. */
export async function lockPending(on: Context, tx: Transaction, id: string): Promise<Approval> {
  await tx.query('select from approvals where tenant_id = $1 and id = $2 for update', [on.principal.tenantId, id]);
  const approval = await readApproval(on, id, { db: tx });
  requirePending(approval);
  return approval;
}

/** The audit row of a decision, by who made it. */
export async function recordDecision(
  on: Context,
  tx: Transaction,
  action: 'approval.approved' | 'approval.rejected' | 'approval.canceled',
  approval: Approval,
): Promise<void> {
  await recordChange(on, tx, {
    action,
    objectId: approval.id,
    reason: approval.decisionReason,
    before: JSON.stringify({ status: 'pending' }),
    after: actText(approval, { status: approval.status }),
  });
}
