import { Logger, type LogLevel, run } from 'graphile-worker';
import pg from 'pg';
import { isLatelyProved } from '@/server/attention/record-proof';
import { type JobServices, SCHEDULE } from './schedule';

const CONNECTIONS = 2;

/**
 * Runs the schedule on graphile-worker: jobs live in the same database, a crash loses none, several processes share
 * them. Its tables are the owner's, so its connections keep the login's own role; tasks work on the application's.
 */
export async function startWorker(services: JobServices): Promise<{ stop(): Promise<void> }> {
  const pool = new pg.Pool({
    connectionString: services.config.databaseUrl,
    max: CONNECTIONS + 1,
    application_name: 'pesewa-jobs',
  });
  // Both, or a connection that dies while idle or in use ends the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const runner = await run({
    pgPool: pool,
    concurrency: CONNECTIONS,
    noHandleSignals: true,
    pollInterval: 2_000,
    logger: new Logger(() => (level, message, meta) => services.log[PINO_LEVEL[level]]({ meta }, message)),
    taskList: Object.fromEntries(SCHEDULE.map((task) => [task.name, () => task.run(services)])),
    // What was missed while no process ran is done by the next run; `jobKey` keeps runs from piling up.
    crontab: SCHEDULE.map(
      (task) => `${task.crontab} ${task.name} ?jobKey=${task.name}&jobKeyMode=preserve_run_at&max=3`,
    ).join('\n'),
  });
  // A deployment that is new, or was off at night, does not wait for the next one to know.
  if (!(await isLatelyProved(services.db)))
    await runner.addJob('prove_books', {}, { jobKey: 'prove_books', maxAttempts: 3 });
  return {
    stop: async () => {
      await runner.stop();
      await pool.end();
    },
  };
}

/** Its own lines are about itself: one level down from what the operator reads. */
const PINO_LEVEL: Record<LogLevel, 'error' | 'warn' | 'debug' | 'trace'> = {
  error: 'error',
  warning: 'warn',
  info: 'debug',
  debug: 'trace',
};
