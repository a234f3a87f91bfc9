import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { sqlNow } from '@/server/kernel/sql-time';
import { inTransaction } from '@/server/kernel/transaction';
import { secretBoxOf, secretOwner } from './endpoint-secret';
import { readEndpoint, type WebhookEndpoint } from './read-endpoints';
import { requireUrl } from './require-url';
import { makeWebhookSecret } from './signature';

export interface CreateEndpointInput {
  readonly url: string;
  readonly eventTypes: readonly string[];
  readonly description: string | null;
  readonly apiVersion: string;
}

export interface EndpointWithSecret {
  readonly endpoint: WebhookEndpoint;
  /** In this answer and encrypted in its row; nowhere else. */
  readonly secret: string;
}

/** Every event is made into a delivery for each endpoint of its set of books, so their number is bounded. */
export const ENDPOINTS_MAX = 50;

/**
 * Makes an endpoint in the caller's own set of books: it is sent what happens in that mode.
 * @throws Problem parameter_invalid, webhook_endpoints_full
 */
export function createEndpoint(ctx: Context, input: CreateEndpointInput): Promise<EndpointWithSecret> {
  const { tenantId } = ctx.principal;
  const url = requireUrl(ctx, input.url);
  const secret = makeWebhookSecret();
  return inTransaction(ctx, async (tx) => {
    // Guarantee: of two at once the second counts the first.
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('webhook_endpoints:' || $1, 0))`, [tenantId]);
    const { rows } = await tx.query<{ there: string }>(
      `select count(*) as there from webhook_endpoints where tenant_id = $1 and kind = 'endpoint' and status <> 'deleted'`,
      [tenantId],
    );
    if (Number(rows[0]?.there) >= ENDPOINTS_MAX) {
      throw new Problem('webhook_endpoints_full', `There are ${ENDPOINTS_MAX} endpoints already, which is the most.`);
    }
    const id = ctx.ledger.nextId();
    await tx.query(
      `insert into webhook_endpoints (tenant_id, id, kind, url, description, event_types, api_version, status, secret, created_at, updated_at)
       values ($1, $3, 'endpoint', $4, $5, $6, $7, 'enabled', $8, ${sqlNow(2)}, ${sqlNow(2)})`,
      [
        tenantId,
        ctx.clock.fixedMs(),
        id,
        url,
        input.description,
        distinctTypes(input.eventTypes),
        input.apiVersion,
        secretBoxOf(ctx).seal(secret, secretOwner(tenantId, id)),
      ],
    );
    const endpoint = await readEndpoint(ctx, id, { tx });
    const after = JSON.stringify({ url, events: endpoint.eventTypes, description: endpoint.description });
    await recordChange(ctx, tx, { action: 'webhook_endpoint.created', objectId: id, before: null, after });
    return { endpoint, secret };
  });
}

/** With `*` the rest says nothing. */
export function distinctTypes(types: readonly string[]): string[] {
  return types.includes('*') ? ['*'] : [...new Set(types)];
}
