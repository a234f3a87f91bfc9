import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Failure } from './failure.mjs';
import { shortPath } from './paths.mjs';

const markerName = 'README.txt';
const markerText = `Pesewa keeps its data here: the database, its log, and the credentials of the demo client and operator.
Removing this directory while Pesewa is stopped removes all of it; the next start begins anew.
`;

/**
 * Makes the data directory, or checks that it is one of ours: pointing DATA_DIR at somebody else's files by mistake
 * must not mix them with a database.
 * @param {string} dataDir
 */
export function prepareDataDir(dataDir) {
  const shown = shortPath(dataDir);
  try {
    // Node 20's recursive mkdir never returns on a file system that refuses new directories with ENOENT, such as /proc.
    if (dataDir.startsWith('/proc/') || dataDir.startsWith('/sys/'))
      throw new Failure(`DATA_DIR ${shown} cannot be used.`);
    // Open to pass through for the database's user; what is secret in it has modes of its own.
    mkdirSync(dataDir, { recursive: true, mode: 0o755 });
    if (!statSync(dataDir).isDirectory()) throw new Failure(`DATA_DIR ${shown} is not a directory.`);
    const names = readdirSync(dataDir);
    if (names.includes('PG_VERSION')) {
      throw new Failure(`DATA_DIR ${shown} is a PostgreSQL data directory of its own: choose an empty directory.`);
    }
    const strangers = names.filter((name) => !name.startsWith('.') && name !== 'lost+found');
    if (strangers.length > 0 && !names.includes(markerName)) {
      throw new Failure(`DATA_DIR ${shown} holds other files (${strangers[0]} …): choose an empty directory.`);
    }
    writeFileSync(path.join(dataDir, markerName), markerText);
  } catch (error) {
    if (error instanceof Failure) throw error;
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === 'EEXIST' || code === 'ENOTDIR') throw new Failure(`DATA_DIR ${shown} is not a directory.`);
    throw new Failure(`DATA_DIR ${shown} cannot be used (${code}): choose one that this user can write.`);
  }
}
