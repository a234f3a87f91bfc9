import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { sqlMs } from '@/server/kernel/sql-time';
import { idAt } from '@/server/ledger/ids';

/** A request as the log has it: kept for thirty days, and lost when the database crashes. Bodies are not kept. */
export interface ReadRequest {
  readonly id: string;
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly errorCode: string | null;
  readonly durationMs: number;
  readonly keyId: string | null;
  readonly userId: string | null;
  readonly callerName: string | null;
  readonly address: string | null;
  readonly atMs: number;
  readonly livemode: boolean;
}

export interface RequestFilter {
  readonly keyId?: string | undefined;
  readonly caller?: 'api_key' | 'user' | undefined;
  readonly statusFrom?: number | undefined;
  /** Excluded. */
  readonly statusTo?: number | undefined;
  readonly method?: string | undefined;
  readonly pathPrefix?: string | undefined;
  readonly fromMs?: number | undefined;
  /** Excluded. */
  readonly toMs?: number | undefined;
}

export interface RequestPage {
  readonly requests: readonly ReadRequest[];
  /** Where the next page begins; null at the log's end. */
  readonly nextAfterId: string | null;
}

interface Row {
  id: string;
  request_id: string;
  method: string;
  path: string;
  status: number;
  error_code: string | null;
  duration_ms: number;
  api_key_id: string | null;
  user_id: string | null;
  caller_name: string | null;
  address: string | null;
  at_ms: string;
}

const COLUMNS = `l.id, l.request_id, l.method, l.path, l.status, l.error_code, l.duration_ms, l.api_key_id, l.user_id, l.address,
  ${sqlMs('l.created_at')} as at_ms, coalesce(
    (select k.name from api_keys k where k.tenant_id = l.tenant_id and k.id = l.api_key_id),
    (select u.name from users u where u.id = l.user_id)
  ) as caller_name`;

/**
 * Rows one page looks at, at the most. The log has no index but its key, which every request would pay for: a filter that
 * few rows pass gives short pages, each with where the next begins, and never a long wait.
 */
export const LOOKED_AT_MAX = 50_000;
/** An id is made when a request begins, the row's time when it is answered. */
const SLACK_MS = 15 * 60_000;

/** Newest first. A page may have fewer rows than asked for, or none, while there is a next. */
export async function readRequests(
  ctx: Context,
  filter: RequestFilter,
  page: { readonly limit: number; readonly afterId: string | null },
): Promise<RequestPage> {
  const values: unknown[] = [ctx.principal.tenantId, page.limit + 1, LOOKED_AT_MAX];
  const bind = (value: unknown): string => {
    values.push(value);
    return `$${values.length}`;
  };
  const looked = ['l.tenant_id = $1'];
  const wanted = ['true'];
  const { keyId, caller, statusFrom, statusTo, method, pathPrefix, fromMs, toMs } = filter;
  const instant = (ms: number): string => `timestamptz 'epoch' + ${bind(ms)}::bigint * interval '1 millisecond'`;
  if (page.afterId !== null) looked.push(`l.id < ${bind(page.afterId)}`);
  // Ids are made in the order of time, which the key is in.
  if (fromMs !== undefined) looked.push(`l.id >= ${bind(idAt(fromMs - SLACK_MS))}`);
  if (toMs !== undefined) looked.push(`l.id < ${bind(idAt(toMs))}`);
  if (fromMs !== undefined) wanted.push(`l.created_at >= ${instant(fromMs)}`);
  if (toMs !== undefined) wanted.push(`l.created_at < ${instant(toMs)}`);
  if (keyId !== undefined) wanted.push(`l.api_key_id = ${bind(keyId)}`);
  if (caller !== undefined) wanted.push(`l.${caller}_id is not null`);
  if (statusFrom !== undefined) wanted.push(`l.status >= ${bind(statusFrom)}`);
  if (statusTo !== undefined) wanted.push(`l.status < ${bind(statusTo)}`);
  if (method !== undefined) wanted.push(`l.method = ${bind(method)}`);
  if (pathPrefix !== undefined) wanted.push(`starts_with(l.path, ${bind(pathPrefix)})`);
  const { rows } = await ctx.db.pool.query<Row & { looked: string; last_id: string | null }>(
    `with looked as materialized (
       select * from request_log l where ${looked.join(' and ')} order by l.id desc limit $3
     ), ends as (select count(*) as looked, min(id) as last_id from looked)
     select found.*, ends.looked, ends.last_id from ends left join (
       select ${COLUMNS} from looked l where ${wanted.join(' and ')} order by l.id desc limit $2
     ) found on true order by found.id desc`,
    values,
  );
  const [ends] = rows;
  const found = rows.filter(({ id }) => id !== null);
  const requests = found.slice(0, page.limit).map((row) => toRequest(ctx, row));
  if (found.length > page.limit) return { requests, nextAfterId: requests.at(-1)?.id ?? null };
  // Not all was looked at: the next page goes on where this one stopped.
  return { requests, nextAfterId: Number(ends?.looked) < LOOKED_AT_MAX ? null : (ends?.last_id ?? null) };
}

/** @throws Problem resource_missing: absent, forgotten, or another client's */
export async function readRequest(ctx: Context, id: string | null): Promise<ReadRequest> {
  const { rows } = await ctx.db.pool.query<Row>(
    `select ${COLUMNS} from request_log l where l.tenant_id = $1 and l.id = $2`,
    [ctx.principal.tenantId, id],
  );
  const row = rows[0];
  if (row === undefined) {
    throw new Problem('resource_missing', 'There is no such request: it was never made, or is older than 30 days.');
  }
  return toRequest(ctx, row);
}

function toRequest(ctx: Context, row: Row): ReadRequest {
  return {
    id: row.id,
    requestId: row.request_id,
    method: row.method,
    path: row.path,
    status: row.status,
    errorCode: row.error_code,
    durationMs: row.duration_ms,
    keyId: row.api_key_id,
    userId: row.user_id,
    callerName: row.caller_name,
    address: row.address,
    atMs: Number(row.at_ms),
    livemode: ctx.principal.mode === 'live',
  };
}
