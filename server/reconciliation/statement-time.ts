/**
 * Times as statements write them: with their zone, or in that of the provider. Never by `Date.parse` of a bare text, which
 * would read it in the zone of whatever machine this is.
 */
const YEAR_FIRST =
  /^([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[T ]+([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,9}))?)?)?(?: ?(Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2}))?$/i;
/** 31/12/2026 and 31-12-2026: Africa's portals write the day first. */
const DAY_FIRST =
  /^([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})(?:[T, ]+([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?(?: ?([AP]M))?)?$/i;
const DIGITS = /^([0-9]{4})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})$/;

interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly ms: number;
}

export interface StatementTime {
  readonly atMs: number;
  /** The local day that it falls on, as `2026-06-06`: a statement is of whole days. */
  readonly day: string;
}

/** Null for what is no time that exists. */
export function parseStatementTime(text: string, zone: Zone): StatementTime | null {
  const trimmed = text.trim();
  const [, year, month, day, hour, minute, second, fraction, offset] = YEAR_FIRST.exec(trimmed) ?? [];
  if (year !== undefined) {
    const wall = wallOf(year, month, day, hour, minute, second, fraction);
    if (wall === null) return null;
    if (offset === undefined) return placed(wall, zone);
    const atMs = utcOf(wall) - offsetMsOf(offset);
    return { atMs, day: zone.dayOf(atMs) };
  }
  const [, d, m, y, h, min, s, half] = DAY_FIRST.exec(trimmed) ?? [];
  if (y !== undefined) {
    const wall = wallOf(y, m, d, half === undefined ? h : twelveHours(h, half), min, s, undefined);
    return wall === null ? null : placed(wall, zone);
  }
  const packed = DIGITS.exec(trimmed);
  if (packed === null) return null;
  const wall = wallOf(packed[1], packed[2], packed[3], packed[4], packed[5], packed[6], undefined);
  return wall === null ? null : placed(wall, zone);
}

/** A time zone by its IANA name; null where there is none of that name. */
export function openZone(name: string): Zone | null {
  try {
    return new Zone(name);
  } catch {
    return null;
  }
}

/** Wall clocks of one zone. What is asked of the platform is kept by the hour: a statement has thousands of lines of a day. */
export class Zone {
  readonly #format: Intl.DateTimeFormat;
  readonly #offsets = new Map<number, number>();

  constructor(readonly name: string) {
    this.#format = new Intl.DateTimeFormat('en-GB', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  }

  /** The instant at which clocks of the zone show this; of a time shown twice the first. */
  instantOf(wallMs: number): number {
    const instants = [wallMs - 86_400_000, wallMs + 86_400_000].map((near) => wallMs - this.#offsetAt(near));
    const shown = instants.filter((atMs) => atMs + this.#offsetAt(atMs) === wallMs);
    // Of an hour that the clock leaves out, the time that it would have been.
    return Math.min(...(shown.length > 0 ? shown : instants.slice(0, 1)));
  }

  dayOf(atMs: number): string {
    return new Date(atMs + this.#offsetAt(atMs)).toISOString().slice(0, 10);
  }

  /** Midnight at the beginning of a local day, and of the day after it. */
  boundsOf(day: string): { readonly fromMs: number; readonly toMs: number } {
    const wallMs = Date.parse(`${day}T00:00:00Z`);
    return { fromMs: this.instantOf(wallMs), toMs: this.instantOf(wallMs + 86_400_000) };
  }

  #offsetAt(atMs: number): number {
    const quarter = Math.floor(atMs / 900_000);
    const known = this.#offsets.get(quarter);
    if (known !== undefined) return known;
    const parts = new Map(
      this.#format.formatToParts(quarter * 900_000).map(({ type, value }) => [type, Number(value)]),
    );
    const of = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
    const shown = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
    const offset = shown - quarter * 900_000;
    this.#offsets.set(quarter, offset);
    return offset;
  }
}

function placed(wall: WallTime, zone: Zone): StatementTime {
  const atMs = zone.instantOf(utcOf(wall));
  return { atMs, day: zone.dayOf(atMs) };
}

function utcOf({ year, month, day, hour, minute, second, ms }: WallTime): number {
  return Date.UTC(year, month - 1, day, hour, minute, second, ms);
}

function wallOf(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
  hour = '0',
  minute = '0',
  second = '0',
  fraction = '0',
): WallTime | null {
  const wall = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    ms: Number(fraction.slice(0, 3).padEnd(3, '0')),
  };
  if (wall.year < 2000 || wall.year > 2100 || wall.hour > 23 || wall.minute > 59 || wall.second > 59) return null;
  // 30 February would roll over into March.
  const date = new Date(utcOf(wall));
  return date.getUTCDate() === wall.day && date.getUTCMonth() === wall.month - 1 ? wall : null;
}

function twelveHours(hour: string | undefined, half: string): string {
  const number = Number(hour);
  // An hour that no such clock shows stays one that no clock shows.
  if (number < 1 || number > 12) return '99';
  return String((number % 12) + (half.toUpperCase() === 'PM' ? 12 : 0));
}

function offsetMsOf(text: string): number {
  const match = /^([+-])([0-9]{2}):?([0-9]{2})$/.exec(text);
  if (match === null) return 0;
  const ms = (Number(match[2]) * 60 + Number(match[3])) * 60_000;
  return match[1] === '-' ? -ms : ms;
}
