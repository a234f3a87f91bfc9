/**
 * The simulator's time. Everything that happens later (a prompt that runs out, a callback that is late, a reversal) is
 * a task on this clock, so tests let hours pass in milliseconds and always in the same order.
 */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs the task that much later; at once means after what is under way. */
  after(delayMs: number, task: Task): Cancel;
  /** Lets time pass: each task that comes due runs at its own moment, one after the other. */
  advance(ms: number): Promise<void>;
  /** Runs what has come due, when the time belongs to somebody else. */
  runDue(): Promise<void>;
  /** Forgets all tasks, and the time that was made to pass. */
  reset(): void;
}

export type Task = () => void | Promise<void>;
export type Cancel = () => void;

export interface ClockOptions {
  /** Where time comes from; `advance` adds to it. */
  readonly source: () => number;
  /** True: time passes by itself. False: it stands until somebody moves it. */
  readonly ticks: boolean;
}

interface Timer {
  readonly dueAt: number;
  readonly order: number;
  task: Task | null;
}

/** Node's timers overflow beyond it. */
const TIMEOUT_MAX_MS = 2_147_483_647;

export function createClock({ source, ticks }: ClockOptions): Clock {
  const timers = new Queue();
  let offset = 0;
  let wake: NodeJS.Timeout | NodeJS.Immediate | null = null;
  let wakeAt = Number.POSITIVE_INFINITY;
  const now = (): number => source() + offset;

  const runDue = async (): Promise<void> => {
    for (let timer = timers.takeDue(now()); timer !== null; timer = timers.takeDue(now())) {
      await timer.task?.();
    }
  };

  /** Due tasks run without a turn of the clock; where time ticks, it also wakes for the next one. */
  const plan = (): void => {
    const next = timers.nextAt();
    if (next === null || next >= wakeAt || (!ticks && next > now())) return;
    if (wake !== null) clearWake();
    wakeAt = next;
    const run = (): void => {
      wake = null;
      wakeAt = Number.POSITIVE_INFINITY;
      for (let timer = timers.takeDue(now()); timer !== null; timer = timers.takeDue(now())) void timer.task?.();
      plan();
    };
    const delay = next - now();
    wake = delay <= 0 ? setImmediate(run) : setTimeout(run, Math.min(delay, TIMEOUT_MAX_MS));
    if (delay > 0) wake.unref();
  };

  const clearWake = (): void => {
    clearTimeout(wake as NodeJS.Timeout);
    clearImmediate(wake as NodeJS.Immediate);
    wake = null;
    wakeAt = Number.POSITIVE_INFINITY;
  };

  return {
    now,
    after(delayMs, task) {
      const timer = timers.add(now() + Math.max(0, delayMs), task);
      plan();
      return () => {
        timer.task = null;
      };
    },
    async advance(ms) {
      const target = now() + ms;
      for (let next = timers.nextAt(); next !== null && next <= target; next = timers.nextAt()) {
        offset += Math.max(0, next - now());
        await runDue();
      }
      offset += Math.max(0, target - now());
      plan();
    },
    runDue,
    reset() {
      timers.clear();
      clearWake();
      offset = 0;
    },
  };
}

/** A binary heap by due time, then by order of arrival. Cancelled timers stay until they come up. */
class Queue {
  #heap: Timer[] = [];
  #order = 0;

  add(dueAt: number, task: Task): Timer {
    this.#order += 1;
    const timer: Timer = { dueAt, order: this.#order, task };
    const heap = this.#heap;
    heap.push(timer);
    let at = heap.length - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(timer, heap[parent] as Timer)) break;
      heap[at] = heap[parent] as Timer;
      at = parent;
    }
    heap[at] = timer;
    return timer;
  }

  nextAt(): number | null {
    while (this.#heap[0] !== undefined && this.#heap[0].task === null) this.#removeFirst();
    return this.#heap[0]?.dueAt ?? null;
  }

  takeDue(now: number): Timer | null {
    const next = this.nextAt();
    if (next === null || next > now) return null;
    return this.#removeFirst();
  }

  clear(): void {
    this.#heap = [];
  }

  #removeFirst(): Timer {
    const heap = this.#heap;
    const first = heap[0] as Timer;
    const last = heap.pop() as Timer;
    if (heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Timer, heap[child] as Timer)) child += 1;
      if (!isBefore(heap[child] as Timer, last)) break;
      heap[at] = heap[child] as Timer;
      at = child;
    }
    heap[at] = last;
    return first;
  }
}

function isBefore(a: Timer, b: Timer): boolean {
  return a.dueAt < b.dueAt || (a.dueAt === b.dueAt && a.order < b.order);
}
