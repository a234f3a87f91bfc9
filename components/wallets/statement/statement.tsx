'use client';

import { Download, FileDown, Sheet } from 'lucide-react';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useState } from 'react';
import { useApi } from '@/components/api/queries';
import { useExport } from '@/components/patterns/export-button';
import { type Filter, FilterBar, useFilters } from '@/components/patterns/filters';
import { Menu } from '@/components/patterns/menu';
import { formatAmount, Total } from '@/components/patterns/money';
import { Pager, useCursor } from '@/components/patterns/pager';
import { Empty, Failed, Skeleton } from '@/components/patterns/states';
import { useZoneName } from '@/components/patterns/timestamp';
import { statementRequest } from '../requests';
import type { Wallet } from '../types';
import { type Entry, type Page, pageOf } from './entries';
import { EntryRow } from './entry-row';
import { Presets } from './presets';
import { EntryTime } from './times';
import { useLotNames } from './use-lot-names';

const FILTERS: readonly Filter[] = [
  { name: 'from', label: 'Posted from', type: 'date' },
  { name: 'to', label: 'Posted up to', type: 'date' },
  {
    name: 'type',
    label: 'Type',
    options: [
      ['debit', 'Debits'],
      ['credit', 'Credits'],
      ['topup', 'Top-ups'],
      ['expiry', 'Expiries'],
    ],
  },
];

const ORDERS = ['oldest', 'newest'] as const;

/** Every entry, numbered without a gap, between the balance before and the balance after; each opens into its journal. */
export function Statement({ wallet }: { readonly wallet: Wallet }) {
  const filters = useFilters(FILTERS);
  const { after } = useCursor();
  const [order, setOrder] = useQueryState('order', parseAsStringLiteral(ORDERS).withDefault('oldest'));
  const request = statementRequest(wallet.id, { ...filters.values, after });
  const { data, error, refetch } = useApi('/v1/wallets/{id}/transactions', request);
  const page = data === undefined ? undefined : pageOf(data.data);
  const isPicked = filters.values['type'] !== undefined;
  return (
    <>
      <div className="st-bar">
        <FilterBar
          filters={FILTERS}
          {...filters}
          end={
            <>
              {filters.values['from'] === undefined && filters.values['to'] === undefined && <Presets />}
              <button
                className="btn quiet sm wide-only"
                type="button"
                onClick={() => void setOrder(order === 'oldest' ? 'newest' : null)}
              >
                {order === 'oldest' ? 'Newest first' : 'Oldest first'}
              </button>
              <ExportStatement wallet={wallet} values={filters.values} />
            </>
          }
        />
      </div>
      <div className="card">
        {error !== null && page === undefined ? (
          <Failed error={error} retry={() => void refetch()} />
        ) : page?.entries.length === 0 ? (
          <Nothing isFiltered={filters.isFiltered} />
        ) : (
          <Table wallet={wallet} page={page} isNewestFirst={order === 'newest'} isPicked={isPicked} />
        )}
        {page?.entries.length !== 0 && (
          <Pager
            count={page?.entries.length}
            nextCursor={data?.next_cursor}
            of="newest page first"
            summary={page === undefined ? '\u00a0' : rangeOf(page, isPicked)}
          />
        )}
      </div>
    </>
  );
}

/** `Entries 31 to 47 of this wallet, without a gap` */
function rangeOf({ entries, isWhole }: Page, isPicked: boolean): string {
  const first = entries[0]?.sequence ?? 0;
  const last = entries.at(-1)?.sequence ?? 0;
  const range = first === last ? `Entry ${first}` : `Entries ${first} to ${last}`;
  if (isPicked) return `${entries.length} between ${range.toLowerCase()}; the others are left out`;
  return `${range} of this wallet${isWhole ? ', without a gap' : ''}`;
}

function Nothing({ isFiltered }: { readonly isFiltered: boolean }) {
  return isFiltered ? (
    <Empty kind="none" title="No entry in this period">
      Take a filter off: what was posted before or after stands there.
    </Empty>
  ) : (
    <Empty kind="first" title="No entries yet">
      What is paid in, granted and spent stands here, numbered from 1.
    </Empty>
  );
}

