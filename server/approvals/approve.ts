import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { sqlNow } from '@/server/kernel/sql-time';
import { inTransaction } from '@/server/kernel/transaction';
import { actText } from './act-text';
import { carryOut } from './carry-out';
import { lockPending, recordDecision, requireDecidable } from './decide';
import { stateToken } from './effect';
import { lookedAt } from './look-at-approval';
import { type Approval, readApproval } from './read';
import { recordApprovalEvent } from './record-event';
import { renderApproval } from './render-approval';
import { approvalRunner } from './runner';

export interface ApproveInput {
  readonly id: string | null;
  /** What this person saw: `LookedAt.state`. */
  readonly state: string;
  /** A balance that moved since is no obstacle. */
  readonly balancesMayMove: boolean;
  readonly reason: string | null;
}

/**
 * A second person says yes, to what they saw. The decision commits first, then the act runs as who asked for it; a crash
 * between the two is finished by a job (`carry-out.ts`), never twice. What is no longer possible ends `failed`.
 * @throws Problem resource_missing, person_required, scope_missing, approval_own, approval_not_pending, approval_stale
 */
export async function approve(ctx: Context, input: ApproveInput): Promise<Approval> {
  const { on, person, approval } = await requireDecidable(ctx, input.id);
  const look = await approvalRunner(ctx.db).look(approval);
  const now = stateToken(approval, look.effect ?? look.problem);
  const [terms = ''] = now.split('.', 1);
  if (input.state !== now && !(input.balancesMayMove && input.state.split('.', 1)[0] === terms)) {
    throw stale(ctx, approval, look);
  }
  const decided = await inTransaction(on, async (tx) => {
    const before = await lockPending(on, tx, approval.id);
    const checker = { id: person.id, name: person.name, isOperator: on.principal.isOperator };
    await tx.query(
      // Guarantee: the table's constraint refuses a checker who is the maker, whatever this code thinks.
      `update approvals set status = 'approved', checker_id = $4, checker_request_id = $5, decision_reason = $6,
         terms_seen = $7, outcome_note = $8, decided_at = ${sqlNow(2)}
       where tenant_id = $1 and id = $3`,
      [
        on.principal.tenantId,
        on.clock.fixedMs(),
        approval.id,
        person.id,
        on.requestId,
        input.reason,
        terms,
        actText({ ...before, checker }, {}),
      ],
    );
    const after = await readApproval(on, approval.id, { db: tx });
    await recordDecision(on, tx, 'approval.approved', after);
    await recordApprovalEvent(on, tx, 'approval.approved', after);
    return after;
  });
  await carryOut(on, { tenantId: on.principal.tenantId, id: decided.id });
  return readApproval(on, decided.id);
}

function stale(ctx: Context, approval: Approval, look: Parameters<typeof lookedAt>[2]): Problem {
  const { asOf, state } = lookedAt(ctx, approval, look);
  return new Problem(
    'approval_stale',
    'What it depends on has changed since you looked: nothing was decided. Look at it again.',
    { param: 'state', details: { approval: { ...renderApproval(approval, asOf), state } } },
  );
}
