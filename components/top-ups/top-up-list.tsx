'use client';

import { useApi } from '@/components/api/queries';
import { useHref } from '@/components/api/scope';
import { useClientNames } from '@/components/home/use-client-names';
import { Card } from '@/components/patterns/card';
import { type Column, DataTable } from '@/components/patterns/data-table';
import { type Filter, FilterBar, useFilters } from '@/components/patterns/filters';
import { Money } from '@/components/patterns/money';
import { PageHead } from '@/components/patterns/page-head';
import { Pager, useCursor } from '@/components/patterns/pager';
import { Empty } from '@/components/patterns/states';
import { Status } from '@/components/patterns/status';
import { Timestamp } from '@/components/patterns/timestamp';
import { FindField } from '@/components/payments/find-field';
import { PaymentTabs } from '@/components/payments/list-tabs';
import { type ListedTopUp, topUpListRequest } from './request';

const FILTERS: readonly Filter[] = [
  {
    name: 'status',
    label: 'Status',
    options: [
      ['created', 'Not paid yet'],
      ['pending', 'Pending'],
      ['in_reconciliation', 'Not known yet'],
      ['succeeded', 'Succeeded'],
      ['failed', 'Failed'],
      ['refunded', 'Refunded'],
      ['canceled', 'Canceled'],
      ['expired', 'Expired'],
    ],
  },
  { name: 'customer_id', label: 'Customer', placeholder: 'cus_…' },
  { name: 'wallet_id', label: 'Wallet', placeholder: 'wal_…' },
  { name: 'from', label: 'From', type: 'date' },
  { name: 'to', label: 'To', type: 'date' },
];

/** What a customer reads out on the phone. */
const NUMBER: Filter = { name: 'payment_number', label: 'Payment number' };
const ALL_FILTERS = [...FILTERS, NUMBER];

const OPEN: ReadonlySet<string> = new Set(['created', 'failed']);

const COLUMNS: readonly Column<ListedTopUp>[] = [
  {
    id: 'who',
    head: 'Customer',
    primary: true,
    cell: ({ customer_name, customer_id }) => customer_name ?? customer_id,
  },
  {
    id: 'amount',
    head: 'Amount',
    numeric: true,
    className: 'c-amount',
    cell: (topUp) => <Money minor={topUp.amount} currency={topUp.currency} code />,
  },
  {
    id: 'status',
    head: 'Status',
    className: 'c-status',
    cell: ({ status }) => <Status of={status} {...(status === 'created' && { word: 'Not paid yet' })} />,
  },
  {
    id: 'number',
    head: 'Payment number',
    className: 'c-how',
    cell: ({ payment_number }) => <code>{payment_number}</code>,
  },
  {
    id: 'tries',
    head: 'Tries',
    numeric: true,
    cell: ({ attempts }) => (attempts === 0 ? <span className="nil">–</span> : attempts),
  },
  {
    id: 'source',
    head: 'Source',
    wide: true,
    cell: ({ source }) => (source === 'automatic' ? 'Automatic' : 'Checkout'),
  },
  {
    id: 'expires',
    head: 'Link works',
    wide: true,
    cell: ({ status, source, expires_at }) =>
      source === 'checkout' && OPEN.has(status) ? (
        <>
          until <Timestamp at={expires_at} as="minute" />
        </>
      ) : (
        <span className="nil">–</span>
      ),
  },
  { id: 'created', head: 'Made', className: 'c-when', cell: (topUp) => <Timestamp at={topUp.created_at} /> },
];

/** Over all clients each row says whose it is. */
function columnsOf(nameOf: ((code: string) => string) | null): readonly Column<ListedTopUp>[] {
  if (nameOf === null) return COLUMNS;
  const client: Column<ListedTopUp> = { id: 'client', head: 'Client', cell: ({ client_code }) => nameOf(client_code) };
  return [...COLUMNS.slice(0, 1), client, ...COLUMNS.slice(1)];
}

export function TopUpList() {
  const nameOf = useClientNames();
  const href = useHref();
  const filters = useFilters(ALL_FILTERS);
  const { after } = useCursor();
  const topUps = useApi('/v1/topups', topUpListRequest({ ...filters.values, after }));
  return (
    <>
      <PageHead title="Top-ups" />
      <PaymentTabs />
      <FilterBar
        {...filters}
        filters={FILTERS}
        end={
          <FindField
            key={filters.values['payment_number'] ?? ''}
            label={NUMBER.label}
            value={filters.values['payment_number']}
            find={(text) => filters.set('payment_number', text)}
          />
        }
      />
      <Card label="Top-ups">
        <DataTable
          caption="Top-ups, newest first"
          layout="pay-cards"
          columns={columnsOf(nameOf)}
          rows={topUps.data?.data}
          keyOf={(topUp) => topUp.id}
          hrefOf={(topUp) => href(`/topups/${topUp.id}`, topUp.client_code)}
          error={topUps.error}
          retry={() => void topUps.refetch()}
          empty={
            filters.isFiltered ? (
              <Empty kind="none" title="No top-up matches">
                Take a filter off. The payment number is on the customer’s checkout and receipt.
              </Empty>
            ) : (
              <Empty kind="first" title="No top-ups yet">
                Make a top-up link on a wallet’s page, or with POST /v1/wallets/{'{id}'}/topups.
              </Empty>
            )
          }
        />
        {topUps.data?.data.length !== 0 && (
          <Pager count={topUps.data?.data.length} nextCursor={topUps.data?.next_cursor} of="newest first" />
        )}
      </Card>
    </>
  );
}
