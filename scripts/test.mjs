import { buildIfChanged } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { checkNodeVersion, loadEnvironment } from './lib/settings.mjs';
import { supervise } from './lib/shutdown.mjs';
import { suiteOf, TestRun } from './lib/test-run.mjs';

/** All tests; with file names, only these. */
supervise(async (shutdown) => {
  checkNodeVersion();
  await ensureInstalled(shutdown);
  const env = loadEnvironment();
  const run = new TestRun(shutdown, env);
  const files = process.argv.slice(2);
  const wants = (/** @type {string} */ suite) => files.length === 0 || files.some((file) => suiteOf(file) === suite);

  if (files.length === 0) {
    await run.lint();
    await run.types();
  }
  if (wants('unit')) await run.suite('unit', 'Unit and property tests', files);
  if (wants('integration')) await run.suite('integration', 'Integration tests on PostgreSQL', files);
  if (wants('end-to-end')) {
    const built = await run.check('Build', () => buildIfChanged({ shutdown, env }));
    if (built) await run.suite('end-to-end', 'End-to-end tests over HTTP', files);
  }
  return run.conclude();
});
