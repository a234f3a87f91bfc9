'use client';

import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useApi } from '@/components/api/queries';
import { AsTable } from '@/components/charts/as-table';
import { SeriesChart } from '@/components/charts/series-chart';
import { dayLabel } from '@/components/home/days';
import { formatAmount, formatCompact, formatMoney } from '@/components/patterns/money';
import { CHANNEL_NAMES } from '@/components/payments/names';
import type { AnswerOf } from '@/server/http/api-types';
import { before, daysIn, type Period } from './period';
import { Headline, ReportCard } from './report-card';
import { ReportFrame } from './report-frame';
import { type Collected, collectionsRequest } from './requests';
import { SuccessCard } from './success-card';
import { chosenOf, useReportView } from './use-period';

type Report = AnswerOf<'get', '/v1/reports/top_ups'>['currencies'][number];

const OF = ['topups', 'payments', 'all'] as const;
const WORDS: Readonly<Record<Collected, readonly [title: string, one: string, many: string]>> = {
  topups: ['Top-ups', 'top-up', 'top-ups'],
  payments: ['Payments to the client', 'payment', 'payments'],
  all: ['All collections', 'collection', 'collections'],
};

/** Money collected by day beside the period before, and how often asking for it brings it. */
export function CollectionsPage() {
  const { period, currency } = useReportView();
  const [of, setOf] = useQueryState('of', parseAsStringLiteral(OF).withDefault('topups'));
  const report = useApi('/v1/reports/top_ups', collectionsRequest(period, of));
  const earlier = useApi('/v1/reports/top_ups', collectionsRequest(before(period), of));
  const shown = chosenOf(report.data?.currencies, currency);
  const was = earlier.data?.currencies.find((one) => one.currency === shown?.currency);
  return (
    <ReportFrame>
      <div className="stack-gap">
        <ReportCard
          title={WORDS[of][0]}
          note={
            // biome-ignore lint/a11y/useSemanticElements: a switch in a heading is no fieldset
            <span className="seg" role="group" aria-label="What was collected">
              {OF.map((one) => (
                <button key={one} type="button" aria-pressed={one === of} onClick={() => void setOf(one)}>
                  {one === 'topups' ? 'Top-ups' : one === 'payments' ? 'Payments' : 'Both'}
                </button>
              ))}
            </span>
          }
          currencies={report.data?.currencies.map((one) => one.currency)}
          shown={shown?.currency}
          csv={{ path: '/v1/reports/top_ups', query: { ...period, of } as Period & object, name: 'collections' }}
          error={report.error}
          isLoading={report.isPending}
          retry={() => void report.refetch()}
          empty={['Nothing was collected in this period', 'Choose a longer one, or the other kind of collection.']}
        >
          {shown !== undefined && <Days report={shown} was={was} period={period} of={of} />}
        </ReportCard>
        <SuccessCard period={period} />
      </div>
    </ReportFrame>
  );
}

function Days({
  report,
  was,
  period,
  of,
}: {
  readonly report: Report;
  readonly was: Report | undefined;
  readonly period: Period;
  readonly of: Collected;
}) {
  const { currency, amount, count, previous, days, channels } = report;
  const [, one, many] = WORDS[of];
  const earlier = (index: number): number => was?.days[index]?.amount ?? 0;
  const length = daysIn(period);
  const span = length === 1 ? 'the day before' : `the ${length} days before`;
  return (
    <>
      <Headline currency={currency} figure={formatAmount(amount, currency)}>
        {count.toLocaleString('en-GB')} {count === 1 ? one : many}, {compared(amount, previous.amount, span)}
      </Headline>
      <SeriesChart
        height={260}
        data={days.map((day, index) => ({ x: dayLabel(day.date), now: day.amount, before: earlier(index) }))}
        series={[
          { key: 'before', label: span.replace('the ', ''), color: 'var(--chart-5)', dashed: true, direct: true },
          { key: 'now', label: WORDS[of][0], color: 'var(--chart-1)' },
        ]}
        format={(minor) => formatMoney(minor, currency)}
        compact={(minor) => formatCompact(Math.round(minor), currency)}
      />
      <div className="tablewrap">
        <table className="by">
          <caption className="sr">Collected by network, {currency}</caption>
          <thead>
            <tr>
              <th scope="col">Network</th>
              <th scope="col" className="num">
                Paid
              </th>
              <th scope="col" className="num">
                Amount, {currency}
              </th>
              <th scope="col" className="num">
                Share
              </th>
            </tr>
          </thead>
          <tbody>
            {channels.map((channel) => (
              <tr key={channel.channel}>
                <th scope="row">{CHANNEL_NAMES[channel.channel]}</th>
                <td className="num">{channel.count.toLocaleString('en-GB')}</td>
                <td className="num">{formatAmount(channel.amount, currency)}</td>
                <td className="num">{amount === 0 ? '–' : `${((channel.amount / amount) * 100).toFixed(1)} %`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <AsTable
        caption={`Collected by day, ${currency}`}
        head={['Day (UTC)', 'Paid', `Amount, ${currency}`, 'The period before']}
        rows={days
          .map((day, index) => [
            dayLabel(day.date),
            day.count.toLocaleString('en-GB'),
            formatAmount(day.amount, currency),
            formatAmount(earlier(index), currency),
          ])
          .reverse()}
      />
    </>
  );
}

function compared(now: number, was: number, span: string): string {
  if (was === 0) return `none in ${span}`;
  const change = (now - was) / was;
  if (Math.abs(change) < 0.0005) return `as much as in ${span}`;
  return `${Math.abs(change * 100).toFixed(1)} % ${change > 0 ? 'more' : 'less'} than ${span}`;
}
