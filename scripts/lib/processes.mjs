import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** @param {number} pid */
export function isAlive(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, under another user.
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
  return !isZombie(pid);
}

/** @param {number} pid */
function isZombie(pid) {
  return procStat(pid)?.[0] === 'Z';
}

/**
 * The fields of /proc/<pid>/stat from the state on; the name before them may hold spaces and brackets.
 * @param {number} pid
 */
function procStat(pid) {
  if (process.platform !== 'linux') return undefined;
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

/**
 * Tells a process from a later one that was given the same number: when it started, on which boot. Empty where the
 * system does not say.
 * @param {number} pid
 */
export function processIdentity(pid) {
  if (process.platform === 'linux') {
    try {
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
      return `${boot}:${procStat(pid)?.[19] ?? ''}`;
    } catch {
      return '';
    }
  }
  if (process.platform === 'win32') return '';
  return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? '';
}

/** @param {{ pid: number, identity: string }} known */
export function isSameProcess(known) {
  return isAlive(known.pid) && processIdentity(known.pid) === known.identity;
}

/**
 * @param {number} pid
 * @param {number} timeoutMs
 */
export async function waitForEnd(pid, timeoutMs) {
  const deadline = performance.now() + timeoutMs;
  while (isAlive(pid)) {
    if (performance.now() >= deadline) return false;
    await sleep(25);
  }
  return true;
}

/**
 * Sends each signal in turn until the process is gone.
 * @param {number} pid
 * @param {ReadonlyArray<readonly [NodeJS.Signals, number]>} signals each with the time in ms to wait after it
 */
export async function endProcess(pid, signals) {
  for (const [signal, waitMs] of signals) {
    sendSignal(pid, signal);
    if (await waitForEnd(pid, waitMs)) return true;
  }
  return !isAlive(pid);
}

/**
 * @param {number} pid negative for a process group
 * @param {NodeJS.Signals} signal
 */
export function sendSignal(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone already.
  }
}
