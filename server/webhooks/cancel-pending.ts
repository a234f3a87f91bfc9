import { type Queryable, sqlNow } from '@/server/kernel/sql-time';

/**
 * Ends what waits for an endpoint that is sent nothing any more. An attempt under way loses its lease, so whatever comes
 * of it changes nothing. What was missed can be replayed.
 */
export async function cancelPending(
  tx: Queryable,
  endpoint: { readonly tenantId: string; readonly id: string },
  fixedMs: number | null,
): Promise<void> {
  await tx.query(
    `update webhook_deliveries set status = 'canceled', due_at = null, lease = null, ended_at = ${sqlNow(2)}
     where tenant_id = $1 and endpoint_id = $3 and status = 'pending'`,
    [endpoint.tenantId, fixedMs, endpoint.id],
  );
}
