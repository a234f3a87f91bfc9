import { EventEmitter } from 'node:events';
import { type Charge, ChargeBook } from './charges';
import type { Clock } from './clock';
import { DoorBook } from './door';
import type { Ids } from './ids';
import { MessageLog } from './message-log';
import type { ProviderName } from './networks';
import { PhoneBook } from './phones';
import { PlanBook } from './plan';
import type { Settings } from './settings';

/** How a provider tells a merchant about a charge without being asked; null where it tells nothing. */
export type Teller = (charge: Charge, attempt: number) => OutgoingMessage | null;

export interface OutgoingMessage {
  readonly method: 'POST' | 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Waits until the next try after one without a 200; null gives up. The first wait has number 1. */
  readonly retryAfterMs?: (tries: number) => number | null;
}

/** Everything that one simulator knows. Kept in memory alone: a restart forgets it, as it may. */
export interface Simulator {
  readonly clock: Clock;
  readonly ids: Ids;
  settings: Settings;
  readonly charges: ChargeBook;
  readonly phones: PhoneBook;
  readonly plans: PlanBook;
  readonly doors: DoorBook;
  readonly log: MessageLog;
  readonly tellers: Map<ProviderName, Teller>;
  /** What providers keep besides charges (tokens, cards, transfers), to be forgotten by a reset. */
  readonly onReset: (() => void)[];
  /** `change` whenever a page would look different. */
  readonly events: EventEmitter;
  readonly work: Work;
}

export function createSimulator(clock: Clock, ids: Ids, settings: Settings): Simulator {
  const events = new EventEmitter();
  events.setMaxListeners(0);
  return {
    clock,
    ids,
    settings,
    charges: new ChargeBook(),
    phones: new PhoneBook(),
    plans: new PlanBook(),
    doors: new DoorBook(),
    log: new MessageLog(),
    tellers: new Map(),
    onReset: [],
    events,
    work: new Work(),
  };
}

/** Settings stay; all that happened and was planned goes. */
export function reset(simulator: Simulator): void {
  simulator.charges.clear();
  simulator.clock.reset();
  simulator.phones.reset();
  simulator.plans.clear();
  simulator.doors.clear();
  simulator.log.clear();
  for (const forget of simulator.onReset) forget();
  simulator.events.emit('change');
}

/** Callbacks under way. `idle` is when tests may look at what they did. */
export class Work {
  readonly #running = new Set<Promise<unknown>>();

  track<Result>(promise: Promise<Result>): Promise<Result> {
    const tracked = promise.finally(() => this.#running.delete(tracked));
    this.#running.add(tracked);
    return tracked;
  }

  async idle(): Promise<void> {
    // Zero-delay tasks start with the next turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#running.size > 0) {
      await Promise.allSettled([...this.#running]);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
