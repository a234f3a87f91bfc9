import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';

/** A pool for plain use and Drizzle over it. Money is never a float: int8 and numeric stay text. */
export interface Database {
  readonly pool: pg.Pool;
  readonly orm: NodePgDatabase;
}

export interface DatabaseOptions {
  readonly url: string;
  readonly maxConnections: number;
  /** Role taken at connect, so that append-only holds whatever the login may do. Null keeps the login's own. */
  readonly role: string | null;
  readonly applicationName: string;
  /** Further session settings, such as `lock_timeout`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Queries of one connection are written without waiting for the answers before them. */
  readonly pipeline?: boolean;
  /** A query that takes longer fails on our side and its connection is dropped. */
  readonly queryTimeoutMs?: number;
}

export const APPLICATION_ROLE = 'pesewa_app';

export function openDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.maxConnections,
    application_name: options.applicationName,
    connectionTimeoutMillis: 5_000,
    ...(options.pipeline === true && { pipeline: true }),
    ...(options.queryTimeoutMs !== undefined && { query_timeout: options.queryTimeoutMs }),
    // Start-up parameters, not SET: they hold for the connection and need no trip.
    options: [
      ...(options.role === null ? [] : [`-c role=${options.role}`]),
      '-c timezone=UTC',
      '-c standard_conforming_strings=on',
      ...Object.entries(options.settings ?? {}).map(([name, value]) => `-c ${name}=${value}`),
    ].join(' '),
  });
  // An idle connection that dies is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => {});
  return { pool, orm: drizzle({ client: pool }) };
}
