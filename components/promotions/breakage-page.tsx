'use client';

import { parseAsString, useQueryStates } from 'nuqs';
import { useApi } from '@/components/api/queries';
import { useConsole } from '@/components/api/scope';
import { Card } from '@/components/patterns/card';
import { type Filter, FilterBar, useFilters } from '@/components/patterns/filters';
import { formatAmount } from '@/components/patterns/money';
import { Empty, Failed } from '@/components/patterns/states';
import { Timestamp } from '@/components/patterns/timestamp';
import { useClientNames } from '@/components/services/use-client-name';

import { PromotionsHead } from './promotion-tabs';
import { breakageRequest } from './requests';

const FILTERS: readonly Filter[] = [
  { name: 'from', label: 'From', type: 'date' },
  { name: 'to', label: 'To', type: 'date' },
  { name: 'promotion', label: 'Promotion', placeholder: 'june-loyalty' },
  { name: 'currency', label: 'Currency', placeholder: 'GHS' },
];

/** Credit that nobody spent: how much of what came to an end, by promotion. */
export function BreakagePage() {
  const { scope } = useConsole();
  const nameOf = useClientNames();
  const filters = useFilters(FILTERS);
  const [, setRange] = useQueryStates({ from: parseAsString, to: parseAsString });
  const report = useApi('/v1/reports/breakage', breakageRequest(filters.values));
  return (
    <>
      <PromotionsHead />
      <FilterBar
        filters={FILTERS}
        {...filters}
        end={
          filters.values['from'] === undefined && (
            <button
              type="button"
              className="btn sm quiet"
              onClick={() => {
                const to = report.data?.to;
                if (to === undefined) return;
                const from = new Date(Date.parse(`${to}T00:00:00Z`) - 364 * 86_400_000).toISOString().slice(0, 10);
                void setRange({ from, to });
              }}
            >
              The last year
            </button>
          )
        }
      />
      {report.error !== null && report.data === undefined && (
        <Card label="Breakage">
          <Failed error={report.error} retry={() => void report.refetch()} />
        </Card>
      )}
      {report.data?.currencies.length === 0 && (
        <Card label="Breakage">
          <Empty kind="none" title="No promotional credit in this period">
            Choose an earlier first day to look further back.
          </Empty>
        </Card>
      )}
      <div className="stack-gap">
        {report.data?.currencies.map((one) => (
          <Card
            key={one.currency}
            className="breakage"
            title={`Breakage in ${one.currency}`}
            note={
              <span className="wide-only">
                {report.data.from} to {report.data.to}
                {report.data.counted_until !== null && (
                  <>
                    , counted <Timestamp at={report.data.counted_until} />
                  </>
                )}
              </span>
            }
          >
            <div className="tablewrap">
              <table className="stack cards">
                <caption className="sr">Breakage by promotion, in {one.currency}</caption>
                <thead>
                  <tr>
                    <th scope="col">Promotion</th>
                    {scope.client === 'all' && <th scope="col">Client</th>}
                    {['Issued', 'Used', 'Ended unspent', 'Of what ended', 'Still open'].map((name) => (
                      <th key={name} scope="col" className="num">
                        {name}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {one.promotions.map((promotion) => (
                    <tr key={`${promotion.client_code}/${promotion.promotion_id}`}>
                      <th scope="row" className="name">
                        {promotion.promotion_code ?? 'Under no promotion'}
                      </th>
                      {scope.client === 'all' && <td data-l="Client">{nameOf(promotion.client_code)}</td>}
                      <Figures of={promotion} currency={one.currency} />
                    </tr>
                  ))}
                </tbody>
                <tfoot>
                  <tr>
                    <th scope="row">All</th>
                    {scope.client === 'all' && <td />}
                    <Figures of={one} currency={one.currency} />
                  </tr>
                </tfoot>
              </table>
            </div>
          </Card>
        ))}
      </div>
    </>
  );
}

function Figures({
  of,
  currency,
}: {
  readonly of: {
    readonly issued: number;
    readonly used: number;
    readonly broken: number;
    readonly rate_ppm: number | null;
    readonly open: number;
  };
  readonly currency: string;
}) {
  const rate = of.rate_ppm === null ? '–' : `${(of.rate_ppm / 10_000).toFixed(1)} %`;
  const cells: readonly (readonly [string, string, string?])[] = [
    ['Issued', formatAmount(of.issued, currency)],
    ['Used', formatAmount(of.used, currency)],
    ['Ended unspent', formatAmount(of.broken, currency)],
    ['Of what ended', rate],
    ['Still open', formatAmount(of.open, currency), 'promo'],
  ];
  return cells.map(([label, text, tone]) => (
    <td key={label} data-l={label} className={`num ${tone ?? ''}`}>
      {text}
    </td>
  ));
}
