import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { bundlePath } from './build.mjs';
import { Failure } from './failure.mjs';
import { inRoot, root } from './paths.mjs';
import { checkPortFree } from './ports.mjs';
import { endProcess, sendSignal } from './processes.mjs';
import { dim, say } from './progress.mjs';

const stopMs = 1_500;
const readyTimeoutMs = 30_000;

/**
 * @typedef {object} Simulator
 * @property {string} url where the server reaches it
 * @property {Promise<number>} ended with the exit code
 * @property {() => Promise<unknown>} stop
 */

/**
 * Starts the bundled simulator of the payment providers, its output marked as its own.
 * @param {object} options
 * @param {import('./shutdown.mjs').Shutdown} options.shutdown
 * @param {NodeJS.ProcessEnv} options.env
 * @param {number} options.port
 * @param {number} options.serverPort whom it sends Paystack's events, which know one address for everything
 * @returns {Promise<Simulator>}
 */
export async function startSimulator({ shutdown, env, port, serverPort }) {
  await checkPortFree(port, 'SIMULATOR_PORT');
  const child = spawn(
    process.execPath,
    ['--enable-source-maps', '--import', inRoot('scripts/lib/follow-parent.mjs'), bundlePath('simulator/main.ts')],
    {
      cwd: root,
      env: {
        NODE_ENV: 'production',
        SIMULATOR_PAYSTACK_WEBHOOK_URL: `http://127.0.0.1:${serverPort}/callbacks/paystack/account`,
        ...env,
        SIMULATOR_PORT: String(port),
      },
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  const pid = child.pid ?? 0;
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      output = `${output}${line}\n`.slice(-5_000);
      say(`${dim('simulator |')} ${line}`);
    });
  }
  const stop = () =>
    endProcess(pid, [
      ['SIGTERM', stopMs],
      ['SIGKILL', 500],
    ]);
  const forget = shutdown.add({ stop, kill: () => sendSignal(pid, 'SIGKILL') });
  /** @type {Promise<number>} */
  const ended = new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)));
  void ended.then(forget);
  await ready(child, ended, () => output);
  return { url: `http://127.0.0.1:${port}`, ended, stop };
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {Promise<number>} ended
 * @param {() => string} output
 * @returns {Promise<void>}
 */
function ready(child, ended, output) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Failure('The simulator did not come up.')), readyTimeoutMs);
    child.on('message', (/** @type {{ type?: string }} */ message) => {
      if (message?.type !== 'ready') return;
      clearTimeout(timer);
      resolve();
    });
    void ended.then(() => {
      clearTimeout(timer);
      reject(new Failure(output().trim() || 'The simulator ended while starting.'));
    });
  });
}
