'use client';

import { useApi } from '@/components/api/queries';
import { useHref } from '@/components/api/scope';
import { Card } from '@/components/patterns/card';
import { type Column, DataTable } from '@/components/patterns/data-table';
import { Money } from '@/components/patterns/money';
import { Pager, useCursor } from '@/components/patterns/pager';
import { Empty } from '@/components/patterns/states';
import { Status } from '@/components/patterns/status';
import { Timestamp } from '@/components/patterns/timestamp';
import type { AnswerOf } from '@/server/http/api-types';
import type { Wallet } from '../types';

type Refund = AnswerOf<'get', '/v1/refunds'>['data'][number];

const COLUMNS: readonly Column<Refund>[] = [
  { id: 'reason', head: 'Why', primary: true, cell: ({ reason }) => reason },
  {
    id: 'amount',
    head: 'Amount',
    numeric: true,
    cell: ({ amount, currency }) => <Money minor={amount} currency={currency} nil={null} />,
  },
  { id: 'status', head: 'Status', cell: ({ status }) => <Status of={status} /> },
  {
    id: 'method',
    head: 'How',
    cell: ({ method }) => (method === 'recorded' ? 'Paid outside' : 'By the provider'),
  },
  { id: 'made', head: 'Made', cell: ({ created_at }) => <Timestamp at={created_at} as="minute" /> },
];

export function RefundRecords({ wallet }: { readonly wallet: Wallet }) {
  const href = useHref();
  const { after } = useCursor();
  const refunds = useApi('/v1/refunds', { query: { wallet_id: wallet.id, after, limit: '25' } });
  return (
    <Card label="Refunds" className="records">
      <DataTable
        caption="Refunds out of this wallet, newest first"
        columns={COLUMNS}
        rows={refunds.data?.data}
        keyOf={({ id }) => id}
        hrefOf={({ id }) => href(`/refunds/${id}`)}
        error={refunds.error}
        retry={() => void refunds.refetch()}
        empty={
          <Empty kind="first" title="No refunds">
            Paid money that is given back stands here, with where it went.
          </Empty>
        }
      />
      {refunds.data?.data.length !== 0 && (
        <Pager count={refunds.data?.data.length} nextCursor={refunds.data?.next_cursor} of="newest first" />
      )}
    </Card>
  );
}
