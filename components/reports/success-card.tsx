'use client';

import { useApi } from '@/components/api/queries';
import { AsTable } from '@/components/charts/as-table';
import { SeriesChart } from '@/components/charts/series-chart';
import { dayLabel, daysBetween } from '@/components/home/days';
import { type NetworkRate, networkRates, percent } from '@/components/home/rates';
import { formatAmount } from '@/components/patterns/money';
import { CHANNEL_NAMES } from '@/components/payments/names';
import type { AnswerOf } from '@/server/http/api-types';
import type { Period } from './period';
import { ReportCard } from './report-card';
import { paymentsRequest } from './requests';
import { chosenOf, useReportView } from './use-period';

type Report = AnswerOf<'get', '/v1/reports/payments'>;

const COLORS = ['var(--chart-1)', 'var(--chart-3)', 'var(--chart-5)', 'var(--chart-2)', 'var(--chart-4)'] as const;

/** Of what was asked for and came to an end, how much was paid: by network and day. */
export function SuccessCard({ period }: { readonly period: Period }) {
  const { currency } = useReportView();
  const report = useApi('/v1/reports/payments', paymentsRequest(period));
  const rates = report.data === undefined ? undefined : networkRates(report.data);
  const currencies = rates === undefined ? undefined : [...new Set(rates.map((one) => one.currency))];
  const shown = chosenOf(
    currencies?.map((one) => ({ currency: one })),
    currency,
  )?.currency;
  const own = rates?.filter((one) => one.currency === shown) ?? [];
  return (
    <ReportCard
      title="Success rate by network"
      note="paid, of those that came to an end"
      currencies={currencies}
      shown={shown}
      error={report.error}
      isLoading={report.isPending}
      retry={() => void report.refetch()}
      empty={[
        'Nobody was asked to pay in this period',
        'Each network stands here with how often its payments come through.',
      ]}
    >
      {report.data !== undefined && shown !== undefined && (
        <Rates rates={own} report={report.data} currency={shown} period={period} />
      )}
    </ReportCard>
  );
}

function Rates({
  rates,
  report,
  currency,
  period,
}: {
  readonly rates: readonly NetworkRate[];
  readonly report: Report;
  readonly currency: string;
  readonly period: Period;
}) {
  const days = daysBetween(period.from, period.to);
  const rateOn = (day: string, channel: string): number | null =>
    report.days.find((one) => one.day === day && one.channel === channel && one.currency === currency)?.success_rate ??
    null;
  return (
    <>
      <SeriesChart
        dots
        data={days.map((day) => {
          const point: Record<string, string | number> = { x: dayLabel(day) };
          for (const { channel } of rates) {
            const rate = rateOn(day, channel);
            if (rate !== null) point[channel] = Math.round(rate * 1_000) / 10;
          }
          return point;
        })}
        series={rates.map(({ channel }, index) => ({
          key: channel,
          label: CHANNEL_NAMES[channel],
          color: COLORS[index % COLORS.length] ?? COLORS[0],
        }))}
        format={(value) => `${value.toFixed(1)} %`}
        compact={(value) => `${Math.round(value)} %`}
      />
      <div className="tablewrap">
        <table className="by">
          <caption className="sr">Success rate by network, {currency}</caption>
          <thead>
            <tr>
              <th scope="col">Network</th>
              <th scope="col" className="num">
                Tried
              </th>
              <th scope="col" className="num">
                Paid
              </th>
              <th scope="col" className="num">
                Rate
              </th>
              <th scope="col" className="num">
                Amount, {currency}
              </th>
            </tr>
          </thead>
          <tbody>
            {rates.map(({ key, channel, tries, paid, rate }) => (
              <tr key={key}>
                <th scope="row">{CHANNEL_NAMES[channel]}</th>
                <td className="num">{tries.toLocaleString('en-GB')}</td>
                <td className="num">{paid.toLocaleString('en-GB')}</td>
                <td className="num medium">{rate === null ? '–' : percent(rate)}</td>
                <td className="num">{formatAmount(amountOf(report, channel, currency), currency)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <AsTable
        caption={`Success rate by day and network, ${currency}`}
        head={['Day (UTC)', ...rates.map(({ channel }) => CHANNEL_NAMES[channel])]}
        rows={[...days].reverse().map((day) => [
          dayLabel(day),
          ...rates.map(({ channel }) => {
            const rate = rateOn(day, channel);
            return rate === null ? '–' : percent(rate);
          }),
        ])}
      />
    </>
  );
}

function amountOf(report: Report, channel: string, currency: string): number {
  return report.channels.find((one) => one.channel === channel && one.currency === currency)?.amount_succeeded ?? 0;
}
