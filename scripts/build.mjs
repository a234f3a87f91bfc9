import { buildIfChanged } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { checkNodeVersion, loadEnvironment } from './lib/settings.mjs';
import { supervise } from './lib/shutdown.mjs';

/** The build alone, for images; `npm start` and `npm test` do it on their own. */
supervise(async (shutdown) => {
  checkNodeVersion();
  await ensureInstalled(shutdown);
  await buildIfChanged({ shutdown, env: loadEnvironment() });
  return 0;
});
