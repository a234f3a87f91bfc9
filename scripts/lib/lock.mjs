import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Failure } from './failure.mjs';
import { shortPath } from './paths.mjs';
import { endProcess, isSameProcess, processIdentity } from './processes.mjs';

/**
 * @typedef {{ pid: number, identity: string }} KnownProcess
 * @typedef {KnownProcess & { port: number, children: KnownProcess[] }} Holder
 */

const attemptsMax = 5;

/**
 * One start at a time per data directory. The lock names its holder's process and start time, so that one left by a
 * crash, or a number given to another process since, holds nobody up; what the crashed start left running is ended.
 *
 * @param {string} dataDir
 * @param {number} port
 */
export async function lockDataDir(dataDir, port) {
  const file = path.join(dataDir, 'start.lock');
  /** @type {Holder} */
  const holder = { pid: process.pid, identity: processIdentity(process.pid), port, children: [] };
  for (let attempt = 0; attempt < attemptsMax; attempt++) {
    if (create(file, holder)) return held(file, holder);
    const found = read(file);
    if (found && isSameProcess(found)) {
      throw new Failure(
        `Pesewa is already running on ${shortPath(dataDir)} (process ${found.pid}, port ${found.port}): stop it first, ` +
          'or give this one a DATA_DIR and a PORT of its own.',
      );
    }
    for (const child of found?.children ?? []) {
      if (!isSameProcess(child)) continue;
      await endProcess(child.pid, [
        ['SIGTERM', 4_000],
        ['SIGKILL', 1_000],
      ]);
    }
    removeStale(file, found);
  }
  throw new Failure(`${shortPath(file)} changes hands too often: is Pesewa being started twice?`);
}

/**
 * @param {string} file
 * @param {Holder} holder
 */
function held(file, holder) {
  return {
    /**
     * Records a process that a later start must end if we do not come to it.
     * @param {number | undefined} pid
     */
    recordChild(pid) {
      if (!pid) return;
      holder.children.push({ pid, identity: processIdentity(pid) });
      const next = `${file}.${process.pid}`;
      writeFileSync(next, JSON.stringify(holder), { mode: 0o600 });
      renameSync(next, file);
    },
    release() {
      rmSync(file, { force: true });
    },
  };
}

/**
 * The file appears with its content or not at all.
 * @param {string} file
 * @param {Holder} holder
 */
function create(file, holder) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === 'EEXIST') return false;
    return createWithoutLinks(file, holder);
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * For file systems without hard links.
 * @param {string} file
 * @param {Holder} holder
 */
function createWithoutLinks(file, holder) {
  try {
    writeFileSync(file, JSON.stringify(holder), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === 'EEXIST') return false;
    throw new Failure(`${shortPath(file)} cannot be written (${code}).`);
  }
}

/**
 * @param {string} file
 * @returns {Holder | undefined}
 */
function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Takes the stale lock aside before removing it: another start may have replaced it since it was read.
 * @param {string} file
 * @param {Holder | undefined} stale
 */
function removeStale(file, stale) {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
    const taken = read(aside);
    if (taken && taken.identity !== stale?.identity) linkSync(aside, file);
  } catch {
    // Removed by its holder or by another start.
  } finally {
    rmSync(aside, { force: true });
  }
}
