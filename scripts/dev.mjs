import { bundleOptions } from './lib/build.mjs';
import { prepareDataDir } from './lib/data-dir.mjs';
import { checkOwnDatabase } from './lib/database.mjs';
import { Failure, printFailure } from './lib/failure.mjs';
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

/** Like `npm start`, but pages reload as they are edited, and the server restarts when its sources change. */
supervise(async (shutdown) => {
  shutdown.interruptedCode = 0;
  checkNodeVersion();
  const env = loadEnvironment();
  const settings = readSettings(env);
  prepareDataDir(settings.dataDir);
  const lock = await lockDataDir(settings.dataDir, settings.port);
  shutdown.add({ stop: async () => lock.release(), kill: () => lock.release() });
  await checkPortFree(settings.port);
  await ensureInstalled(shutdown);
  const databaseUrl = await step('Starting the database', () => openDatabase(settings, shutdown));
  const serverEnv = {
    ...env,
    DATABASE_URL: databaseUrl,
    DATA_DIR: settings.dataDir,
    DEMO_DATA: settings.demoData,
    PORT: String(settings.port),
    NODE_ENV: 'development',
    ...(settings.simulatorPort && { PROVIDERS_SIMULATOR_URL: `http://127.0.0.1:${settings.simulatorPort}` }),
  };
  const session = new DevelopmentServer(shutdown, serverEnv, settings, lock);
  await watch(shutdown, () => session.restart());
  await new Promise(() => {});
});

/**
 * @param {import('./lib/settings.mjs').Settings} settings
 * @param {import('./lib/shutdown.mjs').Shutdown} shutdown
 */
async function openDatabase({ databaseUrl, dataDir }, shutdown) {
  if (databaseUrl) {
    await checkOwnDatabase(databaseUrl);
    return databaseUrl;
  }
  const postgres = await startPostgres({ dataDir });
  shutdown.add(postgres);
  void postgres.ended.then(() => {
    if (shutdown.begun) return;
    printFailure(new Failure(`The database ended by itself (see ${shortPath(`${dataDir}/postgres.log`)}).`));
    process.exit(1);
  });
  return postgres.url;
}

class DevelopmentServer {
  /** @type {import('./lib/server.mjs').Server | undefined} */
  #server;
  /** @type {import('./lib/simulator.mjs').Simulator | undefined} */
  #simulator;
  #greeted = false;
  /** Restarts follow one another, also when sources change while one is under way. */
  #queue = Promise.resolve();

  /**
   * @param {import('./lib/shutdown.mjs').Shutdown} shutdown
   * @param {NodeJS.ProcessEnv} env
   * @param {import('./lib/settings.mjs').Settings} settings
   * @param {Awaited<ReturnType<typeof lockDataDir>>} lock
   */
  constructor(shutdown, env, settings, lock) {
    this.shutdown = shutdown;
    this.env = env;
    this.settings = settings;
    this.lock = lock;
  }

  restart() {
    this.#queue = this.#queue
      .then(() => this.#restart())
      .catch((error) => {
        if (!this.shutdown.begun) printFailure(error);
      });
  }

  async #restart() {
    const startedAt = performance.now();
    await this.#server?.stop();
    this.#server = undefined;
    const { shutdown, env } = this;
    const { port, simulatorPort } = this.settings;
    if (simulatorPort) {
      await this.#simulator?.stop();
      this.#simulator = await startSimulator({ shutdown, env, port: simulatorPort, serverPort: port });
    }
    const demo = await setUp({ shutdown, env });
    this.#server = await startServer({ shutdown, env, onSpawn: (pid) => this.lock.recordChild(pid) });
    const elapsedMs = performance.now() - startedAt;
    if (this.#greeted) say('  Restarted, since sources changed.');
    else {
      const database = shortPath(this.settings.dataDir);
      greet({ port: this.#server.port, simulatorPort, demo, database, elapsedMs });
    }
    this.#greeted = true;
  }
}

/**
 * @param {import('./lib/shutdown.mjs').Shutdown} shutdown
 * @param {() => void} onBuilt
 */
async function watch(shutdown, onBuilt) {
  const esbuild = await import('esbuild');
  const context = await esbuild.context({
    ...bundleOptions(['server/main.ts', 'server/set-up.ts', 'simulator/main.ts']),
    logLevel: 'warning',
    plugins: [
      {
        name: 'restart',
        setup: (build) => build.onEnd((result) => (result.errors.length === 0 ? onBuilt() : undefined)),
      },
    ],
  });
  shutdown.add({ stop: () => context.dispose(), kill: () => {} });
  await context.watch();
}
