import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { sqlNow } from '@/server/kernel/sql-time';
import { inTransaction } from '@/server/kernel/transaction';
import { cancelPending } from './cancel-pending';
import { readEndpoint, type WebhookEndpoint } from './read-endpoints';

export interface EndpointStatusInput {
  readonly endpointId: string | null;
  readonly status: 'enabled' | 'disabled';
  readonly reason: string | null;
}

/**
 * Enables an endpoint, which then has five days anew, or disables it: what waits for it is canceled. What is so already
 * is a success that changes nothing.
 * @throws Problem resource_missing
 */
export function setEndpointStatus(ctx: Context, input: EndpointStatusInput): Promise<WebhookEndpoint> {
  const { tenantId } = ctx.principal;
  return inTransaction(ctx, async (tx) => {
    const before = await readEndpoint(ctx, input.endpointId, { tx, lock: true });
    if (before.status === input.status) return before;
    const disabled = input.status === 'disabled';
    await tx.query(
      `update webhook_endpoints set status = $4, disabled_reason = $5, failing_since = null,
         disabled_at = case when $5::text is not null then ${sqlNow(2)} end, updated_at = ${sqlNow(2)}
       where tenant_id = $1 and id = $3`,
      [tenantId, ctx.clock.fixedMs(), before.id, input.status, disabled ? 'requested' : null],
    );
    if (disabled) await cancelPending(tx, { tenantId, id: before.id }, ctx.clock.fixedMs());
    await recordChange(ctx, tx, {
      action: `webhook_endpoint.${input.status}`,
      objectId: before.id,
      reason: input.reason,
      before: JSON.stringify({ status: before.status }),
      after: JSON.stringify({ status: input.status }),
    });
    return readEndpoint(ctx, before.id, { tx });
  });
}
