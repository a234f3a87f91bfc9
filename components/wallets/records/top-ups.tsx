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

type TopUp = AnswerOf<'get', '/v1/wallets/{id}/topups'>['data'][number];

const COLUMNS: readonly Column<TopUp>[] = [
  {
    id: 'number',
    head: 'Payment number',
    primary: true,
    cell: ({ payment_number: number }) => <span className="mono">{number}</span>,
  },
  {
    id: 'amount',
    head: 'Amount',
    numeric: true,
    cell: ({ amount, currency }) => <Money minor={amount} currency={currency} nil={null} />,
  },
  {
    id: 'status',
    head: 'Status',
    cell: ({ status }) => <Status of={status} {...(status === 'created' && { word: 'Not paid yet' })} />,
  },
  {
    id: 'source',
    head: 'Source',
    cell: ({ source }) => (source === 'automatic' ? 'Automatic' : 'Checkout'),
  },
  {
    id: 'tries',
    head: 'Tries',
    numeric: true,
    wide: true,
    cell: ({ attempts }) => (attempts === 0 ? <span className="nil">–</span> : attempts),
  },
  { id: 'made', head: 'Made', cell: ({ created_at }) => <Timestamp at={created_at} as="minute" /> },
];

/** How its paid money came, or did not come. */
export function TopUpRecords({ wallet }: { readonly wallet: Wallet }) {
  const href = useHref();
  const { after } = useCursor();
  const topUps = useApi('/v1/wallets/{id}/topups', { params: { id: wallet.id }, query: { after, limit: '25' } });
  return (
    <Card label="Top-ups" className="records">
      <DataTable
        caption="Top-ups of this wallet, newest first"
        columns={COLUMNS}
        rows={topUps.data?.data}
        keyOf={({ id }) => id}
        hrefOf={({ id }) => href(`/topups/${id}`)}
        error={topUps.error}
        retry={() => void topUps.refetch()}
        empty={
          <Empty kind="first" title="No top-ups">
            Send the customer a top-up link, and it stands here with what became of it.
          </Empty>
        }
      />
      {topUps.data?.data.length !== 0 && (
        <Pager count={topUps.data?.data.length} nextCursor={topUps.data?.next_cursor} of="newest first" />
      )}
    </Card>
  );
}
