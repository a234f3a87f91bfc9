import type { z } from '@hono/zod-openapi';
import type { paymentReportSchema } from '@/contracts/payments';
import type { PaymentReport, PaymentTally } from '@/server/payments/report';
import type { PaymentState } from '@/server/payments/types';

type Report = z.output<typeof paymentReportSchema>;

/** Refunded and reversed payments were paid once. */
const PAID: ReadonlySet<PaymentState> = new Set(['succeeded', 'partially_refunded', 'refunded', 'reversed']);
const UNPAID: ReadonlySet<PaymentState> = new Set(['failed', 'canceled', 'expired']);

export function renderPaymentReport({ fromMs, toMs, tallies }: PaymentReport, livemode: boolean): Report {
  return {
    object: 'payment_report',
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    ...rates(tallies),
    statuses: statusesOf(tallies),
    channels: groups(tallies, ({ channel, currency }) => `${channel} ${currency}`).map((group) => ({
      channel: group[0].channel,
      currency: group[0].currency,
      ...rates(group),
      amount_succeeded: Number(amountOf(group.filter(({ state }) => PAID.has(state)))),
      statuses: statusesOf(group),
    })),
    days: groups(tallies, ({ day, channel, currency }) => `${day} ${channel} ${currency}`).map((group) => ({
      day: group[0].day,
      channel: group[0].channel,
      currency: group[0].currency,
      ...rates(group),
      amount_succeeded: Number(amountOf(group.filter(({ state }) => PAID.has(state)))),
    })),
    livemode,
  };
}

function rates(tallies: readonly PaymentTally[]) {
  const succeeded = countOf(tallies.filter(({ state }) => PAID.has(state)));
  const ended = succeeded + countOf(tallies.filter(({ state }) => UNPAID.has(state)));
  return {
    payments: countOf(tallies),
    succeeded,
    ended,
    success_rate: ended === 0 ? null : Math.round((succeeded / ended) * 10_000) / 10_000,
  };
}

function statusesOf(tallies: readonly PaymentTally[]): Report['statuses'] {
  return groups(tallies, ({ state, currency }) => `${state} ${currency}`).map((group) => ({
    status: group[0].state,
    currency: group[0].currency,
    payments: countOf(group),
    amount: Number(amountOf(group)),
  }));
}

const countOf = (tallies: readonly PaymentTally[]): number => tallies.reduce((sum, { payments }) => sum + payments, 0);
const amountOf = (tallies: readonly PaymentTally[]): bigint =>
  tallies.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);

type Group = readonly [PaymentTally, ...PaymentTally[]];

/** In the order of each key's first. */
function groups(tallies: readonly PaymentTally[], keyOf: (tally: PaymentTally) => string): Group[] {
  const byKey = new Map<string, [PaymentTally, ...PaymentTally[]]>();
  for (const tally of tallies) {
    const group = byKey.get(keyOf(tally));
    if (group === undefined) byKey.set(keyOf(tally), [tally]);
    else group.push(tally);
  }
  return [...byKey.values()];
}

export const PAYMENT_REPORT: Report = renderPaymentReport(
  {
    fromMs: Date.UTC(2026, 4, 24),
    toMs: Date.UTC(2026, 4, 25),
    tallies: [
      { day: '2026-05-24', channel: 'MTN', currency: 'GHS', state: 'pending', payments: 1, amountMinor: 5_000n },
      {
        day: '2026-05-24',
        channel: 'MTN',
        currency: 'GHS',
        state: 'succeeded',
        payments: 1_240,
        amountMinor: 6_200_000n,
      },
      { day: '2026-05-24', channel: 'MTN', currency: 'GHS', state: 'failed', payments: 91, amountMinor: 455_000n },
    ],
  },
  false,
);
