import path from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as runFiles } from 'drizzle-orm/node-postgres/migrator';
import { runMigrations } from 'graphile-worker';
import pg from 'pg';

/** Number of hash partitions of journals and of entries; counts at the first migration only. */
const PARTITIONS_DEFAULT = 4;

export interface MigrationOptions {
  /** Login that owns the schema and may create the application's role. */
  readonly url: string;
  readonly partitions?: number;
  /** The repository's root, where `db/migrations` is. */
  readonly root?: string;
}

/** Brings a database to the newest schema, jobs' tables included. Safe to run at every start and by several at once. */
export async function migrate(options: MigrationOptions): Promise<void> {
  const partitions = options.partitions ?? PARTITIONS_DEFAULT;
  const pool = new pg.Pool({
    connectionString: options.url,
    max: 2,
    options: `-c pesewa.partitions=${partitions} -c client_min_messages=warning`,
  });
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  try {
    const client = await pool.connect();
    try {
      // One migrator at a time; a session lock is fine here, this is not the posting path.
      await client.query("select pg_advisory_lock(hashtext('pesewa.migrate'))");
      await runFiles(drizzle({ client }), {
        migrationsFolder: path.join(options.root ?? process.cwd(), 'db/migrations'),
      });
      await runMigrations({ pgPool: pool });
    } finally {
      client.release(true);
    }
  } finally {
    await pool.end();
  }
}

/** Whether a database has every migration of this build. */
export async function isMigrated(pool: pg.Pool, newestMigrationAt: number): Promise<boolean> {
  const { rows } = await pool.query<{ newest: string | null }>(
    'select max(created_at) as newest from drizzle.__drizzle_migrations',
  );
  return Number(rows[0]?.newest ?? 0) >= newestMigrationAt;
}
