import { type Log, loggableError } from '@/server/kernel/log';
import { type ImportServices, runImports } from '@/server/promotions/run-imports';

/** Somebody is watching the progress. */
const PAUSE_MS = 1_000;
/** For one turn of one process; what is left is done at the next. */
const GROUPS_MAX = 200;

/** Issues imports for as long as the process runs. Any number of processes may: each import is held under a lease. */
export function startPromotions(services: ImportServices & { readonly log: Log }): { stop(): Promise<void> } {
  let stopping = false;
  let wake: () => void = () => {};
  const nap = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, PAUSE_MS);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const run = async (): Promise<void> => {
    while (!stopping) {
      try {
        await runImports(services, GROUPS_MAX, () => stopping);
      } catch (error) {
        services.log.warn({ error: loggableError(error) }, 'promotional credits wait for the books');
      }
      if (!stopping) await nap();
    }
  };
  const running = run();
  return {
    stop: async () => {
      stopping = true;
      wake();
      await running;
    },
  };
}
