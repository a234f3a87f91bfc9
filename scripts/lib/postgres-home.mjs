import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Failure } from './failure.mjs';
import { inRoot, shortPath } from './paths.mjs';
import { canReach, giveTo } from './postgres-user.mjs';

/**
 * A directory that root owns and everybody can pass through, for what the server's user cannot reach in the checkout.
 * Not /var/tmp at first: systems clear that of files that were not touched for a month, and a database has such.
 */
export function sharedHome() {
  for (const parent of ['/var/lib', '/var/tmp']) {
    const home = path.join(parent, 'pesewa');
    try {
      mkdirSync(home, { recursive: true });
      const stats = lstatSync(home);
      if (!stats.isDirectory() || stats.uid !== process.getuid?.()) continue;
      chmodSync(home, 0o755);
      return home;
    } catch {
      // Read-only, or taken by something else.
    }
  }
  throw new Failure(
    'Neither /var/lib/pesewa nor /var/tmp/pesewa can be made: start as an ordinary user, or set DATABASE_URL.',
  );
}

/**
 * Where a lasting cluster lives: `<data dir>/postgres`, or, where the server's user cannot get there, a directory of
 * its own with `<data dir>/postgres` a link to it. The link is what is believed, so that a fresh clone at the same
 * path never takes up the data of the one before.
 *
 * @param {string} dataDir
 * @param {import('./postgres-user.mjs').ServerUser | null} user
 * @returns {{ directory: string, notice: string | undefined }}
 */
export function lastingHome(dataDir, user) {
  const link = path.join(dataDir, 'postgres');
  const stats = lstatSync(link, { throwIfNoEntry: false });
  if (stats?.isSymbolicLink()) {
    if (!existsSync(link)) {
      throw new Failure(
        `${shortPath(link)} points to ${readlinkSync(link)}, which is gone: restore it, or remove the link to begin anew.`,
      );
    }
    const directory = realpathSync(link);
    return { directory, notice: `The database is in ${directory}` };
  }
  if (!user || canReach(user, dataDir, '-x')) return { directory: link, notice: undefined };
  if (stats) {
    throw new Failure(
      `User ${user.name}, as whom root runs PostgreSQL, cannot reach ${shortPath(link)}: open its parent directories ` +
        '(chmod o+x), or start as the user who owns it.',
    );
  }
  const home = mkdtempSync(path.join(sharedHome(), `${path.basename(inRoot())}-`));
  giveTo(home, user);
  const directory = path.join(home, 'data');
  mkdirSync(directory, { mode: 0o700 });
  giveTo(directory, user);
  symlinkSync(directory, link);
  return {
    directory,
    notice: `User ${user.name} cannot enter this checkout, so the database is in ${directory}, linked from ${shortPath(link)}`,
  };
}

/**
 * A directory for a throw-away cluster, that the server's user can reach.
 * @param {import('./postgres-user.mjs').ServerUser | null} user
 */
export function throwAwayHome(user) {
  for (const parent of new Set([os.tmpdir(), '/var/tmp'])) {
    if (!statSync(parent, { throwIfNoEntry: false })) continue;
    const home = mkdtempSync(path.join(parent, throwAwayPrefix));
    giveTo(home, user);
    if (!user || canReach(user, home, '-x')) return home;
    rmSync(home, { recursive: true });
  }
  const home = mkdtempSync(path.join(sharedHome(), throwAwayPrefix));
  giveTo(home, user);
  return home;
}

export const throwAwayPrefix = 'pesewa-test-';
