'use client';

import { Card } from '@/components/patterns/card';
import type { FilterValues } from '@/components/patterns/filters';
import { formatMoney } from '@/components/patterns/money';
import { Skeleton } from '@/components/patterns/states';
import type { AnswerOf } from '@/server/http/api-types';
import { type Counted, countFunnel } from './funnel-parts';
import type { Payment } from './request';
import { STATUS_WORDS } from './status-words';

type Report = AnswerOf<'get', '/v1/reports/payments'>;

/** What became of the payments of the period: one bar, and its parts as filters. */
export function Funnel({
  report,
  values,
  choose,
}: {
  readonly report: Report | undefined;
  readonly values: FilterValues;
  readonly choose: (status: Payment['status'] | null) => void;
}) {
  const parts = report === undefined ? [] : countFunnel(report);
  const period = values['from'] === undefined && values['to'] === undefined ? 'Last 30 days' : 'In the period';
  return (
    <Card
      title={period}
      note={report === undefined ? '' : `${report.payments.toLocaleString('en-GB')} payments asked for`}
      {...(report !== undefined && report.success_rate !== null && { end: <Rate report={report} /> })}
      className="pay-funnel"
    >
      {report === undefined ? (
        <div className="body">
          <Skeleton />
        </div>
      ) : (
        report.payments > 0 && (
          <div className="body">
            <div className="pay-strip" aria-hidden="true">
              {parts
                .filter(({ payments }) => payments > 0)
                .map(({ key, payments }) => (
                  <i key={key} className={`part-${key}`} style={{ flexGrow: payments }} />
                ))}
            </div>
            <ul>
              {parts.map((part) => (
                <Part key={part.key} part={part} current={values['status']} choose={choose} />
              ))}
            </ul>
          </div>
        )
      )}
    </Card>
  );
}

/** A part of several states offers each; of one it is the filter itself. */
function Part({
  part: { key, label, payments, by },
  current,
  choose,
}: {
  readonly part: Counted;
  readonly current: string | undefined;
  readonly choose: (status: Payment['status'] | null) => void;
}) {
  const choice = (status: Payment['status'], text: string) => (
    <button
      key={status}
      type="button"
      aria-pressed={current === status}
      onClick={() => choose(current === status ? null : status)}
    >
      {text}
    </button>
  );
  const [only] = by;
  return (
    <li>
      <p>
        <i className={`part-${key}`} aria-hidden="true" />
        {only !== undefined && by.length === 1 ? choice(only.status, label) : label}
        <b>{payments.toLocaleString('en-GB')}</b>
      </p>
      {by.length > 1 && (
        <p>
          {by.map(({ status, payments: some }) =>
            choice(status, `${STATUS_WORDS[status]} ${some.toLocaleString('en-GB')}`),
          )}
        </p>
      )}
    </li>
  );
}

function Rate({ report }: { readonly report: Report }) {
  const sums = new Map<string, number>();
  for (const { currency, amount_succeeded } of report.channels)
    sums.set(currency, (sums.get(currency) ?? 0) + amount_succeeded);
  return (
    <>
      <span className="wide-only soft">
        {[...sums]
          .filter(([, amount]) => amount > 0)
          .map(([currency, amount]) => formatMoney(amount, currency))
          .join(' · ')}
      </span>
      <b>{((report.success_rate ?? 0) * 100).toFixed(1)} % paid</b>
    </>
  );
}
