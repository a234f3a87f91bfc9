import type { Act } from './acts';
import { BUSINESSES, FIRST_ADMIN, OPERATORS_PEOPLE } from './businesses';
import { DAY_MS, DAYS, planBusiness } from './plan-business';
import { drawsOf } from './random';

export interface Plan {
  readonly firstDayMs: number;
  readonly endMs: number;
  /** In the order of their times. */
  readonly acts: readonly Act[];
}

/** Midnight UTC. */
export function dayOf(ms: number): number {
  return Math.floor(ms / DAY_MS) * DAY_MS;
}

/**
 * The whole story up to now: the same for the same day. What happens on the day itself has the same amounts at whatever
 * time it is told, and takes place between midnight and now.
 */
export function planMonth(endMs: number): Plan {
  const todayMs = dayOf(endMs);
  const firstDayMs = todayMs - DAYS * DAY_MS;
  const seed = `pesewa demo ${new Date(todayMs).toISOString().slice(0, 10)}`;
  const acts = [
    ...operatorsPeople(firstDayMs),
    ...BUSINESSES.flatMap((business) => planBusiness(business, drawsOf(`${seed} ${business.id}`), firstDayMs)),
    ...nights(firstDayMs),
  ];
  const told = acts.map((act) => ({ ...act, atMs: beforeNow(act.atMs, todayMs, endMs) }));
  // Equal times keep the order in which they were told.
  return { firstDayMs, endMs, acts: told.sort((a, b) => a.atMs - b.atMs) };
}

function beforeNow(atMs: number, todayMs: number, endMs: number): number {
  if (atMs < todayMs) return atMs;
  const share = Math.min(1, (atMs - todayMs) / DAY_MS);
  return Math.floor(todayMs + share * (endMs - todayMs));
}

function operatorsPeople(firstDayMs: number): Act[] {
  const business = BUSINESSES[0]?.id ?? '';
  return OPERATORS_PEOPLE.map(({ actor, email, name, role }, index) => ({
    kind: 'user',
    atMs: firstDayMs + (60 + index) * 60_000,
    key: `operator:${actor}`,
    business,
    by: FIRST_ADMIN,
    email,
    name,
    role,
    of: 'operator',
  }));
}

/** Every midnight what is over ends; seals follow. */
function nights(firstDayMs: number): Act[] {
  const business = BUSINESSES[0]?.id ?? '';
  return Array.from({ length: DAYS }, (_, index) => index + 1).flatMap((day): Act[] => {
    const atMs = firstDayMs + day * DAY_MS;
    return [
      { kind: 'night', atMs: atMs + 1_000, key: `night:${day}`, business, by: 'provider' },
      { kind: 'seal', atMs: atMs + 2_000, key: `seal:${day}`, business, by: 'provider' },
    ];
  });
}
