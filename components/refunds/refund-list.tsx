'use client';

import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { ChooseClient } from '@/components/console/choose-client';
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
import { PaymentTabs } from '@/components/payments/list-tabs';
import { type ListedRefund, refundListRequest } from './request';
import { wayOf } from './sentence';

const FILTERS: readonly Filter[] = [
  {
    name: 'status',
    label: 'Status',
    options: [
      ['pending', 'Pending'],
      ['submitted', 'Submitted'],
      ['in_reconciliation', 'Not known yet'],
      ['succeeded', 'Succeeded'],
      ['failed', 'Failed'],
    ],
  },
  {
    name: 'method',
    label: 'Method',
    options: [
      ['provider', 'Through a provider'],
      ['recorded', 'Paid outside'],
    ],
  },
  { name: 'payment', label: 'Payment', placeholder: 'pay_… or its reference' },
  { name: 'wallet_id', label: 'Wallet', placeholder: 'wal_…' },
];

const COLUMNS: readonly Column<ListedRefund>[] = [
  {
    id: 'reference',
    head: 'Reference',
    primary: true,
    cell: (refund) => <code>{refund.reference}</code>,
    className: 'pay-ref',
  },
  {
    id: 'amount',
    head: 'Amount',
    numeric: true,
    className: 'c-amount',
    cell: (refund) => <Money minor={refund.amount} currency={refund.currency} code />,
  },
  { id: 'status', head: 'Status', className: 'c-status', cell: (refund) => <Status of={refund.status} /> },
  { id: 'way', head: 'How', className: 'c-how', cell: (refund) => wayOf(refund) },
  {
    id: 'payment',
    head: 'Payment',
    wide: true,
    cell: ({ payment_id }) =>
      payment_id === null ? <span className="nil">–</span> : <CopyId id={payment_id} what="payment id" />,
  },
  { id: 'reason', head: 'Reason', wide: true, className: 'pay-long', cell: (refund) => refund.reason },
  { id: 'created', head: 'Made', className: 'c-when', cell: (refund) => <Timestamp at={refund.created_at} /> },
];

export function RefundList() {
  const { scope } = useConsole();
  return scope.client === 'all' ? <ChooseClient title="Refunds" what="Refunds" /> : <OfClient />;
}

function OfClient() {
  const href = useHref();
  const filters = useFilters(FILTERS);
  const { after } = useCursor();
  const refunds = useApi('/v1/refunds', refundListRequest({ ...filters.values, after }));
  return (
    <>
      <PageHead title="Refunds" />
      <PaymentTabs />
      <FilterBar filters={FILTERS} {...filters} />
      <Card label="Refunds">
        <DataTable
          caption="Refunds, newest first"
          layout="pay-cards"
          columns={COLUMNS}
          rows={refunds.data?.data}
          keyOf={(refund) => refund.id}
          hrefOf={(refund) => href(`/refunds/${refund.id}`)}
          error={refunds.error}
          retry={() => void refunds.refetch()}
          empty={
            filters.isFiltered ? (
              <Empty kind="none" title="No refund matches">
                Take a filter off.
              </Empty>
            ) : (
              <Empty kind="first" title="No refunds yet">
                A refund begins on the page of the payment that is given back.
              </Empty>
            )
          }
        />
        {refunds.data?.data.length !== 0 && (
          <Pager count={refunds.data?.data.length} nextCursor={refunds.data?.next_cursor} of="newest first" />
        )}
      </Card>
    </>
  );
}
