import type { Database } from '@/db/client';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { sqlMs, sqlNow } from '@/server/kernel/sql-time';
import { serviceVersionIn } from '@/server/ledger/core/service-terms';
import type { ServiceVersion } from '@/server/ledger/core/types';
import { inForceAt, liveVersionsSql, type TimedVersion, toVersion, type VersionJson } from './timeline';

export interface ResolvedService {
  readonly code: string;
  readonly serviceId: string;
  /** In force now, in the minor units of the currency asked for. */
  readonly version: ServiceVersion;
}

/** How long what the database said of a service is believed by processes that did not change it. */
const BELIEVED_MS = 1_000;
/** From here on the next posting renews it in the background, so that a busy service never waits. */
const RENEWED_AFTER_MS = 500;
const SERVICES_MAX = 10_000;
const CODES_MAX = 100_000;
const MEMO_MAX = 1_000;

interface Remembered {
  readonly serviceId: string;
  /** The only currency it takes, or null. */
  readonly currency: string | null;
  /** In force and to come, by effect. */
  readonly versions: readonly TimedVersion[];
  /** By version id and currency, since a version never changes. */
  readonly inCurrency: Map<string, ResolvedService>;
  readonly askedAtMs: number;
  /** The database's time in the answer, and this process's monotonic one when it came. */
  readonly databaseNowMs: number;
  readonly answeredAtMs: number;
  renewing: boolean;
}

interface Book {
  /** By tenant and code. */
  readonly services: Map<string, Remembered>;
  readonly asking: Map<string, Promise<Remembered | null>>;
  /** Service codes by tenant and version id: neither ever changes. */
  readonly codes: Map<string, string>;
}

/**
 * By database, since tests have several in one process; on globalThis, since Next.js bundles this file a second time
 * and a change through one mount has to be seen at once through the other.
 */
const holder = globalThis as typeof globalThis & { pesewaServiceBooks?: WeakMap<Database, Book> };

/**
 * The rules of a client service for an account's currency, as of now: from memory when asked within the last second.
 * Several versions are remembered, so a scheduled one takes effect at its time without a query.
 * @param param the field that named it
 * @throws Problem resource_missing for a code unknown in these books, currency_mismatch for a service of another currency
 */
export async function resolveService(
  ctx: Context,
  code: string,
  currency: string,
  param = 'client_service_code',
): Promise<ResolvedService> {
  const key = `${ctx.principal.tenantId}|${code}`;
  const service = known(ctx, key, code) ?? (await ask(ctx, key, code));
  if (service === null) throw new Problem('resource_missing', `There is no client service ${shown(code)}.`, { param });
  if (service.currency !== null && service.currency !== currency) {
    throw new Problem(
      'currency_mismatch',
      `The client service ${code} is for ${service.currency} alone; the account is in ${currency}.`,
      { param, details: { expected: service.currency, given: currency } },
    );
  }
  const version = inForceAt(service.versions, nowMs(ctx, service));
  const memo = `${version.id}|${currency}`;
  const resolved = service.inCurrency.get(memo);
  if (resolved !== undefined && resolved.version.active === version.terms.active) return resolved;
  const made = { code, serviceId: service.serviceId, version: serviceVersionIn(version, currency) };
  if (service.inCurrency.size >= MEMO_MAX) service.inCurrency.clear();
  service.inCurrency.set(memo, made);
  return made;
}

/** The service's code by version id, for rendering. Ids of no version in these books are left out. */
export async function serviceCodesOf(ctx: Context, versionIds: readonly string[]): Promise<Map<string, string>> {
  const { tenantId } = ctx.principal;
  const { codes } = bookOf(ctx.db);
  const found = new Map<string, string>();
  const unknown = new Set<string>();
  for (const id of versionIds) {
    const code = codes.get(`${tenantId}|${id}`);
    if (code === undefined) unknown.add(id);
    else found.set(id, code);
  }
  if (unknown.size === 0) return found;
  const { rows } = await ctx.db.pool.query<{ id: string; code: string }>({
    name: 'service_codes',
    text: `select v.id, s.code from service_versions v
           join client_services s on s.tenant_id = v.tenant_id and s.id = v.service_id
           where v.tenant_id = $1 and v.id = any ($2::bigint[])`,
    values: [tenantId, [...unknown]],
  });
  if (codes.size + rows.length > CODES_MAX) codes.clear();
  for (const { id, code } of rows) {
    codes.set(`${tenantId}|${id}`, code);
    found.set(id, code);
  }
  return found;
}

