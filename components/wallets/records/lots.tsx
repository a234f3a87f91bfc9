'use client';

import { useApi } from '@/components/api/queries';
import { useHref } from '@/components/api/scope';
import { Card } from '@/components/patterns/card';
import { type Column, DataTable } from '@/components/patterns/data-table';
import { type Filter, FilterBar, useFilters } from '@/components/patterns/filters';
import { Money } from '@/components/patterns/money';
import { Pager, useCursor } from '@/components/patterns/pager';
import { Empty } from '@/components/patterns/states';
import { Status } from '@/components/patterns/status';
import { Timestamp } from '@/components/patterns/timestamp';
import type { AnswerOf } from '@/server/http/api-types';
import { lotName } from '../lot-name';
import { Promotional } from '../promotional';
import type { Wallet } from '../types';

type Lot = AnswerOf<'get', '/v1/promotion_lots'>['data'][number];

const FILTERS: readonly Filter[] = [
  {
    name: 'state',
    label: 'State',
    options: [
      ['open', 'Open'],
      ['ended', 'Ended'],
    ],
  },
];

const money = (id: string, head: string, of: (lot: Lot) => number): Column<Lot> => ({
  id,
  head,
  numeric: true,
  cell: (lot) => <Money minor={of(lot)} currency={lot.currency} />,
});

const COLUMNS: readonly Column<Lot>[] = [
  { id: 'lot', head: 'Lot', primary: true, cell: (lot) => lot.promotion_code ?? lotName(lot, lot.id) },
  money('granted', 'Granted', ({ granted }) => granted),
  money('used', 'Used', ({ used }) => used),
  money('expired', 'Expired', ({ expired }) => expired),
  money('forfeited', 'Forfeited', ({ forfeited }) => forfeited),
  {
    id: 'left',
    head: 'Left',
    numeric: true,
    cell: ({ remaining, held, currency }) => <Promotional minor={remaining + held} currency={currency} />,
  },
  { id: 'state', head: 'State', cell: ({ state }) => <Status of={state} word={state === 'open' ? 'Open' : 'Ended'} /> },
  {
    id: 'ends',
    head: 'Ends',
    cell: ({ expires_at: at }) =>
      at === null ? <span className="dim">never</span> : <Timestamp at={at} as="minute" />,
  },
];

/** Every credit this wallet was ever granted, and what became of it. */
export function LotRecords({ wallet }: { readonly wallet: Wallet }) {
  const href = useHref();
  const filters = useFilters(FILTERS);
  const { after } = useCursor();
  const lots = useApi('/v1/promotion_lots', {
    query: { wallet: wallet.id, state: filters.values['state'] as 'open' | undefined, after, limit: '25' },
  });
  return (
    <>
      <FilterBar filters={FILTERS} {...filters} />
      <Card label="Lots">
        <DataTable
          caption="Promotional lots of this wallet, newest first"
          columns={COLUMNS}
          rows={lots.data?.data}
          keyOf={({ id }) => id}
          hrefOf={({ journal_id }) => href(`/journals/${journal_id}`)}
          error={lots.error}
          retry={() => void lots.refetch()}
          empty={
            <Empty kind={filters.isFiltered ? 'none' : 'first'} title="No promotional lots">
              {filters.isFiltered ? 'Take the filter off to see all of them.' : 'Credit that is granted stands here.'}
            </Empty>
          }
        />
        {lots.data?.data.length !== 0 && (
          <Pager count={lots.data?.data.length} nextCursor={lots.data?.next_cursor} of="newest first" />
        )}
      </Card>
    </>
  );
}
