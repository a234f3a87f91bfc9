import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { inTransaction } from '@/server/kernel/transaction';
import { insertDeliveries } from './insert-delivery';
import { readEndpoint } from './read-endpoints';
import { requireEnabled } from './require-enabled';

export interface ReplayInput {
  readonly endpointId: string | null;
  readonly fromMs: number;
  /** Excluded. */
  readonly toMs: number;
  /** Those of the endpoint when null. */
  readonly types: readonly string[] | null;
  readonly undeliveredOnly: boolean;
}

export interface Replay {
  readonly endpointId: string;
  readonly deliveries: number;
}

/** Bounds one request; a longer outage is replayed a window at a time. */
export const REPLAYED_MAX = 10_000;

/**
 * Sends an endpoint the events of a window again, or for the first time: what happened before it was made, or while it was
 * disabled. Oldest first.
 * @throws Problem resource_missing, webhook_endpoint_disabled, parameter_invalid when the window holds too many
 */
export function replayEvents(ctx: Context, input: ReplayInput): Promise<Replay> {
  const { tenantId } = ctx.principal;
  if (input.toMs <= input.fromMs) {
    throw new Problem('parameter_invalid', '`to` must be after `from`.', { param: 'to' });
  }
  return inTransaction(ctx, async (tx) => {
    const endpoint = requireEnabled(await readEndpoint(ctx, input.endpointId, { tx, lock: true }));
    const types = input.types ?? endpoint.eventTypes;
    const { rows } = await tx.query<{ id: string; type: string }>(
      `select e.id, e.type from events e
       where e.tenant_id = $1 and e.created_at >= timestamptz 'epoch' + $3::bigint * interval '1 millisecond'
         and e.created_at < timestamptz 'epoch' + $4::bigint * interval '1 millisecond'
         and ('*' = any ($5::text[]) or e.type = any ($5::text[]))
         and not ($6::boolean and exists (
           select from webhook_deliveries d
           where d.tenant_id = e.tenant_id and d.event_id = e.id and d.endpoint_id = $2 and d.status in ('succeeded', 'pending')
         ))
       order by e.id limit ${REPLAYED_MAX + 1}`,
      [tenantId, endpoint.id, input.fromMs, input.toMs, types, input.undeliveredOnly],
    );
    if (rows.length > REPLAYED_MAX) {
      throw new Problem('parameter_invalid', `The window holds more than ${REPLAYED_MAX} events: make it shorter.`, {
        param: 'to',
      });
    }
    const deliveries = rows.map(({ id: eventId, type: eventType }) => ({
      tenantId,
      id: ctx.ledger.nextId(),
      endpointId: endpoint.id,
      eventId,
      eventType,
      body: null,
      url: null,
      reason: 'replay' as const,
    }));
    await insertDeliveries(tx, deliveries, ctx.clock.fixedMs());
    const after = JSON.stringify({ from_ms: input.fromMs, to_ms: input.toMs, types, deliveries: deliveries.length });
    await recordChange(ctx, tx, { action: 'webhook_endpoint.replayed', objectId: endpoint.id, before: null, after });
    return { endpointId: endpoint.id, deliveries: deliveries.length };
  });
}
