'use client';

import { useConsole } from '@/components/api/scope';
import { zonedFormat } from '@/components/patterns/timestamp';

/** `16:41:07.231` in the reader's zone: the head of the column names the zone. */
export function useClock(): { readonly exact: (ms: number) => string; readonly time: (ms: number) => string } {
  const { timeZone } = useConsole();
  const parts = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
  const exact = zonedFormat(timeZone, { ...parts, fractionalSecondDigits: 3 });
  const time = zonedFormat(timeZone, parts);
  return { exact: (ms) => exact.format(ms), time: (ms) => time.format(ms) };
}
