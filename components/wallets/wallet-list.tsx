'use client';

import { Snowflake } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { BulkBar } from '@/components/patterns/bulk-bar';
import { Card } from '@/components/patterns/card';
import { useColumns } from '@/components/patterns/columns';
import { CopyId } from '@/components/patterns/copy-id';
import { type Column, DataTable } from '@/components/patterns/data-table';
import { ExportButton } from '@/components/patterns/export-button';
import { type Filter, FilterBar, type FilterValues, useFilters } from '@/components/patterns/filters';
import { Money } from '@/components/patterns/money';
import { PageHead } from '@/components/patterns/page-head';
import { Pager, useCursor } from '@/components/patterns/pager';
import { Empty } from '@/components/patterns/states';
import { Status } from '@/components/patterns/status';
import { Tabs } from '@/components/patterns/tabs';
import { Timestamp } from '@/components/patterns/timestamp';
import { useSelection } from '@/components/patterns/use-selection';
import { walletFilter, walletListRequest } from './list-request';
import { Promotional } from './promotional';
import { SelectedExport } from './selected-export';
import { sumsInWords } from './sums';
import type { ListedWallet } from './types';

const CreateWallet = dynamic(() => import('./dialogs/create-wallet').then((file) => file.CreateWallet), { ssr: false });
const FreezeSeveral = dynamic(() => import('./dialogs/freeze-several').then((file) => file.FreezeSeveral), {
  ssr: false,
});

const FILTERS: readonly Filter[] = [
  {
    name: 'status',
    label: 'Status',
    options: [
      ['active', 'Active'],
      ['frozen', 'Frozen'],
      ['inactive', 'Inactive'],
      ['closed', 'Closed'],
    ],
  },
  {
    name: 'view',
    label: 'View',
    options: [
      ['refund_due', 'Refund due'],
      ['below_zero', 'Below zero'],
      ['credit_ending', 'Credit ending this week'],
    ],
  },
  { name: 'currency', label: 'Currency', placeholder: 'GHS' },
  { name: 'customer_id', label: 'Customer', placeholder: 'cus_…' },
];

const NAME: Column<ListedWallet> = {
  id: 'customer',
  head: 'Customer',
  primary: true,
  cell: (wallet) => wallet.customer_name ?? wallet.customer_id,
};
const CLIENT: Column<ListedWallet> = {
  id: 'client',
  head: 'Client',
  className: 'by',
  label: null,
  cell: (wallet) => wallet.client?.name ?? '',
};
const REST: readonly Column<ListedWallet>[] = [
  { id: 'wallet', head: 'Wallet', className: 'wid', cell: ({ id }) => <CopyId id={id} what="wallet id" /> },
  { id: 'currency', head: 'Currency', className: 'cur dim', cell: ({ currency }) => currency },
  {
    id: 'available',
    head: 'Available',
    numeric: true,
    className: 'avail',
    label: null,
    cell: ({ available, currency }) => (
      <>
        <small>{currency} </small>
        <Money minor={available} currency={currency} nil={null} />
      </>
    ),
  },
  {
    id: 'held',
    head: 'Held',
    numeric: true,
    className: 'held',
    cell: ({ held, currency }) => <Money minor={held} currency={currency} />,
  },
  {
    id: 'promotional',
    head: 'Promotional',
    numeric: true,
    className: 'prom',
    cell: ({ promotional, currency }) => <Promotional minor={promotional} currency={currency} />,
  },
  { id: 'status', head: 'Status', className: 'st', label: null, cell: ({ status }) => <Status of={status} /> },
  {
    id: 'last',
    head: 'Last activity',
    className: 'last dim',
    label: null,
    cell: ({ last_entry_at: at }) => (at === null ? 'never' : <Timestamp at={at} />),
  },
  {
    id: 'opened',
    head: 'Opened',
    className: 'opened dim',
    wide: true,
    cell: ({ created_at }) => <Timestamp at={created_at} />,
  },
];
const DUE: Column<ListedWallet> = {
  id: 'due',
  head: 'Refund due',
  numeric: true,
  className: 'held',
  cell: ({ refund_due: due, currency }) => <Money minor={due ?? 0} currency={currency} />,
};

