'use client';

import { CircleAlert } from 'lucide-react';
import { Fragment } from 'react';
import type { ApiError } from '@/components/api/error';
import { shortId } from '@/components/patterns/copy-id';
import { formatAmount } from '@/components/patterns/money';
import { Failed, Skeleton } from '@/components/patterns/states';
import { zonedFormat } from '@/components/patterns/timestamp';
import type { AnswerOf } from '@/server/http/api-types';
import { withGaps } from './row-groups';

export type Row = AnswerOf<'get', '/v1/promotion_imports/{id}/rows'>['data'][number];

/** Expiries are set and counted in UTC. */
const DAY = zonedFormat('UTC', { day: 'numeric', month: 'short', year: 'numeric' });

/** Rows that cannot be issued among their neighbours: the bad cell underlined, the reason on the next line. */
export function RefusedRows({
  rows,
  error,
}: {
  readonly rows: readonly Row[] | undefined;
  readonly error: ApiError | null;
}) {
  if (rows === undefined) {
    return error === null ? (
      <div className="p-4">
        <Skeleton />
      </div>
    ) : (
      <Failed error={error} />
    );
  }
  return (
    <div className="tablewrap">
      <table className="stack cards import-rows">
        <caption className="sr">Rows that cannot be issued, among their neighbours</caption>
        <thead>
          <tr>
            <th scope="col" className="num line">
              Line
            </th>
            <th scope="col">Customer</th>
            <th scope="col">Wallet</th>
            <th scope="col" className="num">
              Amount
            </th>
            <th scope="col">Expires</th>
            <th scope="col">Note</th>
          </tr>
        </thead>
        <tbody>
          {withGaps(rows).map((row) =>
            'gap' in row ? (
              <tr key={`gap-${row.after}`} className="row-gap">
                <td className="line" />
                <td colSpan={5}>{row.gap === 1 ? 'One row' : `${row.gap.toLocaleString('en-GB')} rows`} in order</td>
              </tr>
            ) : (
              <RefusedRow key={row.line} row={row} />
            ),
          )}
        </tbody>
      </table>
    </div>
  );
}

function RefusedRow({ row }: { readonly row: Row }) {
  const { problem, given } = row;
  const isBad = (...fields: readonly string[]): string =>
    problem !== null && fields.includes(problem.field ?? '') ? 'cell-bad' : '';
  const wallet = row.wallet_id ?? given['wallet_id'];
  return (
    <Fragment>
      <tr className={problem === null ? undefined : 'row-refused'}>
        <td className="num line">{row.line}</td>
        <th scope="row" className={`name ${isBad('customer_id', 'phone')}`}>
          {who(row)}
        </th>
        <td data-l="Wallet" className={isBad('wallet_id')}>
          {wallet === undefined ? <span className="nil">–</span> : <code>{shortId(wallet)}</code>}
        </td>
        <td data-l="Amount" className={`num ${isBad('amount', 'currency')}`}>
          {row.amount !== null && row.currency !== null ? (
            <>
              <span className="promo">{formatAmount(row.amount, row.currency)}</span>{' '}
              <span className="dim">{row.currency}</span>
            </>
          ) : (
            [given['amount'], given['currency']].filter(Boolean).join(' ') || <span className="nil">none</span>
          )}
        </td>
        <td data-l="Expires" className={isBad('expires_at')}>
          {row.expires_at !== null
            ? DAY.format(Date.parse(row.expires_at))
            : (given['expires_at'] ?? <span className="nil">never</span>)}
        </td>
        <td data-l="Note" className={`note ${isBad('note')}`}>
          {row.note ?? given['note'] ?? <span className="nil">–</span>}
        </td>
      </tr>
      {problem !== null && (
        <tr className="row-why">
          <td className="line" />
          <td colSpan={5}>
            <p>
              <CircleAlert className="s" aria-hidden="true" />
              <span>
                <b>{problem.message}</b>
              </span>
            </p>
          </td>
        </tr>
      )}
    </Fragment>
  );
}

/** Whom a row was found to be for; where nobody was, what it said. */
export function who({ customer, given }: Row) {
  const said = given['customer_id'] ?? given['phone'];
  if (customer === null) return said === undefined ? <span className="nil">nobody named</span> : <code>{said}</code>;
  return customer.name === null ? (
    <code>{customer.id}</code>
  ) : (
    <>
      {customer.name} <code className="dim">{customer.id}</code>
    </>
  );
}
