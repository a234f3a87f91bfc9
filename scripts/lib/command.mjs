import { spawn } from 'node:child_process';
import { endProcess, sendSignal } from './processes.mjs';

/**
 * @typedef {object} CommandOptions
 * @property {import('./shutdown.mjs').Shutdown} shutdown
 * @property {NodeJS.ProcessEnv} [env]
 * @property {string} [cwd]
 * @property {boolean} [show] pass the output through to the terminal instead of keeping it
 */

/**
 * Runs a tool to its end, in a process group of its own so that a Ctrl-C reaches it through us, children included.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @param {CommandOptions} options
 * @returns {Promise<{ code: number, stdout: string, output: string }>} output holds both streams
 */
export function runCommand(file, args, { shutdown, env = process.env, cwd, show = false }) {
  const child = spawn(file, args, {
    cwd,
    env,
    detached: process.platform !== 'win32',
    stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
  });
  const { pid } = child;
  const group = process.platform === 'win32' ? (pid ?? 0) : -(pid ?? 0);
  const forget = shutdown.add({
    stop: async () => {
      if (!pid) return;
      sendSignal(group, 'SIGTERM');
      await endProcess(pid, [
        ['SIGTERM', 1_500],
        ['SIGKILL', 500],
      ]);
      sendSignal(group, 'SIGKILL');
    },
    kill: () => pid && sendSignal(group, 'SIGKILL'),
  });
  let stdout = '';
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk) => {
    stdout += chunk;
    output += chunk;
  });
  child.stderr?.setEncoding('utf8').on('data', (chunk) => {
    output += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once('error', (error) => {
      forget();
      reject(error);
    });
    child.once('close', (code, signal) => {
      forget();
      resolve({ code: signal ? 1 : (code ?? 1), stdout, output });
    });
  });
}
