'use client';

import { useApi } from '@/components/api/queries';
import { useHref } from '@/components/api/scope';
import { Card } from '@/components/patterns/card';
import { CopyId } from '@/components/patterns/copy-id';
import { type Column, DataTable } from '@/components/patterns/data-table';
import { type Filter, FilterBar, useFilters } from '@/components/patterns/filters';
import { Money } from '@/components/patterns/money';
import { PageHead } from '@/components/patterns/page-head';
import { Pager, useCursor } from '@/components/patterns/pager';
import { Empty } from '@/components/patterns/states';
import { Status } from '@/components/patterns/status';
import { Timestamp } from '@/components/patterns/timestamp';
import type { AnswerOf } from '@/server/http/api-types';
import { walletListRequest } from './list-request';

type Wallet = AnswerOf<'get', '/v1/wallets'>['data'][number];

const FILTERS: readonly Filter[] = [
  {
    name: 'status',
    label: 'Status',
    options: [
      ['active', 'Active'],
      ['frozen', 'Frozen'],
      ['closed', 'Closed'],
    ],
  },
  { name: 'currency', label: 'Currency', placeholder: 'GHS' },
  { name: 'customer_id', label: 'Customer', placeholder: 'cus_…' },
];

const COLUMNS: readonly Column<Wallet>[] = [
  { id: 'customer', head: 'Customer', primary: true, cell: (wallet) => wallet.customer_id },
  { id: 'wallet', head: 'Wallet', cell: (wallet) => <CopyId id={wallet.id} what="wallet id" />, wide: true },
  { id: 'currency', head: 'Currency', cell: (wallet) => wallet.currency },
  {
    id: 'available',
    head: 'Available',
    numeric: true,
    cell: (wallet) => <Money minor={wallet.available} currency={wallet.currency} nil={null} />,
  },
  {
    id: 'held',
    head: 'Held',
    numeric: true,
    cell: (wallet) => <Money minor={wallet.held} currency={wallet.currency} />,
  },
  {
    id: 'promotional',
    head: 'Promotional',
    numeric: true,
    cell: (wallet) => (
      <span className="promo">
        <Money minor={wallet.promotional} currency={wallet.currency} />
      </span>
    ),
  },
  { id: 'status', head: 'Status', cell: (wallet) => <Status of={wallet.status} /> },
  { id: 'created', head: 'Opened', cell: (wallet) => <Timestamp at={wallet.created_at} /> },
];

export function WalletList() {
  const href = useHref();
  const filters = useFilters(FILTERS);
  const { after } = useCursor();
  const wallets = useApi('/v1/wallets', walletListRequest({ ...filters.values, after }));
  return (
    <>
      <PageHead title="Wallets" />
      <FilterBar filters={FILTERS} {...filters} />
      <Card label="Wallets">
        <DataTable
          caption="Wallets, newest first"
          columns={COLUMNS}
          rows={wallets.data?.data}
          keyOf={(wallet) => wallet.id}
          hrefOf={(wallet) => href(`/wallets/${wallet.id}`)}
          error={wallets.error}
          retry={() => void wallets.refetch()}
          empty={
            filters.isFiltered ? (
              <Empty kind="none" title="No wallet matches">
                Take a filter off, or look for the customer’s name with ⌘K.
              </Empty>
            ) : (
              <Empty kind="first" title="No wallets yet">
                A wallet is opened for a customer in one currency, here or with POST /v1/wallets.
              </Empty>
            )
          }
        />
        <Pager count={wallets.data?.data.length} nextCursor={wallets.data?.next_cursor} of="newest first" />
      </Card>
    </>
  );
}
