import { isMigrated } from '@/db/migrate';
import migrations from '@/db/migrations/meta/_journal.json';
import { sameHash, storedSecret } from '@/server/kernel/secret';
import type { Answer } from './exchange';
import type { IncomingRequest } from './request';
import type { Services } from './services';

const NEWEST_MIGRATION_AT = Math.max(0, ...migrations.entries.map((entry) => entry.when));
const DATABASE_TIMEOUT_MS = 2_000;
/** Above this share of its bound the ledger's queue asks the load balancer to look elsewhere. */
const QUEUE_SHARE_MAX = 0.9;

/** Alive: this process answers. Says nothing about others, so that a database's pause restarts nobody. */
export function healthz(): Answer {
  return json(200, { status: 'ok' });
}

/** Ready: requests sent here now will be served. */
export async function readyz(services: Services): Promise<Answer> {
  const reasons: string[] = [];
  if (services.draining) reasons.push('shutting_down');
  const { queue } = services.ledger;
  if (queue.length > queue.max * QUEUE_SHARE_MAX) reasons.push('ledger_queue_full');
  const database = await databaseReason(services);
  if (database !== null) reasons.push(database);
  return reasons.length === 0 ? json(200, { status: 'ready' }) : json(503, { status: 'not_ready', reasons });
}

async function databaseReason({ db }: Services): Promise<'database_unreachable' | 'migrations_missing' | null> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('timeout')), DATABASE_TIMEOUT_MS);
  });
  try {
    return (await Promise.race([isMigrated(db.pool, NEWEST_MIGRATION_AT), timeout])) ? null : 'migrations_missing';
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    // No such table or schema: the database is there and empty.
    return code === '42P01' || code === '3F000' ? 'migrations_missing' : 'database_unreachable';
  } finally {
    clearTimeout(timer);
  }
}

/** Figures for the operator: for the machine itself, or for who has the token. To others it does not exist. */
export async function metricsAnswer(request: IncomingRequest, services: Services): Promise<Answer | null> {
  if (!mayReadMetrics(request, services)) return null;
  const { metrics } = services;
  return {
    status: 200,
    headers: { 'Content-Type': metrics.contentType, 'Cache-Control': 'no-store' },
    body: await metrics.text(),
  };
}

function mayReadMetrics(request: IncomingRequest, { config }: Services): boolean {
  const given = /^Bearer ([!-~]+)$/i.exec(request.header('authorization') ?? '')?.[1];
  if (given !== undefined && config.metricsToken !== null) {
    return sameHash(storedSecret(given).hash, storedSecret(config.metricsToken).hash);
  }
  // Behind a proxy on the same machine everybody comes from loopback.
  if (config.trustedProxies > 0 || request.header('x-forwarded-for') !== null) return false;
  return request.peer !== null && /^(?:::1|127\.|::ffff:127\.)/.test(request.peer);
}

function json(status: number, body: unknown): Answer {
  return {
    status,
    headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
    body: JSON.stringify(body),
  };
}
