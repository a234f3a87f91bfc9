/** Days of UTC, as expiries are counted. */
export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

export const monthOf = (day: string): string => day.slice(0, 7);

/** `2026-07` and how many after it. */
export function monthsFrom(month: string, count: number): string[] {
  const [year = 0, of = 1] = month.split('-').map(Number);
  return Array.from({ length: count }, (_, i) => new Date(Date.UTC(year, of - 1 + i, 1)).toISOString().slice(0, 7));
}

/** A month by weeks from Monday; null where a day is another month's. */
export function weeksOf(month: string): (string | null)[][] {
  const [year = 0, of = 1] = month.split('-').map(Number);
  const days = new Date(Date.UTC(year, of, 0)).getUTCDate();
  const before = (new Date(Date.UTC(year, of - 1, 1)).getUTCDay() + 6) % 7;
  const cells: (string | null)[] = [
    ...Array.from({ length: before }, () => null),
    ...Array.from({ length: days }, (_, i) => `${month}-${String(i + 1).padStart(2, '0')}`),
  ];
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

/** This month, and the first months in which something ends: as many as are shown side by side. */
export function monthsShown(today: string, days: readonly string[], most: number): string[] {
  const months = new Set([monthOf(today), ...days.map(monthOf).filter((month) => month >= monthOf(today))]);
  return [...months].toSorted().slice(0, most);
}

const WEEKDAY = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});

/** `Fri, 17 Jul 2026` */
export function dayWords(day: string): string {
  return WEEKDAY.format(Date.parse(`${day}T00:00:00Z`));
}

export function monthWords(month: string, thisYear: string): string {
  const [year] = month.split('-');
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: 'UTC',
    month: 'long',
    ...(year !== thisYear && { year: 'numeric' }),
  }).format(Date.parse(`${month}-01T00:00:00Z`));
}

/** Lines by their day, in the order in which days come. */
export function byDate<Line extends { readonly date: string }>(
  lines: readonly Line[],
): ReadonlyMap<string, readonly Line[]> {
  const days = new Map<string, readonly Line[]>();
  for (const line of lines) days.set(line.date, [...(days.get(line.date) ?? []), line]);
  return days;
}
