'use client';

import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { Fragment } from 'react';
import { useApi } from '@/components/api/queries';
import { useHref } from '@/components/api/scope';
import { Card } from '@/components/patterns/card';
import { formatAmount, formatCompact } from '@/components/patterns/money';
import { Empty, Failed, Skeleton } from '@/components/patterns/states';
import { LIABILITIES_REQUEST } from './requests';
import { type Books, bookRows, type Part, sidesOf, timesCovered } from './sides';

/** What is owed to customers and clients, beside what providers and banks hold for it: of equal length, since books balance. */
export function OwedAndHeld() {
  const href = useHref();
  const report = useApi('/v1/reports/liabilities', LIABILITIES_REQUEST);
  const currencies = report.data?.currencies;
  return (
    <Card
      title="Owed and held"
      note={<span className="wide-only">liabilities against float</span>}
      end={
        <Link className="link" href={href('/accounts/trial-balance')} prefetch={false}>
          Trial balance
        </Link>
      }
      className="fill"
    >
      {report.error !== null && currencies === undefined && (
        <Failed error={report.error} retry={() => void report.refetch()} />
      )}
      {currencies === undefined && report.error === null && (
        <div className="sides grid gap-4">
          <Skeleton width={40} />
          <Skeleton />
          <Skeleton />
        </div>
      )}
      {currencies?.length === 0 && (
        <Empty kind="first" title="Nothing is owed and nothing held">
          The first money that comes in stands here on both sides.
        </Empty>
      )}
      {currencies?.map((books) => (
        <Sides key={books.currency} books={books} />
      ))}
      {currencies !== undefined && currencies.length > 0 && <BookTable currencies={currencies} />}
    </Card>
  );
}

function Sides({ books }: { readonly books: Books }) {
  const { held, owed } = sidesOf(books);
  const covered = timesCovered(books);
  return (
    <div className="sides">
      <div className="sides-h">
        <b>
          <small>{books.currency}</small> {formatAmount(books.held.total, books.currency)}
        </b>
        {covered !== null && <span className="end">customers’ paid money covered {covered} times</span>}
      </div>
      <Side name="Held" parts={held} currency={books.currency} />
      <Side name="Owed" parts={owed} currency={books.currency} />
    </div>
  );
}

function Side({
  name,
  parts,
  currency,
}: {
  readonly name: string;
  readonly parts: readonly Part[];
  readonly currency: string;
}) {
  const told = parts.map((part) => `${part.label} ${formatAmount(part.minor, currency)}`).join(', ');
  return (
    <div className="side">
      <span>{name}</span>
      <div>
        <div className="sbar" role="img" aria-label={`${name}, ${currency}: ${told === '' ? 'nothing' : told}`}>
          {parts
            .filter((part) => part.minor > 0)
            .map((part) => (
              <i key={part.label} className={part.tone} style={{ flexGrow: part.minor, flexBasis: 0 }} />
            ))}
        </div>
        <ul className="legend">
          {parts.map((part) => (
            <li key={part.label} title={formatAmount(part.minor, currency)}>
              <span className={`key ${part.tone}`} />
              {part.label}
              <b>{formatCompact(part.minor, currency)}</b>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function BookTable({ currencies }: { readonly currencies: readonly Books[] }) {
  return (
    <details className="as-table">
      <summary>
        <ChevronRight className="s" aria-hidden="true" />
        View as table
      </summary>
      <div className="tablewrap whole">
        <table className="book">
          <caption className="sr">What is owed and what is held, by currency</caption>
          <thead>
            <tr>
              <th scope="col">
                <span className="sr">Account</span>
              </th>
              {currencies.map(({ currency }) => (
                <th key={currency} scope="col" className="num">
                  {currency}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {bookRows(currencies).map((side) => (
              <Fragment key={side.name}>
                <tr className="cap">
                  <th scope="rowgroup" colSpan={currencies.length + 1}>
                    {side.name}
                  </th>
                </tr>
                {side.rows.map((row) => (
                  <tr key={row.label} className={row.isTotal ? 'sum' : undefined}>
                    <th scope="row">
                      {row.isGold && <span className="key k-gold" />}
                      {row.label}
                    </th>
                    {row.cells.map((minor, index) => {
                      const currency = currencies[index]?.currency ?? '';
                      return (
                        <td key={currency} className="num">
                          {minor === 0 ? <span className="nil">–</span> : formatAmount(minor, currency)}
                        </td>
                      );
                    })}
                  </tr>
                ))}
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
