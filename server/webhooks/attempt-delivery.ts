import { formatId } from '@/contracts/ids';
import type { SecretBox } from '@/server/kernel/secret-box';
import { sqlMs, sqlNow } from '@/server/kernel/sql-time';
import type { Claimed } from './claim-deliveries';
import { completeAttempt } from './complete-attempt';
import type { Resolve } from './destination';
import { secretOwner } from './endpoint-secret';
import { bodyOf, type EventParts } from './event-body';
import { send } from './send';
import { signedHeaders } from './signature';

export interface DeliveryParts extends EventParts {
  readonly secretBox: SecretBox;
  readonly allowedHosts: readonly string[];
  readonly timeoutMs: number;
  /** 0 up to 1, for jitter. */
  readonly random: () => number;
  readonly resolve?: Resolve;
}

interface Route {
  url: string | null;
  secret: string;
  previous_secret: string | null;
  mode: 'live' | 'test';
  now_ms: string;
}

/** Sends a delivery that was claimed, once, outside of any transaction, and writes down what came of it. */
export async function attemptDelivery(parts: DeliveryParts, delivery: Claimed): Promise<void> {
  const { tenantId, endpointId } = delivery;
  const { rows } = await parts.db.pool.query<Route>(
    `select w.url, w.secret, case when w.previous_secret_until > ${sqlNow(3)} then w.previous_secret end as previous_secret,
       t.mode, ${sqlMs(sqlNow(3))} as now_ms
     from webhook_endpoints w join tenants t on t.id = w.tenant_id
     where w.tenant_id = $1 and w.id = $2 and w.status = 'enabled'`,
    [tenantId, endpointId, parts.clock.fixedMs()],
  );
  const route = rows[0];
  // Disabled or deleted since: its deliveries are canceled, this one among them.
  if (route === undefined) return;
  const body = delivery.eventId === null ? (delivery.body as string) : await bodyOf(parts, tenantId, delivery.eventId);
  const url = delivery.url ?? (route.url as string);
  const open = (sealed: string): string => parts.secretBox.open(sealed, secretOwner(tenantId, endpointId));
  const secrets = [route.secret, route.previous_secret].filter((sealed) => sealed !== null).map(open);
  const startedAtMs = Number(route.now_ms);
  const headers = signedHeaders(
    { id: messageIdOf(delivery), timestampSeconds: Math.floor(startedAtMs / 1_000), body },
    secrets,
  );
  const began = performance.now();
  const sent = await send(
    { url, headers: { ...headers }, body },
    {
      policy: { mode: route.mode, allowedHosts: parts.allowedHosts },
      timeoutMs: parts.timeoutMs,
      ...(parts.resolve !== undefined && { resolve: parts.resolve }),
    },
  );
  const durationMs = Math.round(performance.now() - began);
  await completeAttempt(parts, delivery, { url, startedAtMs, durationMs, sent });
}

/** The event's id, so that a receiver knows one it has had; of what is no event, the delivery's. */
function messageIdOf({ id, eventId }: Claimed): string {
  return eventId === null ? formatId('delivery', id) : formatId('event', eventId);
}
