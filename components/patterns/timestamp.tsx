'use client';

import { useConsole } from '@/components/api/scope';
import { useNow } from './use-now';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `3 min ago`, `in 2 d 8 h`: one unit far off, two close by. */
export function relativeTime(atMs: number, nowMs: number): string {
  const delta = atMs - nowMs;
  const size = Math.abs(delta);
  if (size < 45_000) return delta <= 0 ? 'just now' : 'in a moment';
  const words =
    size < HOUR
      ? `${Math.max(1, Math.round(size / MINUTE))} min`
      : size < DAY
        ? `${Math.round(size / HOUR)} h`
        : size < 60 * DAY
          ? `${Math.floor(size / DAY)} d`
          : `${Math.floor(size / (30 * DAY))} months`;
  return delta <= 0 ? `${words} ago` : `in ${words}`;
}

export function zonedFormat(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-GB', { timeZone, ...options });
}

export type TimeForm = 'relative' | 'day' | 'time' | 'minute' | 'exact';

/**
 * A moment, told in the reader's zone; the zone, UTC and how long ago on hover. `relative` is for lists, `exact` for
 * detail pages, `day`, `minute` and `time` for columns whose header names the zone.
 */
export function Timestamp({ at, as = 'relative' }: { readonly at: string | number; readonly as?: TimeForm }) {
  const { timeZone } = useConsole();
  const nowMs = useNow();
  const ms = typeof at === 'number' ? at : Date.parse(at);
  const exact = exactTime(ms, timeZone);
  const text =
    as === 'relative' ? relativeTime(ms, nowMs) : as === 'exact' ? exact : formatted(ms, timeZone, as, nowMs);
  const title = [exact, `${new Date(ms).toISOString().replace('T', ' ').slice(0, 19)} UTC`, relativeTime(ms, nowMs)];
  return (
    <time dateTime={new Date(ms).toISOString()} title={title.join(' · ')}>
      {text}
    </time>
  );
}

function formatted(ms: number, timeZone: string, as: 'day' | 'time' | 'minute', nowMs: number): string {
  const thisYear = new Date(ms).getUTCFullYear() === new Date(nowMs).getUTCFullYear();
  const date: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', ...(!thisYear && { year: 'numeric' }) };
  if (as === 'day') return zonedFormat(timeZone, date).format(ms);
  const clock: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };
  if (as === 'time') return zonedFormat(timeZone, { ...clock, second: '2-digit' }).format(ms);
  return `${zonedFormat(timeZone, date).format(ms)} ${zonedFormat(timeZone, clock).format(ms)}`;
}

/** `Wed 17 Jun 2026, 14:02:31 GMT` */
export function exactTime(ms: number, timeZone: string): string {
  const parts = zonedFormat(timeZone, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  }).formatToParts(ms);
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('weekday')} ${part('day')} ${part('month')} ${part('year')}, ${part('hour')}:${part('minute')}:${part('second')} ${part('timeZoneName')}`;
}

/** `GMT`, `EAT`: for the head of a column of times. */
export function useZoneName(): string {
  const { timeZone, renderedAtMs } = useConsole();
  const parts = zonedFormat(timeZone, { timeZoneName: 'short' }).formatToParts(renderedAtMs);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? 'UTC';
}
