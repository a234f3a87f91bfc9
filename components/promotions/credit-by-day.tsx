'use client';

import { useState } from 'react';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole } from '@/components/api/scope';
import { AsTable } from '@/components/charts/as-table';
import { SeriesChart } from '@/components/charts/series-chart';
import { Card } from '@/components/patterns/card';
import { formatAmount, formatCompact } from '@/components/patterns/money';
import { Segmented } from '@/components/patterns/segmented';

const SERIES = [
  { key: 'issued', label: 'Issued', color: 'var(--chart-2)' },
  { key: 'used', label: 'Used', color: 'var(--chart-1)' },
  { key: 'expired', label: 'Expired or forfeited', color: 'var(--chart-5)' },
] as const;

/** The last thirty days of promotional credit, of one promotion or of all. */
export function CreditByDay({ promotion }: { readonly promotion?: string }) {
  const { me } = useConsole();
  const [chosen, setChosen] = useState<string | null>(null);
  const report = useApi(
    '/v1/reports/promotions',
    { query: promotion === undefined ? {} : { promotion } },
    { enabled: may(me, 'accounts:read') },
  );
  const currencies = report.data?.currencies ?? [];
  const one = currencies.find(({ currency }) => currency === chosen) ?? currencies[0];
  if (one === undefined) return null;
  const { currency } = one;
  const days = one.days.map((day) => ({
    x: shortDay(day.date),
    issued: day.issued,
    used: day.used,
    expired: day.expired + day.forfeited,
  }));
  const format = (value: number): string => formatAmount(value, currency);
  return (
    <Card
      title="By day"
      note={`${currency}, the last 30 days (UTC)`}
      end={
        currencies.length > 1 && (
          <Segmented
            label="Currency"
            hideLabel
            value={currency}
            onChange={setChosen}
            options={currencies.map((each) => [each.currency, each.currency])}
          />
        )
      }
    >
      <div className="px-4 pb-4">
        <SeriesChart
          data={days}
          series={SERIES}
          kind="bar"
          format={format}
          compact={(value) => formatCompact(Math.round(value), currency)}
        />
        <AsTable
          caption={`Promotional credit by day, in ${currency}`}
          head={['Day', 'Issued', 'Used', 'Expired', 'Open at its end']}
          rows={one.days
            .filter((day) => day.issued + day.used + day.expired + day.forfeited > 0)
            .map((day) => [
              shortDay(day.date),
              format(day.issued),
              format(day.used),
              format(day.expired + day.forfeited),
              format(day.open),
            ])}
        />
      </div>
    </Card>
  );
}

function shortDay(date: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short' }).format(
    Date.parse(`${date}T00:00:00Z`),
  );
}
