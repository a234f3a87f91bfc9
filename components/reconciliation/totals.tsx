'use client';

import Link from 'next/link';
import { useHref } from '@/components/api/scope';
import { Card } from '@/components/patterns/card';
import { formatAmount, Total } from '@/components/patterns/money';
import { providerName } from '@/components/payments/names';
import type { Reconciliation } from './request';
import { OUTCOME_WORDS } from './words';

/** What they say, what we say, and what the difference is made of: the parts sum up to the whole. */
export function Totals({
  total,
  statement,
}: {
  readonly total: Reconciliation['totals'][number];
  readonly statement: Reconciliation;
}) {
  const href = useHref();
  const { currency, theirs, ours, difference, explained_by: parts } = total;
  const plain = (minor: number) => (minor === 0 ? <span className="nil">–</span> : formatAmount(minor, currency));
  return (
    <Card title="What adds up" end={<span className="dim">{currency}</span>} className="rec-sums">
      <div className="tablewrap">
        <table>
          <caption className="sr">Totals of both sides by outcome, in {currency}</caption>
          <thead>
            <tr>
              <th scope="col">Lines that</th>
              <th scope="col" className="num">
                Lines
              </th>
              <th scope="col" className="num">
                {providerName(statement.provider)} says
              </th>
              <th scope="col" className="num">
                We say
              </th>
              <th scope="col" className="num">
                Difference
              </th>
            </tr>
          </thead>
          <tbody>
            {parts.map((part) => (
              <tr key={part.outcome}>
                <th scope="row">
                  <Link
                    className="link"
                    href={href(`/reconciliation/${statement.id}?show=${part.outcome}`)}
                    prefetch={false}
                    scroll={false}
                  >
                    {OUTCOME_WORDS[part.outcome]}
                  </Link>
                </th>
                <td className="num">{part.lines.toLocaleString('en-GB')}</td>
                <td className="num">{plain(part.theirs)}</td>
                <td className="num">{plain(part.ours)}</td>
                <td className={`num ${part.difference === 0 ? '' : 'rec-off'}`}>{plain(part.difference)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">Together</th>
              <td className="num">{parts.reduce((sum, { lines }) => sum + lines, 0).toLocaleString('en-GB')}</td>
              <td className="num">
                <Total minor={theirs} currency={currency} />
              </td>
              <td className="num">
                <Total minor={ours} currency={currency} />
              </td>
              <td className="num">
                <Total minor={difference} currency={currency} />
              </td>
            </tr>
          </tfoot>
        </table>
      </div>
    </Card>
  );
}
