'use client';

import { useApi } from '@/components/api/queries';
import { AsTable } from '@/components/charts/as-table';
import { SeriesChart } from '@/components/charts/series-chart';
import { dayLabel } from '@/components/home/days';
import { OwedAndHeld } from '@/components/home/owed-and-held';
import { formatAmount, formatCompact, formatMoney } from '@/components/patterns/money';
import type { AnswerOf } from '@/server/http/api-types';
import { Headline, ReportCard } from './report-card';
import { ReportFrame } from './report-frame';
import { liabilitiesRequest } from './requests';
import { chosenOf, useReportView } from './use-period';

type Books = AnswerOf<'get', '/v1/reports/liabilities'>['currencies'][number];

/** What is owed, and what is held for it: how it stands now, and at the end of each day. */
export function LiabilitiesPage() {
  const { period, currency } = useReportView();
  const report = useApi('/v1/reports/liabilities', liabilitiesRequest(period));
  const books = chosenOf(report.data?.currencies, currency);
  return (
    <ReportFrame>
      <div className="grid two reports-two">
        <ReportCard
          title="Owed and held, day by day"
          currencies={report.data?.currencies.map((one) => one.currency)}
          shown={books?.currency}
          csv={{ path: '/v1/reports/liabilities', query: period, name: 'liabilities' }}
          error={report.error}
          isLoading={report.isPending}
          retry={() => void report.refetch()}
          empty={['Nothing is owed and nothing held', 'The first money that comes in begins the line.']}
        >
          {books !== undefined && <Days books={books} />}
        </ReportCard>
        <OwedAndHeld />
      </div>
    </ReportFrame>
  );
}

function Days({ books }: { readonly books: Books }) {
  const { currency, days } = books;
  const last = days.at(-1);
  const amount = (minor: number): string => formatAmount(minor, currency);
  return (
    <>
      {last !== undefined && (
        <Headline currency={currency} figure={amount(last.owed.customers_paid)}>
          customers’ paid money on {dayLabel(last.date)}, {amount(last.held.providers + last.held.bank)} held for it
        </Headline>
      )}
      <SeriesChart
        height={260}
        data={days.map(({ date, owed, held }) => ({
          x: dayLabel(date),
          held: held.providers + held.bank,
          paid: owed.customers_paid,
          promotional: owed.customers_promotional,
          clients: owed.clients + owed.float,
        }))}
        series={[
          { key: 'held', label: 'Held by providers and banks', color: 'var(--chart-5)' },
          { key: 'paid', label: 'Owed to customers, paid', color: 'var(--chart-1)' },
          { key: 'clients', label: 'Owed to clients', color: 'var(--chart-3)' },
          { key: 'promotional', label: 'Promotional', color: 'var(--chart-2)' },
        ]}
        format={(minor) => formatMoney(minor, currency)}
        compact={(minor) => formatCompact(Math.round(minor), currency)}
      />
      <AsTable
        caption={`Owed and held at the end of each day, ${currency}`}
        head={[
          'Day (UTC)',
          'Customers',
          'Promotional',
          'Clients',
          'Float',
          'Fees',
          'Refunds due',
          'Suspense',
          'Owed in all',
          'Providers',
          'Bank',
          'Promotions',
        ]}
        rows={[...days]
          .reverse()
          .map(({ date, owed, held }) => [
            dayLabel(date),
            ...[
              owed.customers_paid,
              owed.customers_promotional,
              owed.clients,
              owed.float,
              owed.fees,
              owed.refunds_due,
              owed.suspense,
              owed.total,
              held.providers,
              held.bank,
              held.promotion_expense,
            ].map(amount),
          ])}
      />
    </>
  );
}
