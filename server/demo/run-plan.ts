import { Problem } from '@/server/kernel/problem';
import type { Act } from './acts';
import { carryOut } from './carry-out';
import { requestIdOf, type Stage } from './stage';

/** Acts at once: more would only wait for the same two cores. */
const AT_ONCE = 10;
/** The books have one time that never goes back: acts at once are of about the same moment, or it would show. */
const WINDOW_MS = 5 * 60_000;

/** About every business at once: none of them goes on before it is done. */
const COMMON: ReadonlySet<Act['kind']> = new Set(['night', 'seal', 'deliveries', 'auto_top_ups_run', 'promotions_run']);

function isCommon(act: Act): boolean {
  return COMMON.has(act.kind) || (act.kind === 'user' && act.of === 'operator');
}

/** What others of the business do meanwhile depends on: nothing of it runs beside them. */
const ALONE: ReadonlySet<Act['kind']> = new Set([
  'user',
  'api_key',
  'service',
  'service_change',
  'collection_policy',
  'promotion',
  'promotion_import',
  'promotion_issue',
  'webhook',
  'approval_policy',
  'rejection',
  'statement',
]);

/** Who acts: a repetition finds them and lets them in again. */
const KNOWN_AGAIN: ReadonlySet<Act['kind']> = new Set(['user', 'api_key']);

/** What an interrupted try has left. */
export interface Interrupted {
  /** The requests that it made. */
  readonly requests: ReadonlySet<string>;
}

/**
 * Carries acts out in the order of their times, each business on books and a clock of its own. Acts of different wallets may
 * overtake each other by moments; those of one wallet never, so all that is decided comes out the same every time.
 */
export async function runPlan(stage: Stage, all: readonly Act[], before: Interrupted | null): Promise<void> {
  const isLeft = before === null ? () => true : leftOf(all, before);
  let together: Act[] = [];
  const runTogether = async (): Promise<void> => {
    const acts = together;
    together = [];
    await settled(
      [...stage.books.keys()].map((id) =>
        runLane(
          stage,
          acts.filter(({ business }) => business === id),
        ),
      ),
    );
  };
  for (const act of all.filter(isLeft)) {
    if (!isCommon(act)) {
      together.push(act);
      continue;
    }
    await runTogether();
    await named(act, () => carryOut(stage, act));
  }
  await runTogether();
}

/**
 * What is still to be done. What is far enough before the last act that was made is done with it; of what is near it each
 * act is asked for by its request. Those that leave no request behind may be made twice.
 */
function leftOf(all: readonly Act[], { requests }: Interrupted): (act: Act) => boolean {
  const reached = new Map<string, number>();
  for (const act of all) {
    if (!KNOWN_AGAIN.has(act.kind) && requests.has(requestIdOf(act))) reached.set(act.business, act.atMs);
  }
  const furthest = Math.max(0, ...reached.values());
  return (act) => {
    if (KNOWN_AGAIN.has(act.kind)) return true;
    // All of them had met there.
    if (isCommon(act)) return act.atMs >= furthest;
    return act.atMs >= (reached.get(act.business) ?? 0) - WINDOW_MS && !requests.has(requestIdOf(act));
  };
}

/** One business, up to where all of them meet. */
async function runLane(stage: Stage, acts: readonly Act[]): Promise<void> {
  const latest = new Map<string, Promise<void>>();
  const running = new Map<Promise<void>, number>();
  const failures: unknown[] = [];
  for (const act of acts) {
    if (failures.length > 0) break;
    if (ALONE.has(act.kind)) {
      await Promise.all(running.keys());
      if (failures.length > 0) break;
      await named(act, () => carryOut(stage, act));
      continue;
    }
    while (running.size >= AT_ONCE || oldestOf(running) < act.atMs - WINDOW_MS) await Promise.race(running.keys());
    // Nothing of another moment begins when something of this one has failed: it would not be found missing.
    if (failures.length > 0) break;
    const keys = subjectsOf(act);
    const run = Promise.all(keys.map((key) => latest.get(key)))
      .then(() => named(act, () => carryOut(stage, act)))
      .catch((error: unknown) => {
        failures.push(error);
      })
      .finally(() => {
        running.delete(run);
      });
    running.set(run, act.atMs);
    for (const key of keys) latest.set(key, run);
  }
  await Promise.all(running.keys());
  if (failures.length > 0) throw failures[0];
}

/** All of them to their end, so that none works on when one has failed. */
async function settled(work: readonly Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(work);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

function oldestOf(running: ReadonlyMap<unknown, number>): number {
  const [first] = running.values();
  return first ?? Number.POSITIVE_INFINITY;
}

/** What an act is about: of two about the same the second waits. */
function subjectsOf(act: Act): readonly string[] {
  const of = (subject: string): string => `${act.business}|${subject}`;
  switch (act.kind) {
    case 'payment':
    case 'payment_news':
      return [of(act.customer ?? act.reference)];
    case 'transfer':
      return [of(act.customer), of(act.to)];
    default:
      return 'customer' in act ? [of(act.customer)] : [];
  }
}

async function named(act: Act, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const why = error instanceof Problem ? `${error.code}: ${error.message}` : String(error);
    throw new Error(`The demo data stopped at ${act.kind} ${act.key}: ${why}`, { cause: error });
  }
}
