import { existsSync, readFileSync } from 'node:fs';
import { runCommand } from './command.mjs';
import { Failure } from './failure.mjs';
import { inRoot, root } from './paths.mjs';
import { step } from './progress.mjs';

/**
 * Installs what package-lock.json asks for, when something of it is missing or of another version.
 * @param {import('./shutdown.mjs').Shutdown} shutdown
 */
export async function ensureInstalled(shutdown) {
  if (isInstalled()) return;
  const first = !existsSync(inRoot('node_modules'));
  await step(first ? 'Installing dependencies (first time)' : 'Updating dependencies', () => install(shutdown));
}

/** Compares the lockfile with the record that npm keeps of what it has put into node_modules. */
function isInstalled() {
  const wanted = readPackages('package-lock.json');
  if (!wanted)
    throw new Failure('package-lock.json is missing or damaged: restore it with git checkout package-lock.json');
  const present = readPackages('node_modules', '.package-lock.json');
  if (!present) return false;
  return Object.entries(wanted).every(([location, entry]) => {
    if (location === '' || entry.link) return true;
    const installed = present[location];
    // An optional package is absent where it is made for another platform.
    if (!installed) return entry.optional || entry.devOptional || entry.peer;
    return installed.version === entry.version && existsSync(inRoot(location));
  });
}

/**
 * @param {string[]} location
 * @returns {Record<string, { version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean, link?: boolean }> | undefined}
 */
function readPackages(...location) {
  try {
    return JSON.parse(readFileSync(inRoot(...location), 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** @param {import('./shutdown.mjs').Shutdown} shutdown */
async function install(shutdown) {
  const exact = await npm(['ci'], shutdown);
  if (exact.code === 0) return;
  // A lockfile made on one platform may lack another's packages; then npm install fills the gap without writing it.
  const lenient = exact.output.includes('EUSAGE') ? await npm(['install', '--no-save'], shutdown) : exact;
  if (lenient.code !== 0)
    throw new Failure('npm could not install the dependencies, see above.', { output: lenient.output });
}

/**
 * @param {readonly string[]} command
 * @param {import('./shutdown.mjs').Shutdown} shutdown
 */
function npm(command, shutdown) {
  // The build and the tests need the development packages, also where NODE_ENV=production is set.
  const args = [...command, '--include=dev', '--no-audit', '--no-fund'];
  // Under `npm start`, npm names its own program; else it is on the path.
  const program = process.env['npm_execpath'];
  const viaNode = program?.endsWith('npm-cli.js') ? program : undefined;
  const file = viaNode ? process.execPath : 'npm';
  return runCommand(file, viaNode ? [viaNode, ...args] : args, { shutdown, cwd: root }).catch(() => {
    throw new Failure('npm was not found: install Node.js with npm.');
  });
}
