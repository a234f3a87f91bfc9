import { readFileSync } from 'node:fs';
import path from 'node:path';
import util from 'node:util';
import { Failure } from './failure.mjs';
import { inRoot, root } from './paths.mjs';

/**
 * @typedef {object} Settings
 * @property {number} port
 * @property {number | undefined} simulatorPort undefined: no simulator of our own
 * @property {string | undefined} databaseUrl undefined: our own PostgreSQL
 * @property {string} dataDir absolute
 * @property {string | undefined} demoClientId
 * @property {string | undefined} demoClientSecret
 * @property {string | undefined} demoOperatorEmail
 * @property {string | undefined} demoOperatorPassword
 * @property {'on' | 'auto' | 'off'} demoData auto: where nobody has a client yet
 */

// They are printed within a command to paste.
const secretPattern = /^[!#-&(-[\]-_a-~]{8,128}$/;
const secretRule = '8 to 128 visible ASCII characters without spaces, quotes or backslashes';

/**
 * The environment that our processes get: what the shell gave, and below it what `.env` says.
 * @returns {NodeJS.ProcessEnv}
 */
export function loadEnvironment() {
  return { ...readEnvFile(), ...process.env, NEXT_TELEMETRY_DISABLED: '1' };
}

/** @returns {NodeJS.ProcessEnv} */
function readEnvFile() {
  let text;
  try {
    text = readFileSync(inRoot('.env'), 'utf8');
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === 'ENOENT') return {};
    throw new Failure(`.env cannot be read (${code}).`);
  }
  return /** @type {NodeJS.ProcessEnv} */ (util.parseEnv(text));
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Settings}
 */
export function readSettings(env) {
  return {
    port: readPort(env),
    simulatorPort: readSimulatorPort(env),
    databaseUrl: readDatabaseUrl(env),
    dataDir: readDataDir(env),
    demoClientId: readPattern(env, 'DEMO_CLIENT_ID', /^[A-Za-z0-9_.-]{1,64}$/, '1 to 64 of A–Z a–z 0–9 _ . -'),
    demoClientSecret: readPattern(env, 'DEMO_CLIENT_SECRET', secretPattern, secretRule, 'secret'),
    demoOperatorEmail: readPattern(
      env,
      'DEMO_OPERATOR_EMAIL',
      /^(?=.{1,254}$)[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+$/,
      'an e-mail address such as operator@example.com',
    ),
    demoOperatorPassword: readPattern(env, 'DEMO_OPERATOR_PASSWORD', secretPattern, secretRule, 'secret'),
    demoData: readDemoData(env),
  };
}

/** @param {NodeJS.ProcessEnv} env */
function readPort(env) {
  const text = env['PORT'] ?? '3000';
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) throw new Failure(`PORT must be a whole number from 1 to 65535, not "${text}".`);
  return port;
}

/**
 * None where it is switched off, or where the server is told of a simulator elsewhere.
 * @param {NodeJS.ProcessEnv} env
 */
function readSimulatorPort(env) {
  const text = env['SIMULATOR_PORT'] ?? '4010';
  if (text === 'off' || text === '0') return undefined;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) {
    throw new Failure(`SIMULATOR_PORT must be a whole number from 1 to 65535, or 0 or off, not "${text}".`);
  }
  if (port === readPort(env)) throw new Failure('SIMULATOR_PORT must be another port than PORT.');
  return env['PROVIDERS_SIMULATOR_URL'] === undefined ? port : undefined;
}

/** @param {NodeJS.ProcessEnv} env */
function readDatabaseUrl(env) {
  const text = env['DATABASE_URL'];
  if (text === undefined) return undefined;
  const example = 'postgresql://user:password@host:5432/database';
  // The value may hold a password, so it is not repeated.
  const problem = new Failure(`DATABASE_URL must look like ${example}; leave it out to use Pesewa's own PostgreSQL.`);
  if (!/^postgres(ql)?:\/\//.test(text)) throw problem;
  try {
    const url = new URL(text);
    if (!url.hostname && !url.searchParams.get('host')) throw problem;
  } catch {
    throw problem;
  }
  return text;
}

/**
 * In somebody's own database nothing is made unasked.
 * @param {NodeJS.ProcessEnv} env
 */
function readDemoData(env) {
  const text = env['DEMO_DATA'] ?? (env['DATABASE_URL'] === undefined ? 'auto' : 'off');
  if (text === 'on' || text === 'auto' || text === 'off') return text;
  throw new Failure(`DEMO_DATA must be on, auto or off, not "${text}".`);
}

/** @param {NodeJS.ProcessEnv} env */
function readDataDir(env) {
  const text = env['DATA_DIR'] ?? '.data';
  if (text.trim() === '' || text.includes('\0'))
    throw new Failure('DATA_DIR must be a path to a directory, not empty.');
  return path.resolve(root, text);
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string} name
 * @param {RegExp} pattern
 * @param {string} rule
 * @param {'secret'} [secret] do not repeat the value
 */
function readPattern(env, name, pattern, rule, secret) {
  const text = env[name];
  if (text === undefined || pattern.test(text)) return text;
  throw new Failure(`${name} must be ${rule}${secret ? '' : `, not "${text}"`}.`);
}

/** Older Node fails later in ways that name no cause. */
export function checkNodeVersion() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Failure(`Node ${process.versions.node} is too old: Pesewa needs 20.19 or later, and 24 is recommended.`);
}
