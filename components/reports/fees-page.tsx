'use client';

import Link from 'next/link';
import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { AsTable } from '@/components/charts/as-table';
import { SeriesChart } from '@/components/charts/series-chart';
import { ClientName } from '@/components/console/client-name';
import { dayLabel, daysBetween } from '@/components/home/days';
import { formatAmount, formatCompact, formatMoney } from '@/components/patterns/money';
import type { AnswerOf } from '@/server/http/api-types';
import { daysIn, type Period } from './period';
import { Headline, ReportCard } from './report-card';
import { ReportFrame } from './report-frame';
import { feesRequest } from './requests';
import { chosenOf, useReportView } from './use-period';

type Report = AnswerOf<'get', '/v1/reports/fees'>['currencies'][number];
type Service = Report['services'][number];

const COLORS = ['var(--chart-1)', 'var(--chart-3)', 'var(--chart-4)', 'var(--chart-5)'] as const;

/** Fees and the tax on them, by day and by service. */
export function FeesPage() {
  const { period, currency } = useReportView();
  const report = useApi('/v1/reports/fees', feesRequest(period));
  const shown = chosenOf(report.data?.currencies, currency);
  return (
    <ReportFrame>
      <ReportCard
        title="Fees by service"
        currencies={report.data?.currencies.map((one) => one.currency)}
        shown={shown?.currency}
        csv={{ path: '/v1/reports/fees', query: period, name: 'fees' }}
        error={report.error}
        isLoading={report.isPending}
        retry={() => void report.refetch()}
        empty={['No fee in this period', 'A service with a fee charges it with each transaction that names it.']}
      >
        {shown !== undefined && <Fees report={shown} period={period} />}
      </ReportCard>
    </ReportFrame>
  );
}

function Fees({ report, period }: { readonly report: Report; readonly period: Period }) {
  const { currency, fee, tax, charged, services } = report;
  const length = daysIn(period);
  const bars = barsOf(report, period);
  return (
    <>
      <Headline currency={currency} figure={formatAmount(fee, currency)}>
        in fees and {formatAmount(tax, currency)} tax, charged {charged.toLocaleString('en-GB')}{' '}
        {charged === 1 ? 'time' : 'times'} in {length === 1 ? 'a day' : `${length} days`}
      </Headline>
      <SeriesChart
        kind="bar"
        stacked
        data={bars.data}
        series={bars.series}
        format={(minor) => formatMoney(minor, currency)}
        compact={(minor) => formatCompact(Math.round(minor), currency)}
      />
      <Services services={services} currency={currency} />
      <AsTable
        caption={`Fees by day, ${currency}`}
        head={['Day (UTC)', ...bars.series.map(({ label }) => label)]}
        rows={[...bars.data]
          .reverse()
          .map((day) => [
            String(day['x']),
            ...bars.series.map(({ key }) => formatAmount(Number(day[key] ?? 0), currency)),
          ])}
      />
    </>
  );
}

function Services({ services, currency }: { readonly services: readonly Service[]; readonly currency: string }) {
  const { scope } = useConsole();
  const href = useHref();
  const every = scope.client === 'all';
  return (
    <div className="tablewrap">
      <table className="by">
        <caption className="sr">Fees by service, {currency}</caption>
        <thead>
          <tr>
            <th scope="col">Service</th>
            {every && <th scope="col">Client</th>}
            <th scope="col" className="num">
              Charged
            </th>
            <th scope="col" className="num">
              Fee, {currency}
            </th>
            <th scope="col" className="num">
              Tax, {currency}
            </th>
          </tr>
        </thead>
        <tbody>
          {services.map((service) => (
            <tr key={keyOf(service)}>
              <th scope="row">
                {service.service_code === null ? (
                  'No service named'
                ) : (
                  <Link
                    className="l"
                    href={href(`/services/${service.service_code}`, every ? service.client_code : undefined)}
                    prefetch={false}
                  >
                    {service.service_name ?? service.service_code}
                  </Link>
                )}
              </th>
              {every && (
                <td>
                  <ClientName code={service.client_code} />
                </td>
              )}
              <td className="num">{service.charged.toLocaleString('en-GB')}</td>
              <td className="num">{formatAmount(service.fee, currency)}</td>
              <td className="num">{formatAmount(service.tax, currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The services that charge most have a colour of their own, the others one together. */
function barsOf({ days, services }: Report, { from, to }: Period) {
  const largest = services.slice(0, COLORS.length - 1);
  const rest = services.slice(COLORS.length - 1);
  const series = largest.map((service, index) => ({
    key: keyOf(service),
    label: service.service_name ?? service.service_code ?? 'No service named',
    color: COLORS[index] ?? COLORS[0],
  }));
  if (rest.length > 0)
    series.push({ key: 'rest', label: 'Other services', color: COLORS[COLORS.length - 1] ?? COLORS[0] });
  const known = new Set(largest.map(keyOf));
  const data = daysBetween(from, to).map((date) => {
    const point: Record<string, string | number> = { x: dayLabel(date) };
    for (const { key } of series) point[key] = 0;
    for (const day of days.filter((one) => one.date === date)) {
      const key = known.has(keyOf(day)) ? keyOf(day) : 'rest';
      point[key] = Number(point[key] ?? 0) + day.fee;
    }
    return point;
  });
  return { series, data };
}

function keyOf({ client_code, service_code }: Pick<Service, 'client_code' | 'service_code'>): string {
  return `${client_code}/${service_code ?? ''}`;
}
