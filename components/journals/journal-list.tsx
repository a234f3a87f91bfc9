'use client';

import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { ClientName } from '@/components/console/client-name';
import { Card } from '@/components/patterns/card';
import { useColumns } from '@/components/patterns/columns';
import { type Column, DataTable } from '@/components/patterns/data-table';
import { type Filter, FilterBar, useFilters } from '@/components/patterns/filters';
import { Money } from '@/components/patterns/money';
import { PageHead } from '@/components/patterns/page-head';
import { Pager, useCursor } from '@/components/patterns/pager';
import { Empty } from '@/components/patterns/states';
import { Timestamp } from '@/components/patterns/timestamp';
import type { JournalSummaryObject } from '@/contracts/journals';
import { KIND_OPTIONS, KINDS } from './kinds';
import { journalListRequest } from './list-request';
import { titleOf } from './sentence';

type Journal = JournalSummaryObject;

const FILTERS: readonly Filter[] = [
  { name: 'kind', label: 'Event', options: KIND_OPTIONS },
  { name: 'account', label: 'Account', placeholder: '10000110 or act_…' },
  { name: 'wallet', label: 'Wallet', placeholder: 'wal_…' },
  { name: 'customer', label: 'Customer', placeholder: 'cus_…' },
  { name: 'from', label: 'Posted from', type: 'date' },
  { name: 'to', label: 'Posted up to', type: 'date' },
  { name: 'reference', label: 'Reference', placeholder: 'exactly as it was sent' },
  { name: 'payment', label: 'Payment', placeholder: 'pay_…' },
  { name: 'currency', label: 'Currency', placeholder: 'GHS' },
  { name: 'min_amount', label: 'Amount from', placeholder: '100.00' },
  { name: 'max_amount', label: 'Amount to', placeholder: '500.00' },
];

const COLUMNS: readonly Column<Journal>[] = [
  { id: 'posted', head: 'Posted', cell: ({ posted_at }) => <Timestamp at={posted_at} />, className: 'j-when' },
  { id: 'event', head: 'Event', cell: (journal) => <Event journal={journal} />, className: 'j-ev' },
  { id: 'title', head: 'What happened', primary: true, cell: (journal) => titleOf(journal), className: 'j-what' },
  { id: 'for', head: 'For', cell: ({ description }) => description ?? <Nil />, className: 'j-for', wide: true },
  {
    id: 'reference',
    head: 'Reference',
    cell: ({ reference }) => (reference === null ? <Nil /> : <code title={reference}>{reference}</code>),
    className: 'j-ref',
    wide: true,
  },
];

const CLIENT: Column<Journal> = {
  id: 'client',
  head: 'Client',
  cell: ({ client_code }) => <ClientName code={client_code} />,
  className: 'j-cl',
};

const FIGURES: readonly Column<Journal>[] = [
  {
    id: 'fee',
    head: 'Fee and tax',
    numeric: true,
    wide: true,
    cell: ({ fee, tax, currency }) => <Money minor={fee + tax} currency={currency} />,
  },
  {
    id: 'amount',
    head: 'Amount',
    numeric: true,
    className: 'j-amt',
    cell: ({ amount, currency, reversed_by }) => (
      <span className={reversed_by === null ? undefined : 'undone'}>
        <Money minor={amount} currency={currency} code nil={null} />
      </span>
    ),
  },
];

export function JournalList() {
  const { scope } = useConsole();
  const href = useHref();
  const filters = useFilters(FILTERS);
  const { after } = useCursor();
  const journals = useApi('/v1/journals', journalListRequest({ ...filters.values, after }));
  const every = scope.client === 'all';
  const { columns, chooser } = useColumns([...COLUMNS, ...(every ? [CLIENT] : []), ...FIGURES]);
  return (
    <>
      <PageHead title="Journals" sub="Every event in the books: what, whose, how much." />
      <FilterBar filters={FILTERS} {...filters} end={chooser} />
      <Card label="Journals" className="journals">
        <DataTable
          caption="Journals, newest first"
          columns={columns}
          rows={journals.data?.data}
          keyOf={(journal) => journal.id}
          hrefOf={(journal) => href(`/journals/${journal.id}`, every ? journal.client_code : undefined)}
          error={journals.error}
          retry={() => void journals.refetch()}
          empty={<Nothing isFiltered={filters.isFiltered} hasMore={journals.data?.has_more === true} />}
        />
        <Pager count={journals.data?.data.length} nextCursor={journals.data?.next_cursor} of="newest first" />
      </Card>
    </>
  );
}

function Nothing({ isFiltered, hasMore }: { readonly isFiltered: boolean; readonly hasMore: boolean }) {
  if (hasMore) {
    return (
      <Empty kind="none" title="Nothing on this page">
        An amount alone is looked for a stretch of the books at a time. Go on with Older.
      </Empty>
    );
  }
  return isFiltered ? (
    <Empty kind="none" title="No journal matches">
      Take a filter off. References and amounts are looked for exactly as they are given.
    </Empty>
  ) : (
    <Empty kind="first" title="Nothing was posted yet">
      The first top-up, debit or credit makes the first journal.
    </Empty>
  );
}

function Event({ journal: { kind, reversed_by } }: { readonly journal: Journal }) {
  const { icon: Icon, label } = KINDS[kind];
  return (
    <span className="evt">
      <Icon className={kind === 'credit' || kind === 'expiry' ? 's gold' : 's'} aria-hidden="true" />
      {label}
      {reversed_by !== null && <span className="dim small">undone</span>}
    </span>
  );
}

function Nil() {
  return <span className="nil">–</span>;
}
