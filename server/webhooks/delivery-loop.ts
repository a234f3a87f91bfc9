import { type Log, loggableError } from '@/server/kernel/log';
import { attemptDelivery, type DeliveryParts } from './attempt-delivery';
import { type ClaimLimits, claimDeliveries } from './claim-deliveries';
import { fanOut } from './fan-out';

export interface LoopLimits extends ClaimLimits {
  /** Attempts at once in this process. */
  readonly concurrency: number;
  /** How long to wait when there was nothing to do. */
  readonly pollMs: number;
}

/** The whole of an attempt, name and answer included. */
export const ATTEMPT_TIMEOUT_MS = 15_000;

export const LOOP_LIMITS: LoopLimits = {
  perEndpoint: 8,
  perFailingEndpoint: 2,
  leaseMs: 60_000,
  concurrency: 128,
  pollMs: 500,
};

export interface DeliveryLoop {
  /** Takes no more, and waits for attempts under way; what is not waited for is taken over when its lease ends. */
  stop(): Promise<void>;
}

/**
 * Delivers for as long as the process runs. Any number of processes may: the queue, the leases and the bound per endpoint
 * are in the database. After a turn that did something the next follows at once; an attempt that ends calls for one too.
 */
export function startDeliveries(parts: DeliveryParts & { log: Log }, limits: LoopLimits = LOOP_LIMITS): DeliveryLoop {
  const underWay = new Set<Promise<void>>();
  let stopping = false;
  let wake: () => void = () => {};

  const nap = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, limits.pollMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const start = (attempt: Promise<void>): void => {
    const tracked = attempt
      .catch((error: unknown) => {
        // Its lease runs out and it is tried again: here it can only be told.
        parts.log.error({ error: loggableError(error) }, 'a webhook attempt broke');
      })
      .finally(() => {
        underWay.delete(tracked);
        wake();
      });
    underWay.add(tracked);
  };

  const turn = async (): Promise<boolean> => {
    const clocked = { db: parts.db, clock: parts.clock, nextId: () => parts.ledger.nextId() };
    const events = await fanOut(clocked);
    if (stopping) return false;
    const claimed = await claimDeliveries(clocked, limits.concurrency - underWay.size, limits);
    for (const delivery of claimed) start(attemptDelivery(parts, delivery));
    return events > 0 || claimed.length > 0;
  };

  const run = async (): Promise<void> => {
    while (!stopping) {
      let busy = false;
      try {
        busy = await turn();
      } catch (error) {
        parts.log.warn({ error: loggableError(error) }, 'webhooks wait for the database');
      }
      if (!busy && !stopping) await nap();
    }
  };

  const running = run();
  return {
    stop: async () => {
      stopping = true;
      wake();
      await running;
      await Promise.all(underWay);
    },
  };
}

/**
 * One turn after another until nothing is due by the clock as it stands: what tests with a clock of their own do instead
 * of the loop.
 * @returns how many attempts were made
 */
export async function deliverWhatIsDue(parts: DeliveryParts, limits: LoopLimits = LOOP_LIMITS): Promise<number> {
  const clocked = { db: parts.db, clock: parts.clock, nextId: () => parts.ledger.nextId() };
  let attempts = 0;
  for (;;) {
    const events = await fanOut(clocked);
    const claimed = await claimDeliveries(clocked, limits.concurrency, limits);
    if (events === 0 && claimed.length === 0) return attempts;
    await Promise.all(claimed.map((delivery) => attemptDelivery(parts, delivery)));
    attempts += claimed.length;
  }
}