function Table({
  wallet,
  page,
  isNewestFirst,
  isPicked,
}: {
  readonly wallet: Wallet;
  readonly page: Page | undefined;
  readonly isNewestFirst: boolean;
  readonly isPicked: boolean;
}) {
  const zone = useZoneName();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const entries = page?.entries ?? [];
  const names = useLotNames(
    wallet.id,
    entries.map(({ transaction }) => transaction),
  );
  const numbers = new Map(entries.map(({ transaction, sequence }) => [transaction.id, sequence]));
  const toggle = (id: string): void => {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    setOpen(next);
  };
  const rows = (isNewestFirst ? [...entries].reverse() : entries).map((entry: Entry) => (
    <EntryRow
      key={entry.transaction.id}
      entry={entry}
      currency={wallet.currency}
      names={names}
      numbers={numbers}
      isOpen={open.has(entry.transaction.id)}
      toggle={() => toggle(entry.transaction.id)}
    />
  ));
  const opening = page !== undefined && !isPicked && <Opening page={page} currency={wallet.currency} />;
  const closing = page !== undefined && !isPicked && <Closing page={page} wallet={wallet} />;
  return (
    <div className="tablewrap">
      <table className="stack statement">
        <caption className="sr">
          Statement in {wallet.currency}, {isNewestFirst ? 'newest first' : 'oldest first'}
        </caption>
        <thead>
          <tr>
            <th scope="col" className="seq">
              No.
            </th>
            <th scope="col">Posted, {zone}</th>
            <th scope="col">Entry</th>
            <th scope="col" className="lot">
              Lots
            </th>
            <th scope="col" className="num">
              Out
            </th>
            <th scope="col" className="num">
              In
            </th>
            <th scope="col" className="num">
              Balance, {wallet.currency}
            </th>
            <th scope="col" className="x">
              <span className="sr">Journal</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {page === undefined ? (
            <SkeletonRows />
          ) : isNewestFirst ? (
            <>
              {closing}
              {rows}
              {opening}
            </>
          ) : (
            <>
              {opening}
              {rows}
              {closing}
            </>
          )}
        </tbody>
      </table>
    </div>
  );
}

function Opening({ page, currency }: { readonly page: Page; readonly currency: string }) {
  const first = page.entries[0];
  return (
    <tr className="edge">
      <td className="seq" />
      <td className="when">{first !== undefined && <EntryTime at={first.transaction.created_at} />}</td>
      <th scope="row" className="what">
        {first?.sequence === 1 ? 'Opening balance' : `Brought forward from entry ${(first?.sequence ?? 1) - 1}`}
      </th>
      <td className="lot none" />
      <td className="m-out none" />
      <td className="m-in none" />
      <td className="num bal" data-l="Balance">
        {formatAmount(page.opening, currency)}
      </td>
      <td className="x" />
    </tr>
  );
}

/** The last entry of all closes the statement; any other carries its balance forward. */
function Closing({ page, wallet }: { readonly page: Page; readonly wallet: Wallet }) {
  const { currency } = wallet;
  const last = page.entries.at(-1);
  const isLast = last !== undefined && last.sequence >= wallet.entries;
  return (
    <tr className="close">
      <td className="seq" />
      <td className="when">{last !== undefined && <EntryTime at={last.transaction.created_at} />}</td>
      <th scope="row" className="what">
        {isLast ? 'Closing balance' : 'Carried forward'}
      </th>
      <td className="lot none" />
      <td className="num m-out" data-l="Out">
        <Total minor={page.totalOut} currency={currency} />
      </td>
      <td className="num m-in" data-l="In">
        <Total minor={page.totalIn} currency={currency} sign />
      </td>
      <td className="num bal" data-l="Balance">
        <Total minor={page.closing} currency={currency} />
      </td>
      <td className="x" />
    </tr>
  );
}

function SkeletonRows() {
  return Array.from({ length: 10 }, (_, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: rows that are not there yet are all alike
    <tr key={index} className="entry">
      <td className="seq" />
      <td className="when">
        <Skeleton width={80} />
      </td>
      <th scope="row" className="what">
        <Skeleton width={30 + ((index * 13) % 40)} />
      </th>
      <td className="lot none" />
      <td className="num m-out none" />
      <td className="num m-in none" />
      <td className="num bal">
        <Skeleton width={70} />
      </td>
      <td className="x" />
    </tr>
  ));
}

function ExportStatement({
  wallet,
  values,
}: {
  readonly wallet: Wallet;
  readonly values: Readonly<Record<string, string | undefined>>;
}) {
  const { received, run } = useExport();
  const as = (format: 'pdf' | 'csv') => () =>
    run({
      path: '/v1/wallets/{id}/statement',
      params: { id: wallet.id },
      query: { from: values['from'], to: values['to'], format },
      accept: format === 'pdf' ? 'application/pdf' : 'text/csv',
      filename: `statement-${wallet.account_number}.${format}`,
    });
  return (
    <Menu
      label="Export the statement"
      className="btn sm icononly"
      end
      trigger={
        <>
          <Download aria-hidden="true" />
          <span>{received === null ? 'Export' : `${Math.ceil(received / 1024)} kB…`}</span>
        </>
      }
    >
      <button type="button" onClick={as('pdf')}>
        <FileDown aria-hidden="true" />
        Statement as PDF
      </button>
      <button type="button" onClick={as('csv')}>
        <Sheet aria-hidden="true" />
        Statement as CSV
      </button>
    </Menu>
  );
}
