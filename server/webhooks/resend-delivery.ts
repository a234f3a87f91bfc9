import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { inTransaction, type Transaction } from '@/server/kernel/transaction';
import { type Delivery, readDelivery } from './read-deliveries';
import { readEndpoint } from './read-endpoints';
import { requireEnabled } from './require-enabled';

/**
 * Sends what a delivery brought once more, to where its endpoint is now, as a delivery of its own with the same bytes and
 * the same `webhook-id`: a receiver that has had it can tell.
 * @throws Problem resource_missing, webhook_endpoint_disabled
 */
export function resendDelivery(ctx: Context, deliveryId: string | null): Promise<Delivery> {
  return inTransaction(ctx, async (tx) => {
    const original = await readDelivery(ctx, deliveryId, tx);
    if (original.endpointId !== null) requireEnabled(await readEndpoint(ctx, original.endpointId, { tx, lock: true }));
    const id = ctx.ledger.nextId();
    await copy(ctx, tx, original.id, id);
    await recordChange(ctx, tx, {
      action: 'webhook_delivery.resent',
      objectId: original.id,
      before: null,
      after: JSON.stringify({ delivery_id: id }),
    });
    return readDelivery(ctx, id, tx);
  });
}

async function copy(ctx: Context, tx: Transaction, originalId: string, id: string): Promise<void> {
  await tx.query(
    `insert into webhook_deliveries (tenant_id, id, endpoint_id, event_id, event_type, body, url, reason, status, due_at, created_at)
     select d.tenant_id, $4, d.endpoint_id, d.event_id, d.event_type, d.body, d.url,
       case when d.reason in ('callback', 'test') then d.reason else 'resend' end, 'pending', c.now, c.now
     from webhook_deliveries d,
       (select coalesce(timestamptz 'epoch' + $2::bigint * interval '1 millisecond', date_trunc('milliseconds', statement_timestamp())) as now) c
     where d.tenant_id = $1 and d.id = $3`,
    [ctx.principal.tenantId, ctx.clock.fixedMs(), originalId, id],
  );
}
