import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { sqlNow } from '@/server/kernel/sql-time';
import { inTransaction } from '@/server/kernel/transaction';
import { cancelPending } from './cancel-pending';
import { readEndpoint } from './read-endpoints';

/**
 * Ends an endpoint for good. Its row stays, secret blanked, for the deliveries that name it; nobody sees it any more.
 * @returns its id
 * @throws Problem resource_missing
 */
export function deleteEndpoint(ctx: Context, endpointId: string | null): Promise<string> {
  const { tenantId } = ctx.principal;
  return inTransaction(ctx, async (tx) => {
    const before = await readEndpoint(ctx, endpointId, { tx, lock: true });
    await tx.query(
      `update webhook_endpoints set status = 'deleted', disabled_reason = null, secret = '', previous_secret = null,
         updated_at = ${sqlNow(2)}
       where tenant_id = $1 and id = $3`,
      [tenantId, ctx.clock.fixedMs(), before.id],
    );
    await cancelPending(tx, { tenantId, id: before.id }, ctx.clock.fixedMs());
    await recordChange(ctx, tx, {
      action: 'webhook_endpoint.deleted',
      objectId: before.id,
      before: JSON.stringify({ url: before.url, events: before.eventTypes, status: before.status }),
      after: JSON.stringify({ url: null, events: [], status: 'deleted' }),
    });
    return before.id;
  });
}
