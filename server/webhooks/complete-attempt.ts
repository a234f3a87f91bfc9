import { sqlMs, sqlNow } from '@/server/kernel/sql-time';
import { type Transaction, transact } from '@/server/kernel/transaction';
import type { DeliveryParts } from './attempt-delivery';
import { cancelPending } from './cancel-pending';
import type { Claimed } from './claim-deliveries';
import { recordEvent } from './record-event';
import { retryDelayMs } from './retry-schedule';
import type { Sent } from './send';

export interface Attempt {
  readonly url: string;
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly sent: Sent;
}

/** An endpoint that has only failed for so long is disabled. */
export const FAILING_DAYS_MAX = 5;

const GONE = 410;

type Parts = Pick<DeliveryParts, 'db' | 'clock' | 'ledger' | 'random'>;

/**
 * Writes an attempt down with what follows from it: done, the next time, or the end; and what it says of its endpoint.
 * Guarantee: the update asks for the lease this worker was given. One that was taken for dead and comes back finds
 * another's there, and changes nothing.
 * @returns false when the lease was lost
 */
export function completeAttempt(parts: Parts, delivery: Claimed, attempt: Attempt): Promise<boolean> {
  return transact(parts.db, async (tx) => {
    const number = delivery.attempts + 1;
    const succeeded = isSuccess(attempt.sent);
    const isCallback = delivery.url !== null;
    const { httpStatus, retryAfterMs } = attempt.sent;
    // An endpoint that is gone is disabled below; a callback's URL that is gone ends that callback alone.
    const final = succeeded || (httpStatus === GONE && isCallback);
    const delayMs = final ? null : retryDelayMs(number, retryAfterMs, parts.random());
    const status = succeeded ? 'succeeded' : delayMs === null ? 'failed' : 'pending';
    const { rowCount } = await tx.query(
      `update webhook_deliveries set attempts = $5, status = $6, lease = null,
         due_at = ${sqlNow(2)} + $7::bigint * interval '1 millisecond',
         ended_at = case when $6 <> 'pending' then ${sqlNow(2)} end
       where tenant_id = $1 and id = $3 and lease = $4`,
      [delivery.tenantId, parts.clock.fixedMs(), delivery.id, delivery.lease, number, status, delayMs],
    );
    if (rowCount !== 1) return false;
    await insertAttempt(tx, delivery, number, attempt);
    if (!isCallback) await (succeeded ? noteSuccess : noteFailure)(parts, tx, delivery, httpStatus === GONE);
    return true;
  });
}

/** Nothing but 2xx: a redirect is not followed and not taken for an answer. */
export function isSuccess({ httpStatus }: Sent): boolean {
  return httpStatus !== null && httpStatus >= 200 && httpStatus <= 299;
}

async function insertAttempt(tx: Transaction, { tenantId, id }: Claimed, number: number, attempt: Attempt) {
  const { url, startedAtMs, durationMs, sent } = attempt;
  await tx.query(
    `insert into webhook_attempts (tenant_id, delivery_id, number, url, started_at, duration_ms, http_status, failure, response_body)
     values ($1, $2, $3, $4, timestamptz 'epoch' + $5::bigint * interval '1 millisecond', $6, $7, $8, $9)`,
    [tenantId, id, number, url, startedAtMs, durationMs, sent.httpStatus, sent.failure, sent.responseBody],
  );
}

/** Writes to an endpoint's row only when something changes: the usual success touches nothing. */
async function noteSuccess(parts: Parts, tx: Transaction, { tenantId, endpointId }: Claimed): Promise<void> {
  const { rows } = await tx.query<{ recovered: boolean }>(
    `update webhook_endpoints w set failing_since = null, recovery_awaited = false
     from (
       select x.tenant_id, x.id, x.recovery_awaited from webhook_endpoints x
       where x.tenant_id = $1 and x.id = $2 and (x.failing_since is not null or x.recovery_awaited) for update
     ) b
     where w.tenant_id = b.tenant_id and w.id = b.id
     returning b.recovery_awaited as recovered`,
    [tenantId, endpointId],
  );
  if (rows[0]?.recovered !== true) return;
  await recordEndpointEvent(parts, tx, tenantId, endpointId, 'webhook_endpoint.recovered');
}

async function noteFailure(parts: Parts, tx: Transaction, delivery: Claimed, gone: boolean): Promise<void> {
  const { tenantId, endpointId } = delivery;
  const fixedMs = parts.clock.fixedMs();
  const { rows } = await tx.query<{ failing_ms: string }>(
    `update webhook_endpoints set failing_since = coalesce(failing_since, ${sqlNow(2)})
     where tenant_id = $1 and id = $3 and status = 'enabled'
     returning ${sqlMs(sqlNow(2))} - ${sqlMs('failing_since')} as failing_ms`,
    [tenantId, fixedMs, endpointId],
  );
  const failingMs = rows[0]?.failing_ms;
  if (failingMs === undefined) return;
  const exhausted = Number(failingMs) >= FAILING_DAYS_MAX * 86_400_000;
  if (!gone && !exhausted) return;
  await tx.query(
    `update webhook_endpoints set status = 'disabled', disabled_reason = $4, disabled_at = ${sqlNow(2)},
       recovery_awaited = true, updated_at = ${sqlNow(2)}
     where tenant_id = $1 and id = $3`,
    [tenantId, fixedMs, endpointId, gone ? 'gone' : 'failing'],
  );
  await cancelPending(tx, { tenantId, id: endpointId }, fixedMs);
  await recordEndpointEvent(parts, tx, tenantId, endpointId, 'webhook_endpoint.disabled');
}

function recordEndpointEvent(
  { clock, ledger }: Parts,
  tx: Transaction,
  tenantId: string,
  endpointId: string,
  type: 'webhook_endpoint.disabled' | 'webhook_endpoint.recovered',
): Promise<void> {
  const payload = JSON.stringify({ endpoint_id: endpointId });
  return recordEvent({ clock, ledger }, tx, { tenantId, type, payload });
}
