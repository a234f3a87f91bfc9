/** What a clock on a wall shows in a zone, as `<input type="datetime-local">` has it, and the moment that it means. */

function wallMsOf(ms: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(ms);
  const part = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((one) => one.type === type)?.value ?? '0');
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}

/** `2026-07-01T00:00` */
export function localTimeOf(ms: number, timeZone: string): string {
  return new Date(wallMsOf(ms, timeZone)).toISOString().slice(0, 16);
}

/** Null for what is no time. Of an hour that the zone skips or has twice, the moment after the change or the first. */
export function momentOf(local: string, timeZone: string): number | null {
  const wall = Date.parse(`${local}Z`);
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(local) || Number.isNaN(wall)) return null;
  const first = wall - (wallMsOf(wall, timeZone) - wall);
  const offset = wallMsOf(first, timeZone) - first;
  return wall - offset;
}

/**
 * Where a day (`2026-06-16`) begins in a zone, as an instant for the API; of a later day with `laterDays`, so that the end
 * of one is the beginning of the next, an hour lost or won. What is no day goes as it is, for the API to refuse.
 */
export function instantOfDay(day: string, timeZone: string, laterDays = 0): string {
  const noon = Date.parse(`${day}T12:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(noon)) return day;
  const date = new Date(noon + laterDays * 86_400_000).toISOString().slice(0, 10);
  const midnight = momentOf(`${date}T00:00`, timeZone);
  return midnight === null ? day : new Date(midnight).toISOString();
}
