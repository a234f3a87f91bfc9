'use client';

import { useApi } from '@/components/api/queries';
import { Card } from '@/components/patterns/card';
import { type Filter, FilterBar, useFilters } from '@/components/patterns/filters';
import { Pager, useCursor } from '@/components/patterns/pager';
import { Empty } from '@/components/patterns/states';
import { LotsTable } from './lots-table';
import { PromotionsHead } from './promotion-tabs';
import { lotListRequest } from './requests';

const FILTERS: readonly Filter[] = [
  {
    name: 'state',
    label: 'State',
    options: [
      ['open', 'Open'],
      ['ended', 'Ended'],
    ],
  },
  { name: 'promotion', label: 'Promotion', placeholder: 'june-loyalty' },
  { name: 'wallet', label: 'Wallet', placeholder: 'wal_…' },
  { name: 'expires_from', label: 'Expires from', type: 'date' },
  { name: 'expires_to', label: 'Expires to', type: 'date' },
];

export function LotList() {
  const filters = useFilters(FILTERS);
  const { after } = useCursor();
  const lots = useApi('/v1/promotion_lots', lotListRequest({ ...filters.values, after }));
  const isByExpiry = filters.values['expires_from'] !== undefined || filters.values['expires_to'] !== undefined;
  const order = isByExpiry ? 'soonest to end first' : 'newest first';
  return (
    <>
      <PromotionsHead />
      <FilterBar filters={FILTERS} {...filters} />
      <Card label="Credits">
        <LotsTable
          rows={lots.data?.data}
          error={lots.error}
          retry={() => void lots.refetch()}
          empty={
            filters.isFiltered ? (
              <Empty kind="none" title="No credit matches">
                Take a filter off to see others.
              </Empty>
            ) : (
              <Empty kind="first" title="No promotional credit yet">
                Each credit is a lot of its own: it is spent before or after paid money, and ends at its own time.
              </Empty>
            )
          }
        />
        <Pager count={lots.data?.data.length} nextCursor={lots.data?.next_cursor} of={order} />
      </Card>
    </>
  );
}
