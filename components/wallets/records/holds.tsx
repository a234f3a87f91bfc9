'use client';

import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole } from '@/components/api/scope';
import { Card } from '@/components/patterns/card';
import { CopyId } from '@/components/patterns/copy-id';
import { type Column, DataTable } from '@/components/patterns/data-table';
import { type Filter, FilterBar, useFilters } from '@/components/patterns/filters';
import { Money } from '@/components/patterns/money';
import { Pager, useCursor } from '@/components/patterns/pager';
import { Empty } from '@/components/patterns/states';
import { Status } from '@/components/patterns/status';
import { Timestamp } from '@/components/patterns/timestamp';
import type { Hold } from '../types';
import type { WalletParts } from '../wallet-page';

const FILTERS: readonly Filter[] = [
  {
    name: 'status',
    label: 'Status',
    options: [
      ['active', 'Active'],
      ['captured', 'Captured'],
      ['voided', 'Voided'],
      ['expired', 'Expired'],
    ],
  },
];

/** Money set aside: what for, what became of it, and what can still be done with it. */
export function HoldRecords({ wallet, open }: WalletParts) {
  const { me } = useConsole();
  const filters = useFilters(FILTERS);
  const { after } = useCursor();
  const holds = useApi('/v1/wallets/{id}/holds', {
    params: { id: wallet.id },
    query: { status: filters.values['status'] as 'active' | undefined, after, limit: '25' },
  });
  const mayWrite = may(me, 'wallets:write');
  const columns: readonly Column<Hold>[] = [
    {
      id: 'for',
      head: 'For',
      primary: true,
      cell: ({ description, reference, id }) => description ?? reference ?? <CopyId id={id} what="hold id" />,
    },
    {
      id: 'amount',
      head: 'Amount',
      numeric: true,
      cell: ({ amount, currency }) => <Money minor={amount} currency={currency} nil={null} />,
    },
    {
      id: 'captured',
      head: 'Captured',
      numeric: true,
      cell: ({ captured, currency }) => <Money minor={captured} currency={currency} />,
    },
    { id: 'status', head: 'Status', cell: ({ status }) => <Status of={status} /> },
    {
      id: 'reference',
      head: 'Reference',
      wide: true,
      cell: ({ reference }) => (reference === null ? <span className="nil">–</span> : <code>{reference}</code>),
    },
    { id: 'made', head: 'Made', cell: ({ created_at }) => <Timestamp at={created_at} as="minute" /> },
    { id: 'ends', head: 'Ends', cell: ({ expires_at }) => <Timestamp at={expires_at} as="minute" /> },
    ...(mayWrite
      ? [
          {
            id: 'act',
            head: <span className="sr">Actions</span>,
            className: 'acts',
            label: null,
            cell: (hold: Hold) =>
              hold.status === 'active' ? (
                <>
                  <button type="button" className="link" onClick={() => open({ what: 'capture', hold })}>
                    Capture…
                  </button>
                  <button type="button" className="link" onClick={() => open({ what: 'void', hold })}>
                    Void…
                  </button>
                </>
              ) : null,
          },
        ]
      : []),
  ];
  return (
    <>
      <FilterBar filters={FILTERS} {...filters} />
      <Card label="Holds">
        <DataTable
          caption="Holds of this wallet, newest first"
          columns={columns}
          rows={holds.data?.data}
          keyOf={({ id }) => id}
          error={holds.error}
          retry={() => void holds.refetch()}
          empty={
            <Empty
              kind={filters.isFiltered ? 'none' : 'first'}
              title={filters.isFiltered ? 'No hold matches' : 'No holds'}
            >
              {filters.isFiltered
                ? 'Take the filter off to see all of them.'
                : 'Money is set aside for something to come, then captured or given back.'}
            </Empty>
          }
        />
        {holds.data?.data.length !== 0 && (
          <Pager count={holds.data?.data.length} nextCursor={holds.data?.next_cursor} of="newest first" />
        )}
      </Card>
    </>
  );
}
