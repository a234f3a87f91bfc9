import { buildIfChanged } from './lib/build.mjs';
import { prepareDataDir } from './lib/data-dir.mjs';
import { checkOwnDatabase } from './lib/database.mjs';
import { Failure } from './lib/failure.mjs';
import { greet } from './lib/greeting.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { lockDataDir } from './lib/lock.mjs';
import { shortPath } from './lib/paths.mjs';
import { checkPortFree } from './lib/ports.mjs';
import { startPostgres } from './lib/postgres.mjs';
import { say, step } from './lib/progress.mjs';
import { setUp, startServer } from './lib/server.mjs';
import { checkNodeVersion, loadEnvironment, readSettings } from './lib/settings.mjs';
import { supervise } from './lib/shutdown.mjs';
import { startSimulator } from './lib/simulator.mjs';

// In an image the dependencies and the build are there already, and development packages are not.
const prebuilt = process.argv.includes('--prebuilt');

supervise(async (shutdown) => {
  const startedAt = performance.now();
  // Ctrl-C is the ordinary way to end this command, and npm makes noise about any other code.
  shutdown.interruptedCode = 0;
  checkNodeVersion();
  const env = loadEnvironment();
  const settings = readSettings(env);
  const lock = await claim(settings, shutdown);

  if (!prebuilt) await ensureInstalled(shutdown);
  const database = await step(settings.databaseUrl ? 'Looking at the database' : 'Starting the database', () =>
    openDatabase(settings, shutdown),
  );
  if (database.notice) say(`    ${database.notice}`);
  if (!prebuilt) await buildIfChanged({ shutdown, env });

  const simulator = await startOwnSimulator(settings, shutdown, env);
  const serverEnv = {
    ...env,
    ...(simulator && { PROVIDERS_SIMULATOR_URL: simulator.url }),
    DATABASE_URL: database.url,
    DATA_DIR: settings.dataDir,
    DEMO_DATA: settings.demoData,
    PORT: String(settings.port),
    NODE_ENV: 'production',
    // Links in answers (error pages, the OpenAPI document) lead here unless a deployment says where it is reached.
    ...(!prebuilt && !env.BASE_URL && { BASE_URL: `http://localhost:${settings.port}` }),
  };
  const demo = await step('Setting the database up', () => setUp({ shutdown, env: serverEnv }));
  await checkPortFree(settings.port);
  const server = await step('Starting the server', () =>
    startServer({ shutdown, env: serverEnv, onSpawn: (pid) => lock.recordChild(pid) }),
  );
  greet({
    port: server.port,
    simulatorPort: settings.simulatorPort,
    demo,
    database: database.shown,
    elapsedMs: performance.now() - startedAt,
  });
  await Promise.race(
    [
      server.ended.then((code) => failUnlessStopping(shutdown, `The server ended by itself (exit code ${code}).`)),
      simulator?.ended.then((code) =>
        failUnlessStopping(shutdown, `The simulator ended by itself (exit code ${code}).`),
      ),
      database.ended?.then(() => failUnlessStopping(shutdown, `The database ended by itself (see ${database.log}).`)),
    ].filter((ending) => ending !== undefined),
  );
});

/**
 * One start per data directory, and nobody on the port: both before anything that takes long.
 * @param {import('./lib/settings.mjs').Settings} settings
 * @param {import('./lib/shutdown.mjs').Shutdown} shutdown
 */
async function claim(settings, shutdown) {
  prepareDataDir(settings.dataDir);
  const lock = await lockDataDir(settings.dataDir, settings.port);
  shutdown.add({ stop: async () => lock.release(), kill: () => lock.release() });
  await checkPortFree(settings.port);
  return lock;
}

/**
 * @param {import('./lib/settings.mjs').Settings} settings
 * @param {import('./lib/shutdown.mjs').Shutdown} shutdown
 * @param {NodeJS.ProcessEnv} env
 */
async function startOwnSimulator({ simulatorPort, port }, shutdown, env) {
  if (simulatorPort === undefined) return undefined;
  return step('Starting the simulated providers', () =>
    startSimulator({ shutdown, env, port: simulatorPort, serverPort: port }),
  );
}

/**
 * @param {import('./lib/settings.mjs').Settings} settings
 * @param {import('./lib/shutdown.mjs').Shutdown} shutdown
 */
async function openDatabase({ databaseUrl, dataDir }, shutdown) {
  if (databaseUrl) {
    await checkOwnDatabase(databaseUrl);
    return {
      url: databaseUrl,
      shown: `${new URL(databaseUrl).host} (DATABASE_URL)`,
      ended: undefined,
      log: '',
      notice: undefined,
    };
  }
  const postgres = await startPostgres({ dataDir });
  shutdown.add(postgres);
  return {
    url: postgres.socketUrl,
    shown: `PostgreSQL 18, data in ${shortPath(dataDir)}`,
    ended: postgres.ended,
    log: shortPath(`${dataDir}/postgres.log`),
    notice: postgres.notice,
  };
}

/**
 * @param {import('./lib/shutdown.mjs').Shutdown} shutdown
 * @param {string} message
 */
function failUnlessStopping(shutdown, message) {
  if (!shutdown.begun) throw new Failure(message);
}
