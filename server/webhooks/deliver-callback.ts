import type { Queryable } from '@/server/kernel/sql-time';
import { callbackSender, type SenderParts } from './callback-sender';
import { insertDeliveries } from './insert-delivery';

export interface Callback {
  readonly tenantId: string;
  /** Checked by `requireUrl` when it was given; what it leads to is checked at every attempt. */
  readonly url: string;
  /** Sent byte for byte, at every attempt. */
  readonly body: string;
  /** What it is about, for the list of deliveries: `payment.succeeded`. */
  readonly type: string;
}

/**
 * Sends a body of the caller's own to a URL of the caller's own, on the machine that delivers events: signed by the same
 * headers under the tenant's callback secret, retried on the same schedule, every attempt kept. It goes out when the
 * caller's transaction commits, and not otherwise.
 * @returns the delivery's id, `whd_…` in the API; also its `webhook-id`
 */
export async function deliverCallback(tx: Queryable, callback: Callback, parts: SenderParts): Promise<string> {
  const { tenantId, url, body, type: eventType } = callback;
  const endpointId = await callbackSender(tx, tenantId, parts);
  const id = parts.nextId();
  const delivery = { tenantId, id, endpointId, eventId: null, eventType, body, url, reason: 'callback' } as const;
  await insertDeliveries(tx, [delivery], parts.fixedMs);
  return id;
}