export function WalletList() {
  const { me, scope } = useConsole();
  const href = useHref();
  const filters = useFilters(FILTERS);
  const { after } = useCursor();
  const request = walletListRequest({ ...filters.values, after }, scope);
  const wallets = useApi('/v1/wallets', request);
  const { columns, chooser } = useColumns(columnsOf(scope.client === 'all', filters.values['view']));
  const selection = useSelection(JSON.stringify(request));
  const [dialog, setDialog] = useState<'create' | 'freeze' | null>(null);
  const rows = wallets.data?.data;
  const picked = (rows ?? []).filter(({ id }) => selection.selected.has(id));
  const freezable = picked.filter(({ status }) => status === 'active');
  const mayCreate = may(me, 'wallets:write');
  const create = mayCreate && (
    <button type="button" className="btn primary" onClick={() => setDialog('create')}>
      Create wallet
    </button>
  );
  return (
    <>
      <PageHead
        title="Wallets"
        sub="What customers have with you, one wallet each in every currency."
        actions={
          <>
            <ExportButton
              path="/v1/wallets"
              query={{ ...walletFilter(filters.values, scope), format: 'csv' }}
              filename="wallets.csv"
            />
            {create}
          </>
        }
      />
      <SavedViews values={filters.values} />
      <FilterBar filters={FILTERS} {...filters} end={chooser} />
      <Card label="Wallets">
        <DataTable
          caption="Wallets, newest first"
          layout="wallets"
          columns={columns}
          rows={rows}
          keyOf={({ id }) => id}
          hrefOf={({ id, client }) => href(`/wallets/${id}`, client?.code)}
          nameOf={(wallet) => `${wallet.customer_name ?? wallet.customer_id}, ${wallet.currency}`}
          selection={selection}
          error={wallets.error}
          retry={() => void wallets.refetch()}
          skeletonRows={12}
          empty={<NoWallets values={filters.values} isFiltered={filters.isFiltered} action={create} />}
        />
        {rows?.length !== 0 && (
          <Pager count={rows?.length} nextCursor={wallets.data?.next_cursor} of="newest wallet first" />
        )}
      </Card>
      <BulkBar
        count={picked.length}
        note={
          picked.length === 0
            ? ''
            : `available ${sumsInWords(picked.map(({ available, currency }) => ({ minor: available, currency })))}`
        }
        clear={selection.clear}
      >
        {may(me, 'wallets:status') && freezable.length > 0 && (
          <button type="button" className="btn" onClick={() => setDialog('freeze')}>
            <Snowflake aria-hidden="true" />
            <span>
              Freeze {freezable.length}
              <i> {freezable.length === 1 ? 'wallet' : 'wallets'}</i>…
            </span>
          </button>
        )}
        <SelectedExport wallets={picked} />
      </BulkBar>
      {dialog === 'create' && <CreateWallet close={() => setDialog(null)} />}
      {dialog === 'freeze' && (
        <FreezeSeveral
          wallets={freezable}
          skipped={picked.length - freezable.length}
          close={() => setDialog(null)}
          done={selection.clear}
        />
      )}
    </>
  );
}

function columnsOf(isAll: boolean, view: string | undefined): readonly Column<ListedWallet>[] {
  const rest = view === 'refund_due' ? REST.map((column) => (column.id === 'held' ? DUE : column)) : REST;
  return isAll ? [NAME, CLIENT, ...rest] : [NAME, ...rest];
}

/** Each an address; what else is filtered stays behind. */
function SavedViews({ values }: { readonly values: FilterValues }) {
  const href = useHref();
  const at = (query: string) => href(`/wallets${query}`);
  const { status, view } = values;
  return (
    <Tabs
      label="Saved views"
      tabs={[
        { label: 'All', href: at(''), current: view === undefined && status !== 'frozen' },
        { label: 'Frozen', href: at('?status=frozen'), current: view === undefined && status === 'frozen' },
        { label: 'Refund due', href: at('?view=refund_due'), current: view === 'refund_due' },
        { label: 'Below zero', href: at('?view=below_zero'), current: view === 'below_zero' },
        { label: 'Credit ending this week', href: at('?view=credit_ending'), current: view === 'credit_ending' },
      ]}
    />
  );
}

const NOTHING: Readonly<Record<string, readonly [string, string]>> = {
  refund_due: ['Nobody is owed a refund', 'Closed wallets whose paid money has not been given back would stand here.'],
  below_zero: ['No wallet is below zero', 'A payment that a provider takes back can leave one there.'],
  credit_ending: [
    'No credit ends this week',
    'Wallets whose promotional credit ends within seven days would stand here.',
  ],
};

function NoWallets({
  values,
  isFiltered,
  action,
}: {
  readonly values: FilterValues;
  readonly isFiltered: boolean;
  readonly action: React.ReactNode;
}) {
  const nothing = NOTHING[values['view'] ?? ''];
  const others = Object.entries(values).filter(([name, value]) => value !== undefined && name !== 'view');
  if (nothing !== undefined && others.length === 0) {
    return (
      <Empty kind="none" title={nothing[0]}>
        {nothing[1]}
      </Empty>
    );
  }
  if (isFiltered) {
    return (
      <Empty kind="none" title="No wallet matches">
        Take a filter off, or look for the customer’s name with ⌘K.
      </Empty>
    );
  }
  return (
    <Empty kind="first" title="No wallets yet" action={action}>
      A wallet is opened for a customer in one currency, here or with POST /v1/wallets.
    </Empty>
  );
}
