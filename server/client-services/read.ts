import { type Cursor, cursorId } from '@/contracts/lists';
import {
  BOOKS_COLUMNS,
  type BooksRow,
  booksOfClient,
  booksVisible,
  type ClientBooks,
  toBooks,
} from '@/server/clients/act-on';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { type Queryable, sqlMs, sqlNow } from '@/server/kernel/sql-time';
import {
  inForceAt,
  liveVersionsSql,
  scheduledAfter,
  type TimedVersion,
  toVersion,
  VERSION_JSON,
  type VersionJson,
} from './timeline';

/** A service as of one instant. */
export interface ServiceView {
  readonly id: string;
  readonly code: string;
  readonly books: ClientBooks;
  readonly name: string;
  readonly serviceCode: string;
  /** The only currency it takes, or null. */
  readonly currency: string | null;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  /** In force and to come, by effect. */
  readonly versions: readonly TimedVersion[];
  readonly inForce: TimedVersion;
  readonly scheduled: readonly TimedVersion[];
  readonly asOfMs: number;
}

interface Row extends BooksRow {
  id: string;
  code: string;
  name: string;
  service_code: string;
  currency: string | null;
  created_at_ms: string;
  updated_at_ms: string;
  versions: VersionJson[];
  now_ms: string;
}

/** @param services SQL of the services wanted, with the columns of their books; $1 is the clock */
const viewSql = (services: string): string => `
  select s.*, l.versions, ${sqlMs('s.created_at')} as created_at_ms, ${sqlMs('s.updated_at')} as updated_at_ms,
    ${sqlMs(sqlNow(1))} as now_ms
  from (${services}) s cross join lateral (${liveVersionsSql(sqlNow(1))}) l`;

const SERVICES = `
  select s.id, s.code, s.name, s.service_code, s.currency, s.created_at, s.updated_at, ${BOOKS_COLUMNS}
  from client_services s
  join tenants t on t.id = s.tenant_id
  join clients c on c.id = t.client_id`;

/**
 * @param named its code or its id
 * @throws Problem resource_missing: absent, or another client's
 */
export async function readService(ctx: Context, named: string, db: Queryable = ctx.db.pool): Promise<ServiceView> {
  const visible = booksVisible(ctx, 4);
  const { rows } = await db.query<Row>(viewSql(`${SERVICES} where (s.code = $2 or s.id = $3) and ${visible.sql}`), [
    ctx.clock.fixedMs(),
    named,
    // Codes begin with letters.
    cursorId([named]),
    ...visible.values,
  ]);
  const row = rows[0];
  if (row === undefined) throw serviceNotFound(named);
  // Codes are chance and unique within a set of books; across all of them chance may repeat itself.
  if (rows.length > 1) {
    throw new Problem('parameter_invalid', `${row.code} is of several clients: name one with Pesewa-Client.`, {
      param: 'client_service_code',
    });
  }
  return toView(row);
}

export function serviceNotFound(named: string): Problem {
  return new Problem('resource_missing', `There is no client service ${named.slice(0, 64)}.`, {
    param: 'client_service_code',
  });
}

export interface ServiceFilter {
  readonly clientCode?: string | undefined;
  readonly isActive?: boolean | undefined;
  readonly serviceCode?: string | undefined;
}

/**
 * Newest first. Ids are time-ordered and never change, so a page boundary stays where it is while rows arrive.
 * @returns up to `limit + 1`: the one over says there is more
 * @throws Problem resource_missing for a client that is not there
 */
export async function listServices(
  ctx: Context,
  filter: ServiceFilter,
  page: { readonly limit: number; readonly after: Cursor | undefined },
): Promise<ServiceView[]> {
  const visible = booksVisible(ctx, 3);
  const values: unknown[] = [ctx.clock.fixedMs(), page.limit + 1, ...visible.values];
  const conditions: string[] = [];
  const where = (sql: string, value: unknown): void => {
    values.push(value);
    conditions.push(`and ${sql}$${values.length}`);
  };
  if (filter.clientCode !== undefined) {
    where('s.tenant_id = ', (await booksOfClient(ctx, filter.clientCode)).tenantId);
  }
  if (filter.serviceCode !== undefined) where('s.service_code = ', filter.serviceCode);
  const before = afterId(page.after);
  if (before !== null) where('s.id < ', before);
  // As `inForceAt` judges: what applies is the last in force, and before the first it is inactive.
  if (filter.isActive !== undefined) {
    where(
      `coalesce((select (f.rules -> 'active')::boolean from service_versions f
       where f.tenant_id = s.tenant_id and f.service_id = s.id and f.effective_at <= ${sqlNow(1)}
       order by f.effective_at desc, f.number desc limit 1), false) = `,
      filter.isActive,
    );
  }
  const services = `${SERVICES} where ${visible.sql} ${conditions.join(' ')} order by s.id desc limit $2`;
  const { rows } = await ctx.db.pool.query<Row>(`${viewSql(services)} order by s.id desc`, values);
  return rows.map(toView);
}

/** A version and the name of who made it, where they have one. */
export interface WrittenVersion extends TimedVersion {
  readonly actorName: string | null;
}

/** The whole history of a service's rules, the last made first. @returns up to `limit + 1` */
export async function listVersions(
  ctx: Context,
  service: ServiceView,
  page: { readonly limit: number; readonly after: Cursor | undefined },
): Promise<WrittenVersion[]> {
  const { rows } = await ctx.db.pool.query<{ version: VersionJson; actor_name: string | null }>(
    `select ${VERSION_JSON} as version, coalesce(
       (select u.name from users u where u.id = substring(v.actor from '^user:([0-9]{1,18})$')::bigint),
       (select k.name from api_keys k
        where k.tenant_id = v.tenant_id and k.id = substring(v.actor from '^api_key:([0-9]{1,18})$')::bigint)
     ) as actor_name
     from service_versions v
     where v.tenant_id = $1 and v.service_id = $2 and ($3::bigint is null or v.number < $3)
     order by v.number desc limit $4`,
    [service.books.tenantId, service.id, afterId(page.after), page.limit + 1],
  );
  return rows.map((row) => ({ ...toVersion(row.version), actorName: row.actor_name }));
}

function afterId(after: Cursor | undefined): string | null {
  if (after === undefined) return null;
  const id = cursorId(after);
  if (id !== null) return id;
  throw new Problem('parameter_invalid', '`after` must be the next_cursor of an earlier page of this list.', {
    param: 'after',
  });
}

function toView(row: Row): ServiceView {
  const versions = row.versions.map(toVersion);
  const asOfMs = Number(row.now_ms);
  return {
    id: row.id,
    code: row.code,
    books: toBooks(row),
    name: row.name,
    serviceCode: row.service_code,
    currency: row.currency,
    createdAtMs: Number(row.created_at_ms),
    updatedAtMs: Number(row.updated_at_ms),
    versions,
    inForce: inForceAt(versions, asOfMs),
    scheduled: scheduledAfter(versions, asOfMs),
    asOfMs,
  };
}
