import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Failure } from './failure.mjs';
import { shortPath } from './paths.mjs';
import { giveTo, giveTreeTo } from './postgres-user.mjs';

export const superuser = 'pesewa';
export const databaseName = 'pesewa';
const passwordFile = 'pesewa.password';
const major = '18';

/**
 * @param {string} directory
 * @returns {'absent' | 'ours'} anything else fails, and is left untouched
 */
export function inspectCluster(directory) {
  const shown = shortPath(directory);
  const stats = statSync(directory, { throwIfNoEntry: false });
  if (!stats) return 'absent';
  if (!stats.isDirectory()) throw new Failure(`${shown} is in the way of the database: it is not a directory.`);
  const names = listDirectory(directory);
  if (names.length === 0) return 'absent';
  if (!names.includes('PG_VERSION')) {
    throw new Failure(`${shown} is not a PostgreSQL data directory: move it away, or choose another DATA_DIR.`);
  }
  const version = readFileSync(path.join(directory, 'PG_VERSION'), 'utf8').trim();
  if (version !== major) {
    throw new Failure(`${shown} was made by PostgreSQL ${version}, and this is ${major}: choose another DATA_DIR.`);
  }
  if (!names.includes(passwordFile)) {
    throw new Failure(`${shown} is a PostgreSQL data directory that Pesewa did not make: choose another DATA_DIR.`);
  }
  return 'ours';
}

/** @param {string} directory */
function listDirectory(directory) {
  try {
    return readdirSync(directory);
  } catch {
    throw new Failure(
      `${shortPath(directory)} belongs to another user: start as that user or as root, or choose another DATA_DIR.`,
    );
  }
}

/** @param {string} directory */
export function readPassword(directory) {
  return readFileSync(path.join(directory, passwordFile), 'utf8').trim();
}

/**
 * A copied or restored directory may have come to belong to root.
 * @param {string} directory
 * @param {import('./postgres-user.mjs').ServerUser | null} user
 */
export function settleOwnership(directory, user) {
  if (user && statSync(directory).uid !== user.ids.uid) giveTreeTo(directory, user);
}

/**
 * Makes a cluster with one superuser, a random password and an empty database. It is made aside and renamed, so that
 * a crash on the way leaves nothing half made.
 *
 * @param {object} options
 * @param {string} options.directory
 * @param {import('./postgres-user.mjs').ServerUser | null} options.user
 * @param {{ initdb: string, postgres: string }} options.programs
 * @param {boolean} options.fsync
 */
export async function createCluster({ directory, user, programs, fsync }) {
  const draft = `${directory}.new`;
  const password = `${draft}.password`;
  rmSync(draft, { recursive: true, force: true });
  rmSync(password, { force: true });
  mkdirSync(draft, { mode: 0o700 });
  giveTo(draft, user);
  writeFileSync(password, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 });
  giveTo(password, user);
  const cwd = path.dirname(draft);
  const environment = { ...user?.ids, cwd: user ? '/' : cwd, env: cleanEnvironment() };
  await run(programs.initdb, initdbArguments(draft, password, fsync), environment);
  await run(
    programs.postgres,
    ['--single', '-D', draft, 'postgres'],
    environment,
    `CREATE DATABASE ${databaseName};\n`,
  );
  renameSync(password, path.join(draft, passwordFile));
  renameSync(draft, directory);
}

/**
 * @param {string} directory
 * @param {string} password
 * @param {boolean} fsync
 */
function initdbArguments(directory, password, fsync) {
  return [
    `--pgdata=${directory}`,
    `--username=${superuser}`,
    `--pwfile=${password}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
    ...(fsync ? [] : ['--no-sync']),
  ];
}

/** PostgreSQL's own variables in the shell (PGDATA, PGPORT …) are meant for another server. */
export function cleanEnvironment() {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name));
  return { ...Object.fromEntries(kept), LC_ALL: 'C', TZ: 'UTC' };
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @param {string} [input]
 * @returns {Promise<void>}
 */
function run(program, args, options, input = '') {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: 'pipe' });
    let output = '';
    const collect = (/** @type {Buffer} */ chunk) => {
      output += chunk;
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.stdin?.on('error', () => {}).end(input);
    const fail = () =>
      reject(new Failure(`The database could not be created: ${path.basename(program)} failed.`, { output }));
    child.once('error', fail);
    child.once('close', (code) => (code === 0 ? resolve() : fail()));
  });
}

/**
 * The running server's account of itself: process, port, and whether it is ready.
 * @param {string} directory
 */
export function readPostmasterPid(directory) {
  let lines;
  try {
    lines = readFileSync(path.join(directory, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return undefined;
  }
  return { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

/**
 * The processes of a PostgreSQL on this directory, whatever its postmaster.pid says.
 * @param {string} directory
 * @returns {number[]}
 */
export function findServerProcesses(directory) {
  if (process.platform === 'linux') return findByWorkingDirectory(directory);
  if (process.platform === 'win32') return [];
  const { stdout } = spawnSync('ps', ['-axo', 'pid=,command='], { encoding: 'utf8' });
  return stdout
    .split('\n')
    .filter((line) => line.includes('postgres') && line.includes(`-D ${directory}`))
    .map((line) => Number.parseInt(line, 10));
}

/**
 * Every PostgreSQL process keeps its data directory as working directory.
 * @param {string} directory
 */
function findByWorkingDirectory(directory) {
  const { dev, ino } = statSync(directory);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        if (readFileSync(`/proc/${name}/comm`, 'utf8').trim() !== 'postgres') return false;
        const at = statSync(`/proc/${name}/cwd`);
        return at.dev === dev && at.ino === ino;
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** @param {string} directory */
export function removeStaleFiles(directory) {
  for (const name of readdirSync(directory)) {
    if (name === 'postmaster.pid' || name.startsWith('.s.PGSQL.')) rmSync(path.join(directory, name), { force: true });
  }
}

/** @param {string} directory */
export const hasCluster = (directory) => existsSync(path.join(directory, passwordFile));
