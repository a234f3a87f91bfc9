'use client';

import Link from 'next/link';
import { useApi } from '@/components/api/queries';
import { useHref } from '@/components/api/scope';
import { KINDS } from '@/components/journals/kinds';
import { Card } from '@/components/patterns/card';
import { ExportButton } from '@/components/patterns/export-button';
import { type Filter, FilterBar, useFilters } from '@/components/patterns/filters';
import { formatAmount, Total } from '@/components/patterns/money';
import { Pager, useCursor } from '@/components/patterns/pager';
import { Empty, Failed, Skeleton } from '@/components/patterns/states';
import { wordsOf } from '@/components/patterns/status';
import { Timestamp, useZoneName } from '@/components/patterns/timestamp';
import type { AccountObject } from '@/contracts/accounts';
import type { AccountEntryListObject } from '@/contracts/reports';
import { entriesRequest } from './requests';
import { sided } from './side';

type Entry = AccountEntryListObject['data'][number];

const FILTERS: readonly Filter[] = [
  { name: 'from', label: 'Posted from', type: 'date' },
  { name: 'to', label: 'Posted up to', type: 'date' },
];

/**
 * A stretch of the account's statement: entries with their numbers, in the order of the books, between the balance before
 * the first and the balance after the last. Numbers have no gap, so one page's opening balance is another's closing one.
 */
export function AccountStatement({ account }: { readonly account: AccountObject }) {
  const filters = useFilters(FILTERS);
  const { after } = useCursor();
  const request = entriesRequest(account.id, { ...filters.values, after });
  const { data, error, refetch } = useApi('/v1/accounts/{id}/entries', request);
  const period = { from: filters.values['from'], to: filters.values['to'] };
  return (
    <section aria-labelledby="h-statement">
      <h2 id="h-statement" className="sr">
        Statement
      </h2>
      <FilterBar
        filters={FILTERS}
        {...filters}
        end={
          <>
            <ExportButton
              path="/v1/accounts/{id}/statement"
              params={{ id: account.id }}
              query={period}
              filename={`statement-${account.number}.csv`}
              look="sm"
            >
              CSV
            </ExportButton>
            <ExportButton
              path="/v1/accounts/{id}/statement"
              params={{ id: account.id }}
              query={period}
              accept="application/pdf"
              filename={`statement-${account.number}.pdf`}
              look="sm"
            >
              PDF
            </ExportButton>
          </>
        }
      />
      <Card label="Statement">
        {data === undefined && (error === null ? <Loading /> : <Failed error={error} retry={() => void refetch()} />)}
        {data !== undefined && data.data.length === 0 && (
          <Empty kind={filters.isFiltered ? 'none' : 'first'} title="No entries">
            {filters.isFiltered
              ? `Nothing moved then: the balance was ${sided(data.closing_balance, data.currency)} throughout.`
              : 'The first posting stands here.'}
          </Empty>
        )}
        {data !== undefined && data.data.length > 0 && (
          <>
            <Entries list={data} />
            <Pager
              count={data.data.length}
              nextCursor={data.next_cursor}
              of={`entries ${range(data.data)}, without a gap`}
            />
          </>
        )}
      </Card>
    </section>
  );
}

function range(entries: readonly Entry[]): string {
  const first = entries.at(-1)?.sequence ?? 0;
  const last = entries[0]?.sequence ?? 0;
  return `${first.toLocaleString('en-GB')} to ${last.toLocaleString('en-GB')}`;
}

function Entries({ list }: { readonly list: AccountEntryListObject }) {
  const zone = useZoneName();
  const { currency } = list;
  const entries = [...list.data].reverse();
  const first = entries[0];
  const last = entries.at(-1);
  if (first === undefined || last === undefined) return null;
  const sum = (sign: 1 | -1): number =>
    entries.reduce((total, { amount }) => (amount * sign > 0 ? total + amount * sign : total), 0);
  return (
    <div className="tablewrap">
      <table className="statement of-account stack">
        <caption className="sr">Statement, oldest first</caption>
        <thead>
          <tr>
            <th scope="col" className="seq">
              No.
            </th>
            <th scope="col">Posted, {zone}</th>
            <th scope="col">Entry</th>
            <th scope="col" className="num">
              Debit
            </th>
            <th scope="col" className="num">
              Credit
            </th>
            <th scope="col" className="num">
              Balance, {currency}
            </th>
          </tr>
        </thead>
        <tbody>
          <tr className="edge">
            <td className="seq" />
            <td className="when" />
            <th scope="row" className="what">
              Balance before entry {first.sequence.toLocaleString('en-GB')}
            </th>
            <td className="none" />
            <td className="none" />
            <td className="num bal" data-l="Balance">
              {sided(first.balance_before, currency)}
            </td>
          </tr>
          {entries.map((entry) => (
            <EntryRow key={entry.id} entry={entry} currency={currency} />
          ))}
          <tr className="close">
            <td className="seq" />
            <td className="when" />
            <th scope="row" className="what">
              Balance after entry {last.sequence.toLocaleString('en-GB')}
            </th>
            <td className="num m-out" data-l="Debit">
              <Total minor={sum(-1)} currency={currency} />
            </td>
            <td className="num m-in" data-l="Credit">
              <Total minor={sum(1)} currency={currency} />
            </td>
            <td className="num bal" data-l="Balance">
              <span className="dr">{sided(last.balance_after, currency)}</span>
            </td>
          </tr>
        </tbody>
      </table>
    </div>
  );
}

function EntryRow({ entry, currency }: { readonly entry: Entry; readonly currency: string }) {
  const href = useHref();
  const kind = entry.type === 'drawdown' ? 'debit' : entry.type;
  const { icon: Icon, label } = KINDS[kind];
  const what = entry.part === 'principal' ? label : `${wordsOf(entry.part)} on a ${label.toLowerCase()}`;
  const amount = formatAmount(Math.abs(entry.amount), currency);
  return (
    <tr className="entry go">
      <td className="seq">{entry.sequence.toLocaleString('en-GB')}</td>
      <td className="when">
        <Timestamp at={entry.created_at} as="minute" />
      </td>
      <th scope="row" className="what">
        <div>
          <Icon className="s" aria-hidden="true" />
          <Link className="row" href={href(`/journals/${entry.journal_id}`)} prefetch={false}>
            <b>{what}</b>
          </Link>
          <span className="d cut">
            {entry.other_party !== null && (
              <>
                {entry.amount < 0 ? 'to ' : 'from '}
                {entry.other_party.name}
              </>
            )}
            {entry.description !== null && `, ${entry.description}`}
          </span>
          {entry.reversed_by !== null && <span className="reflink">undone later</span>}
        </div>
      </th>
      {entry.amount < 0 ? (
        <>
          <td className="num m-out">{amount}</td>
          <td className="none" />
        </>
      ) : (
        <>
          <td className="none" />
          <td className="num m-in">{amount}</td>
        </>
      )}
      <td className="num bal">{sided(entry.balance_after, currency)}</td>
    </tr>
  );
}

function Loading() {
  return (
    <div className="grid gap-5 p-4">
      {[70, 62, 66, 70, 58].map((width, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines that are not there yet are all alike
        <Skeleton key={index} width={width} />
      ))}
    </div>
  );
}
