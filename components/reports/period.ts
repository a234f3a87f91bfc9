import { one } from '@/components/api/one';
import { dayPlus } from '@/components/home/days';

/** First and last day (UTC), both included. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

type Search = Readonly<Record<string, string | readonly string[] | undefined>>;

const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** Without a choice: the last thirty days. */
const DAYS = 30;

/** The period in the address; what is not a day counts as none, so that a mistyped address still shows something. */
export function periodOf(search: Search, nowMs: number): Period {
  const today = new Date(nowMs).toISOString().slice(0, 10);
  const to = dayIn(search['to']) ?? today;
  const from = dayIn(search['from']) ?? dayPlus(to, 1 - DAYS);
  return from <= to ? { from, to } : { from: to, to: from };
}

function dayIn(value: string | readonly string[] | undefined): string | undefined {
  const text = one(value);
  return text !== undefined && DAY.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined;
}

export function daysIn({ from, to }: Period): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;
}

/** As many days just before. */
export function before(period: Period): Period {
  return { from: dayPlus(period.from, -daysIn(period)), to: dayPlus(period.from, -1) };
}

export interface Preset extends Period {
  readonly label: string;
}

export function presets(nowMs: number): readonly Preset[] {
  const today = new Date(nowMs).toISOString().slice(0, 10);
  const first = `${today.slice(0, 7)}-01`;
  const lastOfBefore = dayPlus(first, -1);
  return [
    { label: '7 days', from: dayPlus(today, -6), to: today },
    { label: '30 days', from: dayPlus(today, -29), to: today },
    { label: '90 days', from: dayPlus(today, -89), to: today },
    { label: 'This month', from: first, to: today },
    { label: 'Last month', from: `${lastOfBefore.slice(0, 7)}-01`, to: lastOfBefore },
  ];
}
