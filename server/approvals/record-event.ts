import type { Context } from '@/server/kernel/context';
import type { Transaction } from '@/server/kernel/transaction';
import { recordEvent } from '@/server/webhooks/record-event';
import type { Approval } from './read';
import { renderApproval } from './render-approval';

/** Into the outbox with what the approval is at this moment. */
export async function recordApprovalEvent(
  ctx: Context,
  tx: Transaction,
  type: 'approval.requested' | 'approval.approved' | 'approval.rejected',
  approval: Approval,
): Promise<void> {
  await recordEvent(ctx, tx, {
    tenantId: approval.books.tenantId,
    type,
    payload: JSON.stringify({ data: renderApproval(approval) }),
  });
}
