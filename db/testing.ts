import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { APPLICATION_ROLE, type Database, openDatabase } from './client';
import { migrate } from './migrate';

const TEMPLATE = 'pesewa_template';

/** A database of a test's own: a copy of a migrated template, dropped by `close`. */
export async function makeTestDatabase(): Promise<{ url: string; db: Database; close: () => Promise<void> }> {
  const adminUrl = process.env['TEST_DATABASE_URL'];
  if (adminUrl === undefined) throw new Error('TEST_DATABASE_URL is not set: run the tests through npm test.');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await withAdmin(adminUrl, async (admin) => {
    // One file at a time makes the template and copies it: a template in use cannot be copied.
    await admin.query("select pg_advisory_lock(hashtext('pesewa.template'))");
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [TEMPLATE]);
    if (rowCount === 0) {
      await admin.query(`create database ${TEMPLATE}_new`);
      await migrate({ url: urlOf(adminUrl, `${TEMPLATE}_new`) });
      await admin.query(`alter database ${TEMPLATE}_new rename to ${TEMPLATE}`);
    }
    await admin.query(`create database ${name} template ${TEMPLATE} strategy file_copy`);
  });
  const url = urlOf(adminUrl, name);
  const db = openDatabase({ url, maxConnections: 10, role: APPLICATION_ROLE, applicationName: 'pesewa-test' });
  return {
    url,
    db,
    close: async () => {
      await db.pool.end();
      await withAdmin(adminUrl, (admin) => admin.query(`drop database if exists ${name} with (force)`));
    },
  };
}

async function withAdmin<R>(url: string, work: (admin: pg.Client) => Promise<R>): Promise<R> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

function urlOf(adminUrl: string, database: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  return url.href;
}
