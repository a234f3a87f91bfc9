import { spawn } from 'node:child_process';
import { bundlePath } from './build.mjs';
import { runCommand } from './command.mjs';
import { Failure, lastLines } from './failure.mjs';
import { inRoot, root } from './paths.mjs';
import { endProcess, sendSignal } from './processes.mjs';
import { serverFlags } from './server-flags.mjs';

const drainMs = 3_000;
const readyTimeoutMs = 60_000;

/** The set-up's exit code when its last line says what is wrong and what to do about it. */
const knownFailure = 2;

/**
 * @typedef {object} Demo
 * @property {string} clientId
 * @property {string | null} clientSecret
 * @property {string | null} walletId
 * @property {{ email: string, password: string | null } | null} operator null when somebody else is its admin
 * @property {DemoData | null} data
 */

/**
 * @typedef {object} DemoData
 * @property {boolean} isNew made by this very start
 * @property {number} journals
 * @property {{ of: string, email: string, role: string }[]} people
 * @property {string | null} password of all of them; null when it is not known here
 */

/**
 * Migrates the database and makes the demo client and the operator's first admin on the first run.
 * @param {{ shutdown: import('./shutdown.mjs').Shutdown, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<Demo>}
 */
export async function setUp({ shutdown, env }) {
  const entry = bundlePath('server/set-up.ts');
  const result = await runCommand(process.execPath, ['--enable-source-maps', entry], { shutdown, env, cwd: root });
  if (result.code === knownFailure) throw new Failure(lastLines(result.output, 1));
  if (result.code !== 0) throw new Failure('The database could not be set up, see above.', { output: result.output });
  try {
    return JSON.parse(result.stdout.trim().split('\n').at(-1) ?? '');
  } catch {
    throw new Failure('The set-up of the database gave no result.', { output: result.output });
  }
}

/**
 * @typedef {object} Server
 * @property {number} port
 * @property {number} pid
 * @property {Promise<number>} ended with the exit code
 * @property {() => Promise<unknown>} stop
 */

/**
 * Starts the bundled server and waits until it listens.
 * @param {object} options
 * @param {import('./shutdown.mjs').Shutdown} options.shutdown
 * @param {NodeJS.ProcessEnv} options.env with DATABASE_URL and PORT
 * @param {(pid: number) => void} [options.onSpawn]
 * @param {boolean} [options.quiet] keep the server's log lines unless it fails
 * @returns {Promise<Server>}
 */
export async function startServer({ shutdown, env, onSpawn, quiet = false }) {
  const child = spawn(
    process.execPath,
    [...serverFlags, '--import', inRoot('scripts/lib/follow-parent.mjs'), bundlePath('server/main.ts')],
    {
      cwd: root,
      env: { NODE_ENV: 'production', ...env },
      detached: process.platform !== 'win32',
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit', 'ipc'],
    },
  );
  const pid = child.pid ?? 0;
  onSpawn?.(pid);
  let output = '';
  const collect = (/** @type {Buffer} */ chunk) => {
    output = (output + chunk).slice(-20_000);
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  const stop = () =>
    endProcess(pid, [
      ['SIGTERM', drainMs],
      ['SIGKILL', 500],
    ]);
  const forget = shutdown.add({ stop, kill: () => sendSignal(pid, 'SIGKILL') });
  /** @type {Promise<number>} */
  const ended = new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
  void ended.then(forget);
  const port = await ready(child, ended, () => output);
  return { port, pid, ended, stop };
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {Promise<number>} ended
 * @param {() => string} output
 * @returns {Promise<number>} the port
 */
function ready(child, ended, output) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Failure('The server did not come up within a minute.', { output: output() })),
      readyTimeoutMs,
    );
    child.on('message', (/** @type {{ type?: string, port?: number }} */ message) => {
      if (message?.type !== 'ready') return;
      clearTimeout(timer);
      resolve(Number(message.port));
    });
    void ended.then((code) => {
      clearTimeout(timer);
      reject(new Failure(`The server ended while starting (exit code ${code}).`, { output: output() }));
    });
  });
}
