import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from './command.mjs';
import { Failure, printFailure } from './failure.mjs';
import { inRoot, root } from './paths.mjs';
import { bold, dim, formatDuration, green, red, say } from './progress.mjs';

/** @typedef {'unit' | 'integration' | 'end-to-end'} Suite */

/**
 * Which suite a test file belongs to; vitest.config.ts draws the same lines.
 * @param {string} file
 * @returns {Suite}
 */
export function suiteOf(file) {
  if (file.includes('.e2e.test')) return 'end-to-end';
  return file.includes('.db.test') ? 'integration' : 'unit';
}

/** The steps of one test run, each with a heading and a duration, and the sum of what passed and failed. */
export class TestRun {
  #shutdown;
  #env;
  #passed = 0;
  #failed = 0;

  /**
   * @param {import('./shutdown.mjs').Shutdown} shutdown
   * @param {NodeJS.ProcessEnv} env
   */
  constructor(shutdown, env) {
    this.#shutdown = shutdown;
    // Tests bring databases of their own; the one in .env may hold somebody's work.
    const { DATABASE_URL: _, ...rest } = env;
    this.#env = rest;
  }

  lint() {
    return this.check('Lint, format and import rules', () => this.#tool('@biomejs/biome/bin/biome', ['ci', '.']));
  }

  types() {
    return this.check('Types', async () => {
      // Next declares the types of pages and assets in files that it generates.
      if (existsSync(inRoot('app'))) await this.#tool('next/dist/bin/next', ['typegen'], { show: false });
      await this.#tool('typescript/bin/tsc', ['--noEmit']);
    });
  }

  /**
   * A step that as a whole passes or fails.
   * @param {string} title
   * @param {() => Promise<unknown>} work
   */
  async check(title, work) {
    const done = this.#begin(title);
    try {
      await work();
      this.#passed += 1;
      done(true, '');
      return true;
    } catch (error) {
      if (this.#shutdown.begun) throw error;
      this.#failed += 1;
      if (!(error instanceof ToolFailed)) printFailure(error);
      done(false, '');
      return false;
    }
  }

  /**
   * A vitest project, each of its tests counted.
   * @param {Suite} suite
   * @param {string} title
   * @param {readonly string[]} files those of other suites are left out
   */
  async suite(suite, title, files) {
    const done = this.#begin(title);
    const report = inRoot('.build', `${suite}-report.json`);
    mkdirSync(path.dirname(report), { recursive: true });
    rmSync(report, { force: true });
    const own = files.filter((file) => suiteOf(file) === suite);
    const args = ['run', `--project=${suite}`, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const code = await this.#run('vitest/vitest.mjs', [...args, ...own], true);
    if (this.#shutdown.begun) throw new Failure('Interrupted.');
    const { passed, failed } = countTests(report, code);
    this.#passed += passed;
    this.#failed += failed;
    done(failed === 0, `${passed} passed, ${failed} failed`);
  }

  /** @returns {number} the exit code */
  conclude() {
    say();
    say(`${this.#passed} passed, ${this.#failed} failed`);
    return this.#failed === 0 ? 0 : 1;
  }

  /** @param {string} title */
  #begin(title) {
    const startedAt = performance.now();
    say(`\n${bold(`── ${title}`)}`);
    return (/** @type {boolean} */ ok, /** @type {string} */ detail) => {
      const duration = dim(formatDuration(performance.now() - startedAt));
      say([ok ? green('✓') : red('✗'), title, detail, duration].filter(Boolean).join('  '));
    };
  }

  /**
   * @param {string} script below node_modules
   * @param {readonly string[]} args
   * @param {{ show?: boolean }} [options]
   */
  async #tool(script, args, { show = true } = {}) {
    const code = await this.#run(script, args, show);
    if (code !== 0) throw new ToolFailed(script);
  }

  /**
   * @param {string} script
   * @param {readonly string[]} args
   * @param {boolean} show
   */
  async #run(script, args, show) {
    const result = await runCommand(process.execPath, [inRoot('node_modules', script), ...args], {
      shutdown: this.#shutdown,
      env: this.#env,
      cwd: root,
      show,
    });
    if (!show && result.code !== 0) process.stderr.write(result.output);
    return result.code;
  }
}

/** The tool has said already what is wrong. */
class ToolFailed extends Error {}

/**
 * @param {string} report
 * @param {number} code vitest's exit code
 */
function countTests(report, code) {
  /** @type {{ numPassedTests: number, numFailedTests: number, testResults: { status: string, assertionResults: { status: string }[] }[] }} */
  let totals;
  try {
    totals = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    // Vitest did not get as far as running a test.
    return { passed: 0, failed: 1 };
  }
  // A file that fails to load, or in its hooks, has no failed test of its own.
  const failedFiles = totals.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  const failed = totals.numFailedTests + failedFiles.length;
  // Vitest also fails for reasons outside of tests: an unhandled rejection, no test found.
  return { passed: totals.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
}
