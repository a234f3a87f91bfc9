import { evaluateDue } from '@/server/auto-top-ups/evaluate';
import type { AutoTopUpServices } from '@/server/auto-top-ups/owner';
import { loggableError } from '@/server/kernel/log';

/** Between a debit and the prompt that follows it. The queue is nearly always empty, and asking it costs one index look-up. */
const PAUSE_MS = 1_000;
/** For one turn of one process; what is left is due at the next. */
const ROUNDS_MAX = 20;

/**
 * Tops wallets up that ran low, for as long as the process runs. Any number of processes may: the queue and its leases are in
 * the database. Apart from the payments' loop, so that providers that hang there hold up nothing here.
 */
export function startAutoTopUps(services: AutoTopUpServices): { stop(): Promise<void> } {
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
        await evaluateDue(services, ROUNDS_MAX);
      } catch (error) {
        services.log.warn({ error: loggableError(error) }, 'automatic top-ups wait for the database');
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
