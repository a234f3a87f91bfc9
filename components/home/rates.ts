import type { Channel } from '@/contracts/channels';
import type { AnswerOf } from '@/server/http/api-types';
import { daysBetween } from './days';

type Report = AnswerOf<'get', '/v1/reports/payments'>;

/** One network in one currency: how often asking for money there brings it. */
export interface NetworkRate {
  readonly key: string;
  readonly channel: Channel;
  readonly currency: string;
  readonly tries: number;
  readonly paid: number;
  /** Of those that came to an end; null while none has. */
  readonly rate: number | null;
  /** Of each day with an end, oldest first: its place among the days from 0 to 1, and its rate. */
  readonly points: readonly { readonly at: number; readonly rate: number }[];
  readonly last: { readonly day: string; readonly rate: number } | null;
  /** Whether its last day is far from what it usually is. */
  readonly isLow: boolean;
}

const USUAL = 0.9;
const FAR = 0.15;
/** Fewer on a day say little about a network. */
const TELLING = 5;

export function networkRates(report: Report): NetworkRate[] {
  const days = daysBetween(report.from.slice(0, 10), report.to.slice(0, 10));
  return report.channels
    .map((one): NetworkRate => {
      const own = report.days.filter((day) => day.channel === one.channel && day.currency === one.currency);
      const ended = own.filter((day) => day.success_rate !== null && day.ended > 0);
      const last = ended.at(-1);
      const isLow =
        last?.success_rate != null &&
        last.ended >= TELLING &&
        last.success_rate < USUAL &&
        one.success_rate !== null &&
        last.success_rate < one.success_rate - FAR;
      return {
        key: `${one.channel} ${one.currency}`,
        channel: one.channel,
        currency: one.currency,
        tries: one.payments,
        paid: one.succeeded,
        rate: one.success_rate,
        points: ended.map((day) => ({
          at: days.length < 2 ? 1 : days.indexOf(day.day) / (days.length - 1),
          rate: day.success_rate ?? 0,
        })),
        last: last?.success_rate == null ? null : { day: last.day, rate: last.success_rate },
        isLow,
      };
    })
    .sort((a, b) => (a.currency === b.currency ? b.tries - a.tries : a.currency < b.currency ? -1 : 1));
}

/** `94.5 %` */
export function percent(rate: number): string {
  return `${(rate * 100).toFixed(1)} %`;
}

/** From 100 % at the top to 60 % at the foot; what is worse stays on the foot. */
export function heightOf(rate: number): number {
  return Math.min(100, Math.round((1 - rate) * 2_500) / 10);
}
