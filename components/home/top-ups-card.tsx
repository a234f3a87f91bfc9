'use client';

import { parseAsString, useQueryState } from 'nuqs';
import { useApi } from '@/components/api/queries';
import { AsTable } from '@/components/charts/as-table';
import { SeriesChart } from '@/components/charts/series-chart';
import { Card } from '@/components/patterns/card';
import { formatAmount, formatCompact, formatMoney } from '@/components/patterns/money';
import { Empty, Failed, Skeleton } from '@/components/patterns/states';
import type { AnswerOf } from '@/server/http/api-types';
import { dayLabel, dayPlus } from './days';
import { TOP_UPS_REQUEST } from './requests';

type Report = AnswerOf<'get', '/v1/reports/top_ups'>;
type Collected = Report['currencies'][number];

const DAYS = 30;
/** Money within these first days of the earlier period says that the books were in use all through it. */
const SETTLING_DAYS = 10;

/** What was topped up in thirty days, day by day, beside the thirty before. */
export function TopUpsCard() {
  const report = useApi('/v1/reports/top_ups', TOP_UPS_REQUEST);
  const first = report.data?.from;
  const before = useApi(
    '/v1/reports/top_ups',
    { query: { from: first === undefined ? undefined : dayPlus(first, -DAYS), to: first && dayPlus(first, -1) } },
    { enabled: first !== undefined },
  );
  const [chosen, choose] = useQueryState('currency', parseAsString);
  const currencies = report.data?.currencies ?? [];
  const books = currencies.find(({ currency }) => currency === chosen) ?? largest(currencies);
  const earlier = before.data?.currencies.find(({ currency }) => currency === books?.currency);
  return (
    <Card
      title="Top-ups, 30 days"
      className="fill"
      {...(currencies.length > 1 && {
        end: (
          // biome-ignore lint/a11y/useSemanticElements: a switch in a heading is no fieldset
          <span className="seg" role="group" aria-label="Currency">
            {currencies.map(({ currency }) => (
              <button
                key={currency}
                type="button"
                aria-pressed={currency === books?.currency}
                onClick={() => void choose(currency)}
              >
                {currency}
              </button>
            ))}
          </span>
        ),
      })}
    >
      {report.error !== null && report.data === undefined && (
        <Failed error={report.error} retry={() => void report.refetch()} />
      )}
      {report.data === undefined && report.error === null && <Loading />}
      {report.data !== undefined && books === undefined && (
        <Empty kind="first" title="No top-up in 30 days">
          Customers top up by a link, by a prompt on their phone, or by themselves at a threshold.
        </Empty>
      )}
      {books !== undefined && <Collections books={books} earlier={earlier} />}
    </Card>
  );
}

function Loading() {
  return (
    <div className="grid gap-4 px-4 pb-4">
      <Skeleton width={50} />
      <div style={{ height: 220 }}>
        <span className="sk" style={{ height: '100%' }} />
      </div>
    </div>
  );
}

function largest(currencies: readonly Collected[]): Collected | undefined {
  return [...currencies].sort((a, b) => b.count - a.count)[0];
}

function Collections({ books, earlier }: { readonly books: Collected; readonly earlier: Collected | undefined }) {
  const { currency, days, amount, count } = books;
  // Books that are younger than that have nothing to compare with.
  const isComparable = earlier?.days.slice(0, SETTLING_DAYS).some((day) => day.amount > 0) === true;
  const was = (index: number): number => earlier?.days[index]?.amount ?? 0;
  const peak = days.reduce((best, day) => (day.amount > best.amount ? day : best), days[0] ?? { date: '', amount: 0 });
  return (
    <>
      <p className="chart-head">
        <b>
          <small>{currency}</small> {formatAmount(amount, currency)}
        </b>
        <span className="soft">
          {count.toLocaleString('en-GB')} {count === 1 ? 'top-up' : 'top-ups'}
          {isComparable && `, ${compared(books)}`}
        </span>
      </p>
      <SeriesChart
        data={days.map((day, index) => ({ x: dayLabel(day.date), now: day.amount, before: was(index) }))}
        series={[
          ...(isComparable
            ? [{ key: 'before', label: '30 days before', color: 'var(--chart-5)', dashed: true, direct: true }]
            : []),
          { key: 'now', label: 'Top-ups', color: 'var(--chart-1)' },
        ]}
        format={(minor) => formatMoney(minor, currency)}
        compact={(minor) => formatCompact(Math.round(minor), currency)}
        {...(peak.amount > 0 && {
          mark: {
            x: dayLabel(peak.date),
            of: 'now',
            text: `${formatAmount(peak.amount, currency)} on ${dayLabel(peak.date)}`,
          },
        })}
      />
      <AsTable
        caption={`Top-ups by day, ${currency}, beside the 30 days before`}
        head={['Day (UTC)', 'Top-ups', `Amount, ${currency}`, '30 days before']}
        rows={[
          ...days
            .map((day, index) => [
              dayLabel(day.date),
              day.count.toLocaleString('en-GB'),
              formatAmount(day.amount, currency),
              formatAmount(was(index), currency),
            ])
            .reverse(),
          [
            'All 30 days',
            count.toLocaleString('en-GB'),
            formatAmount(amount, currency),
            formatAmount(books.previous.amount, currency),
          ],
        ]}
      />
    </>
  );
}

function compared({ amount, previous }: Collected): string {
  const change = (amount - previous.amount) / previous.amount;
  if (Math.abs(change) < 0.0005) return 'as much as in the 30 days before';
  return `${Math.abs(change * 100).toFixed(1)} % ${change > 0 ? 'more' : 'less'} than the 30 days before`;
}
