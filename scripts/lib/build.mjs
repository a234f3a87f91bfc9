import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from './command.mjs';
import { Failure } from './failure.mjs';
import { inRoot, root } from './paths.mjs';
import { step } from './progress.mjs';

const stampFile = inRoot('.build', 'stamp.json');
const serverEntries = ['server/main.ts', 'server/set-up.ts', 'simulator/main.ts'];

// Pages may read from server/ on the server side, so the pages depend on all of it.
const sourceDirectories = ['app', 'components', 'contracts', 'server', 'db', 'public', 'simulator'];
const configFiles =
  /^(package-lock\.json|package\.json|tsconfig\.json|components\.json|proxy\.ts|instrumentation\.ts|(next|postcss|tailwind)\.config\.\w+)$/;

/**
 * Bundles the server and builds the pages, when sources changed since the last time.
 * @param {{ shutdown: import('./shutdown.mjs').Shutdown, env: NodeJS.ProcessEnv }} options
 */
export async function buildIfChanged({ shutdown, env }) {
  const stamp = sourceStamp();
  if (readStamp() === stamp && isBuilt()) return;
  const first = !existsSync(stampFile);
  await step(first ? 'Building (first time, about a minute)' : 'Building, since sources changed', async () => {
    await bundle(serverEntries);
    if (existsSync(inRoot('app'))) await buildPages(shutdown, env);
  });
  mkdirSync(path.dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, `${JSON.stringify({ stamp })}\n`);
}

function isBuilt() {
  const pages = !existsSync(inRoot('app')) || existsSync(inRoot('.next', 'BUILD_ID'));
  return pages && serverEntries.every((entry) => existsSync(bundlePath(entry)));
}

function readStamp() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8')).stamp;
  } catch {
    return undefined;
  }
}

/** By content: a checkout changes times without changing sources. Tests are in no build. */
function sourceStamp() {
  const hash = createHash('sha256');
  for (const file of sourceFiles()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(inRoot(file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function sourceFiles() {
  const sources = sourceDirectories.flatMap(filesBelow).filter((file) => !/\.(test|stories)\.\w+$/.test(file));
  const configs = readdirSync(root).filter((name) => configFiles.test(name));
  return [...sources, ...configs, 'scripts/lib/build.mjs'].sort();
}

/**
 * @param {string} directory relative to the root
 * @returns {string[]}
 */
function filesBelow(directory) {
  if (!existsSync(inRoot(directory))) return [];
  return readdirSync(inRoot(directory), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)));
}

/** @param {string} entry such as server/main.ts */
export function bundlePath(entry) {
  return inRoot('.build', entry.replace(/\.tsx?$/, '.mjs'));
}

/**
 * Bundles TypeScript entries for Node; packages stay in node_modules.
 * @param {readonly string[]} entries
 */
export async function bundle(entries) {
  for (const entry of entries) {
    if (!existsSync(inRoot(entry))) throw new Failure(`${entry} is missing.`);
  }
  const { build } = await import('esbuild');
  try {
    await build(bundleOptions(entries));
  } catch (error) {
    throw new Failure('The build failed, see above.', { output: /** @type {Error} */ (error).message });
  }
}

/**
 * @param {readonly string[]} entries
 * @returns {import('esbuild').BuildOptions}
 */
export function bundleOptions(entries) {
  return {
    entryPoints: entries.map((entry) => inRoot(entry)),
    outdir: inRoot('.build'),
    outbase: root,
    outExtension: { '.js': '.mjs' },
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    packages: 'external',
    sourcemap: true,
    logLevel: 'silent',
  };
}

/**
 * @param {import('./shutdown.mjs').Shutdown} shutdown
 * @param {NodeJS.ProcessEnv} env
 */
async function buildPages(shutdown, env) {
  const result = await runCommand(process.execPath, [inRoot('node_modules/next/dist/bin/next'), 'build'], {
    shutdown,
    cwd: root,
    // The pages are built without a database: what they show is read when they are asked for.
    env: { ...env, NODE_ENV: 'production', DATABASE_URL: undefined },
  });
  if (result.code !== 0) throw new Failure('The build failed, see above.', { output: result.output });
}
