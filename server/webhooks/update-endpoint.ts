import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { sqlNow } from '@/server/kernel/sql-time';
import { inTransaction } from '@/server/kernel/transaction';
import { distinctTypes } from './create-endpoint';
import { readEndpoint, type WebhookEndpoint } from './read-endpoints';
import { requireUrl } from './require-url';

/** What is undefined stays as it is. */
export interface UpdateEndpointInput {
  readonly endpointId: string | null;
  readonly url: string | undefined;
  readonly eventTypes: readonly string[] | undefined;
  readonly description: string | null | undefined;
  readonly reason: string | null;
}

/**
 * Changes where and what is sent. Deliveries that wait go to the new URL; which events are sent counts from now on.
 * @throws Problem resource_missing, parameter_invalid
 */
export function updateEndpoint(ctx: Context, input: UpdateEndpointInput): Promise<WebhookEndpoint> {
  const url = input.url === undefined ? undefined : requireUrl(ctx, input.url);
  return inTransaction(ctx, async (tx) => {
    const before = await readEndpoint(ctx, input.endpointId, { tx, lock: true });
    const next = {
      url: url ?? before.url,
      events: input.eventTypes === undefined ? before.eventTypes : distinctTypes(input.eventTypes),
      description: input.description === undefined ? before.description : input.description,
    };
    const was = { url: before.url, events: before.eventTypes, description: before.description };
    if (JSON.stringify(next) === JSON.stringify(was)) return before;
    await tx.query(
      `update webhook_endpoints set url = $4, event_types = $5, description = $6, updated_at = ${sqlNow(2)}
       where tenant_id = $1 and id = $3`,
      [ctx.principal.tenantId, ctx.clock.fixedMs(), before.id, next.url, next.events, next.description],
    );
    await recordChange(ctx, tx, {
      action: 'webhook_endpoint.updated',
      objectId: before.id,
      reason: input.reason,
      before: JSON.stringify(was),
      after: JSON.stringify(next),
    });
    return readEndpoint(ctx, before.id, { tx });
  });
}
