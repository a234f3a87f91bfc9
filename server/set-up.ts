import pg from 'pg';
import { migrate } from '@/db/migrate';
import { ensureDemo } from '@/server/clients/demo';
import { readDemoCredentials, writeDemoCredentials } from '@/server/clients/demo-credentials';
import { type DemoData, ensureDemoData } from '@/server/demo/ensure-demo-data';
import { type Config, ConfigError, readConfig } from '@/server/kernel/config';
import { Problem } from '@/server/kernel/problem';
import { openSealKey } from '@/server/ledger/seals/key-file';
import { openServices } from '@/server/services';
import { type DemoOperator, ensureDemoOperator } from '@/server/staff/demo-operator';
import { makePassword } from '@/server/staff/make-password';

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
    const data = await demoData(services, config, operator);
    process.stdout.write(`${JSON.stringify({ ...demo, operator, data })}\n`);
  } finally {
    await services.close();
  }
}

type Shown = DemoData & {
  /** Of everybody in it; null when it was made elsewhere. */
  readonly password: string | null;
};

/**
 * A month of two businesses, where `DEMO_DATA` says so. Its people have the operator's password, so that there is one to
 * remember; where that is not known they get one of their own.
 */
async function demoData(
  services: Awaited<ReturnType<typeof openServices>>,
  config: Config,
  operator: DemoOperator | null,
): Promise<Shown | null> {
  const mode = demoDataMode(config);
  if (mode === 'off') return null;
  const { dataDir } = config;
  const stored = (await readDemoCredentials(dataDir)).demoPassword ?? null;
  const password = stored ?? operator?.password ?? makePassword();
  const data = await ensureDemoData(
    { ...services, url: config.databaseUrl, sealKey: openSealKey({ privateKeyPem: config.sealPrivateKey, dataDir }) },
    {
      mode,
      password,
      progress,
      // First the file: a start that is killed in between gives the rest of the people the same password.
      onBegin: () => writeDemoCredentials(dataDir, { demoPassword: password }),
    },
  );
  if (data === null) return null;
  return { ...data, password: data.isNew ? password : stored };
}

/** Without a word from anybody: none. `npm start` says `auto` where the database is its own. */
function demoDataMode({ loginMode }: Config): 'on' | 'auto' | 'off' {
  const mode = process.env['DEMO_DATA'] ?? 'off';
  if (mode !== 'on' && mode !== 'auto' && mode !== 'off') {
    throw new SetUpFailure('DEMO_DATA must be on, auto or off.');
  }
  if (loginMode !== 'live') return mode;
  if (mode === 'on')
    throw new SetUpFailure('DEMO_DATA cannot be on where LOGIN_MODE is live: it is for trying things out.');
  return 'off';
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
