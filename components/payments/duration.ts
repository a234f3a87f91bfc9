const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `6 ms`, `0.83 s`, `3 min 20 s`, `5 h 12 min`, `3 d 4 h`: exact where it is short. */
export function formatDuration(ms: number): string {
  if (ms < 100) return `${Math.round(ms)} ms`;
  if (ms < MINUTE) return `${(ms / SECOND).toFixed(2)} s`;
  if (ms < HOUR) return two(ms, MINUTE, 'min', SECOND, 's');
  if (ms < 2 * DAY) return two(ms, HOUR, 'h', MINUTE, 'min');
  return two(ms, DAY, 'd', HOUR, 'h');
}

function two(ms: number, large: number, largeUnit: string, small: number, smallUnit: string): string {
  const whole = Math.floor(ms / large);
  const rest = Math.floor((ms % large) / small);
  return rest === 0 ? `${whole} ${largeUnit}` : `${whole} ${largeUnit} ${rest} ${smallUnit}`;
}

const STEPS: readonly number[] = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 20, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 20, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 4, 6, 12, 24, 48, 96].map((hours) => hours * HOUR),
];
const TICKS_MAX = 5;

export interface Tick {
  /** 0 to 1 of the whole. */
  readonly at: number;
  readonly label: string;
}

/** Marks of a time axis, five after zero at the most; the last one says the unit. */
export function ticksOf(totalMs: number): readonly Tick[] {
  const step =
    STEPS.find((one) => Math.floor(totalMs / one) <= TICKS_MAX) ?? Math.ceil(totalMs / TICKS_MAX / DAY) * DAY;
  const [size, unit] = unitOf(step, totalMs);
  const count = Math.floor(totalMs / step);
  return Array.from({ length: count + 1 }, (_, index) => ({
    at: totalMs === 0 ? 0 : (index * step) / totalMs,
    label: `${(index * step) / size}${index === count && index > 0 ? ` ${unit}` : ''}`,
  }));
}

function unitOf(step: number, totalMs: number): readonly [number, string] {
  if (totalMs < SECOND) return [1, 'ms'];
  if (step < MINUTE) return [SECOND, 's'];
  return step < HOUR ? [MINUTE, 'min'] : [HOUR, 'h'];
}
