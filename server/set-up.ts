import pg from 'pg';
import { migrate } from '@/db/migrate';
import { ensureDemo } from '@/server/clients/demo';
import { ConfigError, readConfig } from '@/server/kernel/config';
import { Problem } from '@/server/kernel/problem';
import { openServices } from '@/server/services';
import { ensureDemoOperator } from '@/server/staff/demo-operator';

/** PostgreSQL 15: the oldest whose planner and syntax this is tested on. */
const SERVER_VERSION_MIN = 150_000;

/** Says to whoever started this that the last line on stderr is all there is to say. */
const EXIT_CODE_KNOWN = 2;

/** A reason that the person who starts this can act on; printed as its one line. */
class SetUpFailure extends Error {}

async function main(): Promise<void> {
  const config = readConfig(process.env);
  await checkDatabase(config.databaseUrl);
  progress('Migrating');
  await migrate({ url: config.databaseUrl, partitions: config.ledgerPartitions });
  const services = await openServices({ ...config, logLevel: 'error' });
  try {
    const demo = await ensureDemo(services, {
      dataDir: config.dataDir,
      clientId: process.env['DEMO_CLIENT_ID'] ?? null,
      clientSecret: process.env['DEMO_CLIENT_SECRET'] ?? null,
      progress,
    });
    const operator = await ensureDemoOperator(services, {
      dataDir: config.dataDir,
      email: process.env['DEMO_OPERATOR_EMAIL'] ?? null,
      password: process.env['DEMO_OPERATOR_PASSWORD'] ?? null,
      progress,
    }).catch((error: unknown) => {
      throw settingAtFault(error) ?? error;
    });
    process.stdout.write(`${JSON.stringify({ ...demo, operator })}\n`);
  } finally {
    await services.close();
  }
}

/** What only the database, or the rules of passwords, can say of a setting. */
function settingAtFault(error: unknown): SetUpFailure | null {
  if (!(error instanceof Problem)) return null;
  const setting = error.param === 'password' ? 'DEMO_OPERATOR_PASSWORD' : 'DEMO_OPERATOR_EMAIL';
  return new SetUpFailure(`${setting} cannot be used: ${error.message}`);
}

function progress(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function checkDatabase(databaseUrl: string): Promise<void> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: 5_000,
    application_name: 'pesewa-set-up',
  });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ number: string; text: string }>(
      `select current_setting('server_version_num') as number, current_setting('server_version') as text`,
    );
    const version = rows[0];
    if (Number(version?.number) < SERVER_VERSION_MIN) {
      throw new SetUpFailure(
        `PostgreSQL ${version?.text} is too old: Pesewa needs 15 or later, and 18 is recommended.`,
      );
    }
  } catch (error) {
    throw error instanceof SetUpFailure ? error : new SetUpFailure(reasonOf(error, databaseUrl));
  } finally {
    await client.end().catch(() => {});
  }
}

/** The URL holds a password, so only its harmless parts are repeated. */
function reasonOf(error: unknown, databaseUrl: string): string {
  const url = new URL(databaseUrl);
  const user = decodeURIComponent(url.username);
  const database = decodeURIComponent(url.pathname.slice(1));
  const code = String((error as { code?: unknown }).code ?? '');
  if (code === '28P01' || code === '28000')
    return `PostgreSQL refuses the user "${user}": check user and password in DATABASE_URL.`;
  if (code === '3D000') return `The database "${database}" does not exist: create it, or correct DATABASE_URL.`;
  if (code === '42501') return `The user "${user}" lacks a privilege: ${(error as Error).message}.`;
  const why = code === '' ? (error instanceof Error ? error.message : 'no reason given') : code;
  return `PostgreSQL at ${url.host || url.searchParams.get('host')} cannot be reached (${why}).`;
}

main().catch((error: unknown) => {
  const known = error instanceof ConfigError || error instanceof SetUpFailure;
  process.stderr.write(
    known
      ? `${error.message}\n`
      : `Set-up failed: ${error instanceof Error ? (error.stack ?? error.message) : 'unknown reason'}\n`,
  );
  process.exitCode = known ? EXIT_CODE_KNOWN : 1;
});
