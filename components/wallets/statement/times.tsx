'use client';

import { useConsole } from '@/components/api/scope';
import { exactTime, zonedFormat } from '@/components/patterns/timestamp';
import { useNow } from '@/components/patterns/use-now';

/** `2 Nov 08:52`, the hour quieter than the day; the year where it is another. */
export function EntryTime({ at }: { readonly at: string }) {
  const { timeZone } = useConsole();
  const nowMs = useNow();
  const ms = Date.parse(at);
  const isThisYear = new Date(ms).getUTCFullYear() === new Date(nowMs).getUTCFullYear();
  const day = zonedFormat(timeZone, { day: 'numeric', month: 'short', ...(!isThisYear && { year: '2-digit' }) });
  const clock = zonedFormat(timeZone, { hour: '2-digit', minute: '2-digit' });
  return (
    <time dateTime={at} title={exactTime(ms, timeZone)}>
      {day.format(ms)} <span className="day">{clock.format(ms)}</span>
    </time>
  );
}
