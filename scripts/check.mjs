import { ensureInstalled } from './lib/install.mjs';
import { checkNodeVersion, loadEnvironment } from './lib/settings.mjs';
import { supervise } from './lib/shutdown.mjs';
import { TestRun } from './lib/test-run.mjs';

/** The fast part of the tests, for the inner loop: no database, no build. */
supervise(async (shutdown) => {
  checkNodeVersion();
  await ensureInstalled(shutdown);
  const run = new TestRun(shutdown, loadEnvironment());
  await run.lint();
  await run.types();
  await run.suite('unit', 'Unit tests', process.argv.slice(2));
  return run.conclude();
});
