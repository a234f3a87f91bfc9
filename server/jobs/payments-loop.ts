import { type Log, loggableError } from '@/server/kernel/log';
import { processInbox } from '@/server/payments/inbox';
import { pollDue } from '@/server/payments/poll';
import type { PaymentServices } from '@/server/payments/services';
import { pollRefunds } from '@/server/refunds/poll';

/** The shortest pause of the polling schedule is ten seconds: this is soon enough. */
const PAUSE_MS = 1_000;
/** For one turn of one process; what is left is due at the next. */
const ROUNDS_MAX = 20;

/**
 * Sees payments and refunds to their end for as long as the process runs: messages on callback URLs that were not looked
 * at, and providers that are due to be asked. Seconds matter here, which a crontab does not know. Any number of processes may:
 * the queues and the leases are in the database.
 */
export function startPayments(services: PaymentServices & { readonly log: Log }): { stop(): Promise<void> } {
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
  const turn = async (): Promise<void> => {
    await processInbox(services, ROUNDS_MAX);
    if (!stopping) await pollDue(services, ROUNDS_MAX);
    if (!stopping) await pollRefunds(services, ROUNDS_MAX);
  };
  const run = async (): Promise<void> => {
    while (!stopping) {
      try {
        await turn();
      } catch (error) {
        services.log.warn({ error: loggableError(error) }, 'payments wait for the database');
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
