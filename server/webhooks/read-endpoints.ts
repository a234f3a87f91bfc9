import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { type Queryable, sqlMs, sqlNow } from '@/server/kernel/sql-time';

export interface WebhookEndpoint {
  readonly id: string;
  readonly url: string;
  readonly description: string | null;
  readonly eventTypes: readonly string[];
  readonly apiVersion: string;
  readonly status: 'enabled' | 'disabled';
  readonly disabledReason: 'requested' | 'failing' | 'gone' | null;
  readonly failingSinceMs: number | null;
  /** Null once it is over. */
  readonly previousSecretUntilMs: number | null;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly livemode: boolean;
}

export interface EndpointRow {
  id: string;
  url: string;
  description: string | null;
  event_types: string[];
  api_version: string;
  status: 'enabled' | 'disabled';
  disabled_reason: 'requested' | 'failing' | 'gone' | null;
  failing_since_ms: string | null;
  previous_secret_until_ms: string | null;
  created_at_ms: string;
  updated_at_ms: string;
}

/** @param now number of the parameter that holds the clock's fixed time */
export const endpointColumns = (now: number): string => `
  w.id, w.url, w.description, w.event_types, w.api_version, w.status, w.disabled_reason,
  ${sqlMs('w.failing_since')} as failing_since_ms,
  case when w.previous_secret_until > ${sqlNow(now)} then ${sqlMs('w.previous_secret_until')} end as previous_secret_until_ms,
  ${sqlMs('w.created_at')} as created_at_ms, ${sqlMs('w.updated_at')} as updated_at_ms`;

/** What a client may see: callbacks' sender is none of theirs, and deleted is gone. */
const THERE = `w.tenant_id = $1 and w.kind = 'endpoint' and w.status <> 'deleted'`;

/**
 * @param id stored id, or null for what cannot be one
 * @throws Problem resource_missing
 */
export async function readEndpoint(
  ctx: Context,
  id: string | null,
  { tx = ctx.db.pool, lock = false }: { tx?: Queryable; lock?: boolean } = {},
): Promise<WebhookEndpoint> {
  // `for update`: of two changes at once the second sees what the first did.
  const { rows } = await tx.query<EndpointRow>(
    `select ${endpointColumns(2)} from webhook_endpoints w where ${THERE} and w.id = $3 ${lock ? 'for update' : ''}`,
    [ctx.principal.tenantId, ctx.clock.fixedMs(), id],
  );
  return endpointOf(rows[0] ?? endpointMissing(), ctx.principal.mode === 'live');
}

/**
 * Newest first.
 * @returns up to `limit + 1`: the one over says there is more
 */
export async function listEndpoints(
  ctx: Context,
  page: { readonly limit: number; readonly afterId: string | null },
): Promise<WebhookEndpoint[]> {
  const { rows } = await ctx.db.pool.query<EndpointRow>(
    `select ${endpointColumns(2)} from webhook_endpoints w
     where ${THERE} and ($3::bigint is null or w.id < $3) order by w.id desc limit $4`,
    [ctx.principal.tenantId, ctx.clock.fixedMs(), page.afterId, page.limit + 1],
  );
  return rows.map((row) => endpointOf(row, ctx.principal.mode === 'live'));
}

export function endpointMissing(): never {
  throw new Problem('resource_missing', 'There is no such webhook endpoint.', { param: 'id' });
}

export function endpointOf(row: EndpointRow, livemode: boolean): WebhookEndpoint {
  const ms = (text: string | null): number | null => (text === null ? null : Number(text));
  return {
    id: row.id,
    url: row.url,
    description: row.description,
    eventTypes: row.event_types,
    apiVersion: row.api_version,
    status: row.status,
    disabledReason: row.disabled_reason,
    failingSinceMs: ms(row.failing_since_ms),
    previousSecretUntilMs: ms(row.previous_secret_until_ms),
    createdAtMs: Number(row.created_at_ms),
    updatedAtMs: Number(row.updated_at_ms),
    livemode,
  };
}
