'use client';

import Link from 'next/link';
import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { AsTable } from '@/components/charts/as-table';
import { SeriesChart } from '@/components/charts/series-chart';
import { ClientName } from '@/components/console/client-name';
import { dayLabel } from '@/components/home/days';
import { percent } from '@/components/journals/fee-words';
import { formatAmount, formatCompact, formatMoney } from '@/components/patterns/money';
import type { AnswerOf } from '@/server/http/api-types';
import { Headline, ReportCard } from './report-card';
import { ReportFrame } from './report-frame';
import { breakageRequest, promotionsRequest } from './requests';
import { chosenOf, useReportView } from './use-period';

type Credit = AnswerOf<'get', '/v1/reports/promotions'>['currencies'][number];
type Breakage = AnswerOf<'get', '/v1/reports/breakage'>['currencies'][number];

/** Promotional credit: issued, used and expired by day, and what nobody spent. */
export function PromotionsReportPage() {
  const { period, currency } = useReportView();
  const credit = useApi('/v1/reports/promotions', promotionsRequest(period));
  const breakage = useApi('/v1/reports/breakage', breakageRequest(period));
  const shown = chosenOf(credit.data?.currencies, currency);
  const broken = chosenOf(breakage.data?.currencies, currency);
  return (
    <ReportFrame>
      <div className="stack-gap">
        <ReportCard
          title="Issued, used, expired"
          currencies={credit.data?.currencies.map((one) => one.currency)}
          shown={shown?.currency}
          csv={{ path: '/v1/reports/promotions', query: period, name: 'promotions' }}
          error={credit.error}
          isLoading={credit.isPending}
          retry={() => void credit.refetch()}
          empty={['No promotional credit in this period', 'Credit stands here from the day it is issued.']}
        >
          {shown !== undefined && <Days credit={shown} />}
        </ReportCard>
        <ReportCard
          title="Breakage"
          note="credit that ended unspent"
          currencies={breakage.data?.currencies.map((one) => one.currency)}
          shown={broken?.currency}
          csv={{ path: '/v1/reports/breakage', query: period, name: 'breakage' }}
          error={breakage.error}
          isLoading={breakage.isPending}
          retry={() => void breakage.refetch()}
          empty={['Nothing was issued or ended in this period', 'Choose a longer one.']}
        >
          {broken !== undefined && <Broken of={broken} />}
        </ReportCard>
      </div>
    </ReportFrame>
  );
}

function Days({ credit }: { readonly credit: Credit }) {
  const { currency, lots, issued, used, expired, forfeited, open, open_before: openBefore, days } = credit;
  const amount = (minor: number): string => formatAmount(minor, currency);
  return (
    <>
      <Headline currency={currency} figure={amount(issued)}>
        issued in {lots.toLocaleString('en-GB')} {lots === 1 ? 'credit' : 'credits'}, {amount(used)} used,{' '}
        {amount(expired + forfeited)} ended unspent; open went from {amount(openBefore)} to {amount(open)}
      </Headline>
      <SeriesChart
        data={days.map((day) => ({
          x: dayLabel(day.date),
          issued: day.issued,
          used: day.used,
          expired: day.expired + day.forfeited,
        }))}
        series={[
          { key: 'issued', label: 'Issued', color: 'var(--chart-2)' },
          { key: 'used', label: 'Used', color: 'var(--chart-1)' },
          { key: 'expired', label: 'Ended unspent', color: 'var(--chart-5)' },
        ]}
        kind="bar"
        format={(minor) => formatMoney(minor, currency)}
        compact={(minor) => formatCompact(Math.round(minor), currency)}
      />
      <AsTable
        caption={`Promotional credit by day, ${currency}`}
        head={['Day (UTC)', 'Credits', 'Issued', 'Used', 'Expired', 'Forfeited', 'Taken back', 'Open at its end']}
        rows={[...days]
          .reverse()
          .map((day) => [
            dayLabel(day.date),
            day.lots.toLocaleString('en-GB'),
            ...[day.issued, day.used, day.expired, day.forfeited, day.taken_back, day.open].map(amount),
          ])}
      />
    </>
  );
}

function Broken({ of }: { readonly of: Breakage }) {
  const { scope } = useConsole();
  const href = useHref();
  const { currency, broken, rate_ppm: rate, promotions } = of;
  const every = scope.client === 'all';
  const amount = (minor: number): string => formatAmount(minor, currency);
  return (
    <>
      <Headline currency={currency} figure={amount(broken)}>
        {rate === null ? 'nothing came to an end' : `${percent(rate)} of what came to an end`}
      </Headline>
      <div className="tablewrap">
        <table className="by">
          <caption className="sr">Breakage by promotion, {currency}</caption>
          <thead>
            <tr>
              <th scope="col">Promotion</th>
              {every && <th scope="col">Client</th>}
              {['Issued', 'Used', 'Ended unspent', 'Breakage', 'Open'].map((name) => (
                <th key={name} scope="col" className="num">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {promotions.map((one) => (
              <tr key={`${one.client_code}/${one.promotion_id ?? ''}`}>
                <th scope="row">
                  {one.promotion_id === null ? (
                    'Under no promotion'
                  ) : (
                    <Link
                      className="l"
                      href={href(`/promotions/${one.promotion_id}`, every ? one.client_code : undefined)}
                      prefetch={false}
                    >
                      {one.promotion_code ?? one.promotion_id}
                    </Link>
                  )}
                </th>
                {every && (
                  <td>
                    <ClientName code={one.client_code} />
                  </td>
                )}
                <td className="num">{amount(one.issued)}</td>
                <td className="num">{amount(one.used)}</td>
                <td className="num">{amount(one.broken)}</td>
                <td className="num medium">{one.rate_ppm === null ? '–' : percent(one.rate_ppm)}</td>
                <td className="num promo">{amount(one.open)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