/** After a change has committed: the next posting in this process asks anew. Queries under way are not remembered. */
export function forgetService(ctx: Context, code: string): void {
  const book = bookOf(ctx.db);
  const key = `${ctx.principal.tenantId}|${code}`;
  book.services.delete(key);
  book.asking.delete(key);
}

/** What is believed now, without a promise: the path of nearly every posting. */
function known(ctx: Context, key: string, code: string): Remembered | null {
  const service = bookOf(ctx.db).services.get(key);
  if (service === undefined) return null;
  const ageMs = performance.now() - service.askedAtMs;
  if (ageMs >= BELIEVED_MS) return null;
  if (ageMs >= RENEWED_AFTER_MS && !service.renewing) {
    service.renewing = true;
    // A failure is not kept: what is believed runs out, and the posting after that hears it.
    ask(ctx, key, code).catch(() => {});
  }
  return service;
}

/** One query for everybody who asks at once. Null is not remembered: a service may be made any moment. */
function ask(ctx: Context, key: string, code: string): Promise<Remembered | null> {
  const { services, asking } = bookOf(ctx.db);
  const there = asking.get(key);
  if (there !== undefined) return there;
  const before = services.get(key);
  const started: Promise<Remembered | null> = read(ctx, code, before?.inCurrency ?? new Map()).then((found) => {
    // Forgotten meanwhile: it may have been read before the change.
    if (found !== null && asking.get(key) === started) {
      if (services.size >= SERVICES_MAX) services.clear();
      services.set(key, found);
    }
    return found;
  });
  asking.set(key, started);
  const done = (): void => {
    if (asking.get(key) === started) asking.delete(key);
  };
  started.then(done, done);
  return started;
}

async function read(ctx: Context, code: string, inCurrency: Remembered['inCurrency']): Promise<Remembered | null> {
  const askedAtMs = performance.now();
  const now = sqlNow(3);
  const { rows } = await ctx.db.pool.query<Row>({
    name: 'resolve_service',
    text: `select s.id, s.currency, l.versions, ${sqlMs(now)} as now_ms
           from client_services s cross join lateral (${liveVersionsSql(now)}) l
           where s.tenant_id = $1 and s.code = $2`,
    values: [ctx.principal.tenantId, code, ctx.clock.fixedMs()],
  });
  const row = rows[0];
  if (row === undefined) return null;
  return {
    serviceId: row.id,
    currency: row.currency,
    versions: row.versions.map(toVersion),
    inCurrency,
    askedAtMs,
    databaseNowMs: Number(row.now_ms),
    answeredAtMs: performance.now(),
    renewing: false,
  };
}

interface Row {
  id: string;
  currency: string | null;
  versions: VersionJson[];
  now_ms: string;
}

/** The database's time, carried on by this process's clock while the answer is believed: late by a trip, never early. */
function nowMs({ clock }: Context, { databaseNowMs, answeredAtMs }: Remembered): number {
  return clock.fixedMs() ?? databaseNowMs + (performance.now() - answeredAtMs);
}

function bookOf(db: Database): Book {
  holder.pesewaServiceBooks ??= new WeakMap();
  const there = holder.pesewaServiceBooks.get(db);
  if (there !== undefined) return there;
  const made: Book = { services: new Map(), asking: new Map(), codes: new Map() };
  holder.pesewaServiceBooks.set(db, made);
  return made;
}

/** What was sent may be anything. */
function shown(code: string): string {
  return code.slice(0, 64);
}
