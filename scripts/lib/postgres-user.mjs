import { spawnSync } from 'node:child_process';
import { chownSync, lchownSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { Failure } from './failure.mjs';

/**
 * PostgreSQL refuses to run as root, so root runs it as another user.
 * @typedef {{ name: string, ids: { uid: number, gid: number } }} ServerUser
 */

const candidates = ['postgres', 'nobody'];

/**
 * @param {string} dataDirectory whose owner is the user when it exists already
 * @returns {ServerUser | null} null: the user that we are
 */
export function chooseServerUser(dataDirectory) {
  if (process.getuid?.() !== 0) return null;
  const owner = statSync(dataDirectory, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { name: `user ${owner.uid}`, ids: { uid: owner.uid, gid: owner.gid } };
  for (const name of candidates) {
    const uid = lookUp('-u', name);
    const gid = lookUp('-g', name);
    if (uid && gid) return checked({ name, ids: { uid, gid } });
  }
  throw new Failure(
    'PostgreSQL does not run as root, and there is no user postgres or nobody: start as an ordinary user, or set DATABASE_URL.',
  );
}

/** @param {ServerUser} user */
function checked(user) {
  const probe = spawnSync('/bin/sh', ['-c', 'exit 0'], { ...user.ids, cwd: '/' });
  if (probe.status === 0) return user;
  throw new Failure(
    `PostgreSQL does not run as root, and this root may not become ${user.name} (${probe.error?.message}): ` +
      'start as an ordinary user, or set DATABASE_URL.',
  );
}

/**
 * @param {'-u' | '-g'} option
 * @param {string} name
 */
function lookUp(option, name) {
  const { status, stdout } = spawnSync('id', [option, name], { encoding: 'utf8' });
  return status === 0 ? Number(stdout.trim()) : undefined;
}

/**
 * Asked of the system as that user, since modes, groups and access lists of every parent have a say.
 * @param {ServerUser} user
 * @param {string} target
 * @param {'-r' | '-x'} test
 */
export function canReach(user, target, test) {
  return spawnSync('/bin/sh', ['-c', `test ${test} "$1"`, 'sh', target], { ...user.ids, cwd: '/' }).status === 0;
}

/**
 * @param {string} target
 * @param {ServerUser | null} user
 */
export function giveTo(target, user) {
  if (user) chownSync(target, user.ids.uid, user.ids.gid);
}

/**
 * @param {string} directory
 * @param {ServerUser} user
 */
export function giveTreeTo(directory, user) {
  lchownSync(directory, user.ids.uid, user.ids.gid);
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const location = path.join(directory, entry.name);
    if (entry.isDirectory()) giveTreeTo(location, user);
    else lchownSync(location, user.ids.uid, user.ids.gid);
  }
}
