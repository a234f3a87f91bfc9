import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { inTransaction } from '@/server/kernel/transaction';
import { insertDeliveries } from './insert-delivery';
import { type Delivery, readDelivery } from './read-deliveries';
import { readEndpoint } from './read-endpoints';
import { requireEnabled } from './require-enabled';

export interface SendExampleInput {
  readonly endpointId: string | null;
  readonly type: string;
  /** JSON text of an event of the type that never happened. */
  readonly body: string;
}

/**
 * Sends an endpoint an example, whether or not it listens to the type: signed, retried and kept like any delivery.
 * @throws Problem resource_missing, webhook_endpoint_disabled
 */
export function sendExample(ctx: Context, input: SendExampleInput): Promise<Delivery> {
  const { tenantId } = ctx.principal;
  return inTransaction(ctx, async (tx) => {
    const endpoint = requireEnabled(await readEndpoint(ctx, input.endpointId, { tx, lock: true }));
    const id = ctx.ledger.nextId();
    const delivery = {
      tenantId,
      id,
      endpointId: endpoint.id,
      eventId: null,
      eventType: input.type,
      url: null,
    } as const;
    await insertDeliveries(tx, [{ ...delivery, body: input.body, reason: 'test' }], ctx.clock.fixedMs());
    const after = JSON.stringify({ delivery_id: id, type: input.type });
    await recordChange(ctx, tx, { action: 'webhook_endpoint.tested', objectId: endpoint.id, before: null, after });
    return readDelivery(ctx, id, tx);
  });
}
