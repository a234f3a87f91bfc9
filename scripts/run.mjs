import { spawn } from 'node:child_process';
import { bundle, bundlePath } from './lib/build.mjs';
import { prepareDataDir } from './lib/data-dir.mjs';
import { openDatabase } from './lib/database.mjs';
import { Failure } from './lib/failure.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { root } from './lib/paths.mjs';
import { startPostgres } from './lib/postgres.mjs';
import { endProcess, sendSignal } from './lib/processes.mjs';
import { checkNodeVersion, loadEnvironment, readSettings } from './lib/settings.mjs';
import { supervise } from './lib/shutdown.mjs';

/** First words of commands that need no database: whoever verifies a seal may have none. */
const WITHOUT_DATABASE = new Set(['verify-seal', '--help', '-h']);

/**
 * Runs a TypeScript command of ours with DATABASE_URL set: `node scripts/run.mjs [--throw-away] entry.ts …`.
 * With --throw-away the database is a fresh one (as durable as the real one), gone afterwards.
 */
supervise(async (shutdown) => {
  checkNodeVersion();
  const args = process.argv.slice(2);
  const throwAway = args[0] === '--throw-away';
  if (throwAway) args.shift();
  const [entry, ...rest] = args;
  if (!entry) throw new Failure('Usage: node scripts/run.mjs [--throw-away] <entry.ts> [arguments]');
  const env = loadEnvironment();
  const settings = readSettings(env);
  await ensureInstalled(shutdown);
  await bundle([entry]);
  const database = WITHOUT_DATABASE.has(rest[0] ?? '')
    ? {}
    : { DATABASE_URL: throwAway ? await openThrowAway(shutdown) : await openKept(settings, shutdown) };
  const child = spawn(process.execPath, ['--enable-source-maps', bundlePath(entry), ...rest], {
    cwd: root,
    env: { ...env, ...database, DATA_DIR: settings.dataDir },
    detached: process.platform !== 'win32',
    stdio: 'inherit',
  });
  const pid = child.pid ?? 0;
  const stop = () =>
    endProcess(pid, [
      ['SIGTERM', 2_000],
      ['SIGKILL', 500],
    ]);
  const forget = shutdown.add({ stop, kill: () => sendSignal(pid, 'SIGKILL') });
  return new Promise((resolve) => {
    child.once('exit', (code) => {
      forget();
      resolve(code ?? 1);
    });
  });
});

/** @param {import('./lib/shutdown.mjs').Shutdown} shutdown */
async function openThrowAway(shutdown) {
  const postgres = await startPostgres({ ephemeral: true });
  shutdown.add(postgres);
  return postgres.socketUrl;
}

/**
 * @param {import('./lib/settings.mjs').Settings} settings
 * @param {import('./lib/shutdown.mjs').Shutdown} shutdown
 */
async function openKept(settings, shutdown) {
  prepareDataDir(settings.dataDir);
  return openDatabase(settings, shutdown);
}
