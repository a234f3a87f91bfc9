import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findServerProcesses } from './postgres-cluster.mjs';
import { throwAwayPrefix } from './postgres-home.mjs';
import { endProcess, isSameProcess, processIdentity, waitForEnd } from './processes.mjs';

/** @type {Set<string>} */
const registered = new Set();

// Also when the tests fail in a way that skips their tear-down.
process.on('exit', () => {
  for (const home of registered) rmSync(home, { recursive: true, force: true });
});

/** @param {string} home */
export function registerThrowAway(home) {
  registered.add(home);
  writeFileSync(
    path.join(home, 'owner.json'),
    JSON.stringify({ pid: process.pid, identity: processIdentity(process.pid) }),
  );
}

/** @param {string} home */
export function forgetThrowAway(home) {
  registered.delete(home);
}

/**
 * Clears away what test runs that were killed have left, servers included.
 * @param {string} parent
 */
export async function sweepThrowAways(parent) {
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(throwAwayPrefix)) continue;
    const home = path.join(parent, name);
    try {
      if (isSameProcess(JSON.parse(readFileSync(path.join(home, 'owner.json'), 'utf8')))) continue;
      await stopServers(path.join(home, 'data'));
      rmSync(home, { recursive: true, force: true });
    } catch {
      // Being made this moment, or another user's.
    }
  }
}

/** @param {string} directory */
async function stopServers(directory) {
  const processes = findServerProcesses(directory);
  for (const pid of processes.slice(0, 1))
    await endProcess(pid, [
      ['SIGQUIT', 3_000],
      ['SIGKILL', 1_000],
    ]);
  for (const pid of processes) await waitForEnd(pid, 2_000);
}
