import { Failure } from './failure.mjs';
import { findRunningPostgres, startPostgres } from './postgres.mjs';

const connectTimeoutMs = 10_000;
const versionMin = 150_000;

/**
 * Looks whether a database of the user's own can serve.
 * @param {string} databaseUrl
 */
export async function checkOwnDatabase(databaseUrl) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: connectTimeoutMs });
  client.on('error', () => {});
  let version;
  try {
    await client.connect();
    version = (await client.query('SHOW server_version_num')).rows[0].server_version_num;
  } catch (error) {
    throw new Failure(explain(databaseUrl, /** @type {NodeJS.ErrnoException} */ (error)));
  } finally {
    await client.end().catch(() => {});
  }
  if (Number(version) < versionMin) {
    throw new Failure(
      `The PostgreSQL of DATABASE_URL is version ${Math.floor(Number(version) / 10_000)}: 15 or later is needed.`,
    );
  }
}

/**
 * @param {string} databaseUrl
 * @param {NodeJS.ErrnoException} error
 */
function explain(databaseUrl, error) {
  const url = new URL(databaseUrl);
  const server = url.host || url.searchParams.get('host');
  const name = decodeURIComponent(url.pathname.slice(1));
  switch (error.code) {
    case '28P01':
    case '28000':
      return `The PostgreSQL at ${server} refuses the user or password of DATABASE_URL.`;
    case '3D000':
      return `The PostgreSQL at ${server} has no database "${name}": make it first (createdb ${name}).`;
    default:
      return `The PostgreSQL of DATABASE_URL at ${server} cannot be reached (${error.code ?? error.message}).`;
  }
}

/**
 * The database for a command beside `npm start`: the user's own, else the one of a start that is running, else ours
 * started for the while.
 *
 * @param {import('./settings.mjs').Settings} settings
 * @param {import('./shutdown.mjs').Shutdown} shutdown
 * @returns {Promise<string>} its address
 */
export async function openDatabase({ databaseUrl, dataDir }, shutdown) {
  if (databaseUrl) {
    await checkOwnDatabase(databaseUrl);
    return databaseUrl;
  }
  const running = findRunningPostgres(dataDir);
  if (running) return running;
  const postgres = await startPostgres({ dataDir });
  shutdown.add(postgres);
  return postgres.socketUrl;
}
