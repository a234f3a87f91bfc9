import { startPostgres } from '../lib/postgres.mjs';

/**
 * One throw-away PostgreSQL for the whole run; each test file makes a database of its own in it.
 * @param {import('vitest/node').TestProject} project
 */
export default async function setup(project) {
  const postgres = await startPostgres({ ephemeral: true, fsync: false });
  process.env['TEST_DATABASE_URL'] = postgres.url;
  project.provide('testDatabaseUrl', postgres.url);
  return () => postgres.stop();
}
