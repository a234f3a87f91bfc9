import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure, lastLines } from './failure.mjs';
import { shortPath } from './paths.mjs';
import { freePort } from './ports.mjs';
import { preparePostgresBinaries } from './postgres-binaries.mjs';
import * as cluster from './postgres-cluster.mjs';
import { lastingHome, sharedHome, throwAwayHome } from './postgres-home.mjs';
import { forgetThrowAway, registerThrowAway, sweepThrowAways } from './postgres-throw-away.mjs';
import { chooseServerUser } from './postgres-user.mjs';
import { endProcess, isAlive, sendSignal, waitForEnd } from './processes.mjs';

const startTimeoutMs = 10 * 60_000;
const attemptsMax = 5;
const logBytesMax = 20_000_000;
const unixSocketPathMax = 107;

/**
 * @typedef {object} Postgres
 * @property {string} url over TCP on 127.0.0.1
 * @property {string} socketUrl over the Unix socket where there is one, which is faster; else the same as url
 * @property {number} port
 * @property {number} pid
 * @property {string} directory
 * @property {string | undefined} notice something that the user should know about where the data is
 * @property {Promise<void>} ended
 * @property {() => Promise<void>} stop within 4 seconds; a throw-away one is removed
 * @property {() => void} kill at once, like a crash
 */

/**
 * Starts the PostgreSQL that npm brought: a lasting one in `<dataDir>/postgres`, or a throw-away one.
 *
 * @param {{ dataDir?: string, ephemeral?: boolean, fsync?: boolean, settings?: Record<string, string> }} options
 *   settings are added to, or replace, ours
 * @returns {Promise<Postgres>}
 */
export async function startPostgres({ dataDir, ephemeral = false, fsync = true, settings = {} }) {
  const place = ephemeral ? await prepareThrowAway() : prepareLasting(dataDir ?? '.data');
  const { directory, user, log } = place;
  const programs = preparePostgresBinaries(user, sharedHome);
  if (cluster.inspectCluster(directory) === 'absent') {
    await cluster.createCluster({ directory, user, programs, fsync });
  } else {
    await recoverCluster(directory, user);
  }
  rotateLog(log);
  const postmaster = await launchWithRetry({ ...place, programs, settings: { ...ledgerSettings(fsync), ...settings } });
  return describe(place, postmaster);
}

/** @param {string} dataDir */
function prepareLasting(dataDir) {
  const user = chooseServerUser(path.join(dataDir, 'postgres'));
  const { directory, notice } = lastingHome(dataDir, user);
  return { directory, user, notice, home: undefined, log: path.join(dataDir, 'postgres.log') };
}

async function prepareThrowAway() {
  const user = chooseServerUser('');
  const home = throwAwayHome(user);
  await sweepThrowAways(path.dirname(home));
  registerThrowAway(home);
  return { directory: path.join(home, 'data'), user, notice: undefined, home, log: path.join(home, 'postgres.log') };
}

/**
 * A crashed start may have left its server running, or a postmaster.pid whose number has gone to another program
 * since. The data files tolerate one server at a time, so the old one is stopped, never joined.
 *
 * @param {string} directory
 * @param {import('./postgres-user.mjs').ServerUser | null} user
 */
async function recoverCluster(directory, user) {
  cluster.settleOwnership(directory, user);
  const recorded = cluster.readPostmasterPid(directory);
  const processes = cluster.findServerProcesses(directory);
  const postmaster = processes.find((pid) => pid === recorded?.pid) ?? processes[0];
  if (postmaster !== undefined) {
    await endProcess(postmaster, [
      ['SIGINT', 10_000],
      ['SIGQUIT', 5_000],
      ['SIGKILL', 2_000],
    ]);
  }
  for (const pid of processes) {
    if (await waitForEnd(pid, 3_000)) continue;
    const ended = await endProcess(pid, [['SIGKILL', 2_000]]);
    if (!ended)
      throw new Failure(
        `An earlier PostgreSQL (process ${pid}) on ${shortPath(directory)} does not stop: stop it by hand.`,
      );
  }
  cluster.removeStaleFiles(directory);
}

/**
 * @param {boolean} fsync
 * @returns {Record<string, string>}
 */
function ledgerSettings(fsync) {
  const durable = fsync ? 'on' : 'off';
  return {
    fsync: durable,
    synchronous_commit: durable,
    full_page_writes: durable,
    shared_buffers: '256MB',
    max_wal_size: '4GB',
    checkpoint_timeout: '15min',
    wal_compression: 'pglz',
    max_connections: '100',
    jit: 'off',
    autovacuum_naptime: '15s',
    timezone: 'UTC',
    log_timezone: 'UTC',
  };
}

