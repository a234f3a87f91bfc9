'use client';

import { useApi } from '@/components/api/queries';
import { AsTable } from '@/components/charts/as-table';
import { Card } from '@/components/patterns/card';
import { Empty, Failed, Skeleton } from '@/components/patterns/states';
import { CHANNEL_NAMES } from '@/components/payments/names';
import { dayLabel } from './days';
import { heightOf, type NetworkRate, networkRates, percent } from './rates';
import { PAYMENTS_REQUEST } from './requests';

const COUNTRIES: Readonly<Record<string, string>> = {
  GHS: 'Ghana',
  KES: 'Kenya',
  NGN: 'Nigeria',
  TZS: 'Tanzania',
  UGX: 'Uganda',
  ZAR: 'South Africa',
};

/** How often asking for money brings it, network by network. */
export function NetworksCard() {
  const report = useApi('/v1/reports/payments', PAYMENTS_REQUEST);
  const rates = report.data === undefined ? undefined : networkRates(report.data);
  return (
    <Card title="Success rate by network" note="30 days" className="fill">
      {report.error !== null && rates === undefined && (
        <Failed error={report.error} retry={() => void report.refetch()} />
      )}
      {rates === undefined && report.error === null && (
        <div className="nets grid gap-4">
          <Skeleton />
          <Skeleton width={90} />
          <Skeleton width={95} />
        </div>
      )}
      {rates?.length === 0 && (
        <Empty kind="first" title="Nobody was asked to pay in 30 days">
          Each network stands here with how often its payments come through.
        </Empty>
      )}
      {rates !== undefined && rates.length > 0 && <Networks rates={rates} />}
    </Card>
  );
}

function Networks({ rates }: { readonly rates: readonly NetworkRate[] }) {
  const low = rates.filter(({ isLow }) => isLow);
  return (
    <>
      <ul className="nets">
        {rates.map((one) => (
          <li className="net" key={one.key}>
            <span>
              {CHANNEL_NAMES[one.channel]}
              <small>{COUNTRIES[one.currency] ?? one.currency}</small>
            </span>
            <Sparkline of={one} />
            <b>
              {one.rate === null ? '–' : percent(one.rate)}
              <small>
                {one.tries.toLocaleString('en-GB')} {one.tries === 1 ? 'try' : 'tries'}
              </small>
            </b>
          </li>
        ))}
      </ul>
      <p className="small dim px-4 pt-1.5 pb-3">
        Dashed: 90 %.
        {low.map((one) => (
          <span key={one.key}>
            {' '}
            {CHANNEL_NAMES[one.channel]} fell to {percent(one.last?.rate ?? 0)} on {dayLabel(one.last?.day ?? '')}.
          </span>
        ))}
      </p>
      <AsTable
        caption="Payments asked for and paid by network, 30 days"
        head={['Network', 'Tried', 'Paid', 'Rate', 'Last day']}
        rows={rates.map((one) => [
          `${CHANNEL_NAMES[one.channel]}, ${one.currency}`,
          one.tries.toLocaleString('en-GB'),
          one.paid.toLocaleString('en-GB'),
          one.rate === null ? '–' : percent(one.rate),
          one.last === null ? '–' : percent(one.last.rate),
        ])}
      />
    </>
  );
}

/** Plain SVG: the line of the days that came to an end, with 90 % dashed. */
function Sparkline({ of: { channel, points, isLow } }: { readonly of: NetworkRate }) {
  const [only, ...others] = points;
  return (
    <svg
      className={`spark ${isLow ? 'low' : ''}`}
      viewBox="0 0 100 100"
      preserveAspectRatio="none"
      role="img"
      aria-label={`${CHANNEL_NAMES[channel]}: daily success rate of 30 days, see the table`}
    >
      <line x1="0" x2="100" y1={heightOf(0.9)} y2={heightOf(0.9)} />
      {only !== undefined && others.length === 0 && (
        <polyline points={`${only.at * 100 - 2},${heightOf(only.rate)} ${only.at * 100},${heightOf(only.rate)}`} />
      )}
      {others.length > 0 && (
        <polyline points={points.map(({ at, rate }) => `${(at * 100).toFixed(2)},${heightOf(rate)}`).join(' ')} />
      )}
    </svg>
  );
}