/** @param {string} log */
function rotateLog(log) {
  if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) > logBytesMax) truncateSync(log);
}

/**
 * @typedef {object} Launch
 * @property {string} directory
 * @property {import('./postgres-user.mjs').ServerUser | null} user
 * @property {string} log
 * @property {{ postgres: string }} programs
 * @property {Record<string, string>} settings
 */

/** @param {Launch} launch */
async function launchWithRetry(launch) {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const logStart = statSync(launch.log, { throwIfNoEntry: false })?.size ?? 0;
    const postmaster = await launchOnce(launch, port);
    if (postmaster) return postmaster;
    const output = readFileSync(launch.log, 'utf8').slice(logStart);
    // The port was taken between our look and the server's, or children of a killed server are still on their way out.
    const passing = /could not (bind|create any TCP\/IP)|shared memory block .* is still in use/.test(output);
    if (!passing || attempt === attemptsMax) {
      const reason = output.match(/FATAL: +(.*)/)?.[1] ?? lastLines(output, 1);
      throw new Failure(`PostgreSQL did not start: ${reason || 'it gave no reason'} (see ${shortPath(launch.log)}).`);
    }
    await sleep(attempt * 300);
  }
}

/**
 * @param {Launch} launch
 * @param {number} port
 */
async function launchOnce({ directory, user, log, programs, settings }, port) {
  const socket = path.join(directory, `.s.PGSQL.${port}`);
  const hasSocket = process.platform !== 'win32' && Buffer.byteLength(socket) <= unixSocketPathMax;
  const all = {
    ...settings,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: hasSocket ? directory : '',
    unix_socket_permissions: '0700',
  };
  const logFile = openSync(log, 'a', 0o600);
  // A session of its own: the terminal's Ctrl-C must reach it through us, after the server has drained.
  const child = spawn(
    programs.postgres,
    [
      '-D',
      directory,
      '-p',
      String(port),
      ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    {
      ...user?.ids,
      cwd: user ? '/' : directory,
      env: cluster.cleanEnvironment(),
      detached: true,
      stdio: ['ignore', logFile, logFile],
    },
  );
  closeSync(logFile);
  /** @type {Promise<void>} */
  const ended = new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const pid = child.pid ?? 0;
  const killOnExit = () => sendSignal(pid, 'SIGQUIT');
  process.on('exit', killOnExit);
  void ended.then(() => process.off('exit', killOnExit));
  const deadline = performance.now() + startTimeoutMs;
  while (child.exitCode === null && child.signalCode === null && isAlive(pid)) {
    const state = cluster.readPostmasterPid(directory);
    if (state?.pid === pid && state.ready) return { pid, port, hasSocket, ended };
    if (performance.now() > deadline)
      throw new Failure(`PostgreSQL is still not ready after 10 minutes (see ${shortPath(log)}).`);
    await sleep(25);
  }
  return undefined;
}

/**
 * @param {{ directory: string, notice: string | undefined, home: string | undefined }} place
 * @param {{ pid: number, port: number, hasSocket: boolean, ended: Promise<void> }} postmaster
 * @returns {Postgres}
 */
function describe({ directory, notice, home }, { pid, port, hasSocket, ended }) {
  return {
    ...connectionUrls(directory, port, hasSocket),
    port,
    pid,
    directory,
    notice,
    ended,
    stop: async () => {
      await endProcess(pid, [
        ['SIGINT', 2_200],
        ['SIGQUIT', 800],
        ['SIGKILL', 500],
      ]);
      if (!home) return;
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
      forgetThrowAway(home);
    },
    kill: () => sendSignal(pid, 'SIGKILL'),
  };
}

/**
 * @param {string} directory
 * @param {number} port
 * @param {boolean} hasSocket
 */
function connectionUrls(directory, port, hasSocket) {
  const url = `postgresql://${cluster.superuser}:${cluster.readPassword(directory)}@127.0.0.1:${port}/${cluster.databaseName}`;
  return { url, socketUrl: hasSocket ? `${url}?host=${encodeURIComponent(directory)}` : url };
}

/**
 * The address of the database that a running `npm start` holds, for commands that look at it meanwhile.
 * @param {string} dataDir
 */
export function findRunningPostgres(dataDir) {
  const directory = path.join(dataDir, 'postgres');
  if (!cluster.hasCluster(directory)) return undefined;
  const state = cluster.readPostmasterPid(directory);
  if (!state?.ready || !cluster.findServerProcesses(directory).includes(state.pid)) return undefined;
  return connectionUrls(directory, state.port, false).url;
}
