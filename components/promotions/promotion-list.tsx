'use client';

import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { Card } from '@/components/patterns/card';
import { type Column, DataTable } from '@/components/patterns/data-table';
import { type Filter, FilterBar, useFilters } from '@/components/patterns/filters';
import { Money } from '@/components/patterns/money';
import { Pager, useCursor } from '@/components/patterns/pager';
import { Empty } from '@/components/patterns/states';
import { Status } from '@/components/patterns/status';
import { useClientNames } from '@/components/services/use-client-name';
import type { AnswerOf } from '@/server/http/api-types';
import { BudgetMeter } from './budget-meter';
import { CreditByDay } from './credit-by-day';
import { PromotionsHead } from './promotion-tabs';
import { promotionListRequest } from './requests';

type Promotion = AnswerOf<'get', '/v1/promotions'>['data'][number];

const FILTERS: readonly Filter[] = [
  {
    name: 'status',
    label: 'Status',
    options: [
      ['active', 'Active'],
      ['ended', 'Ended'],
    ],
  },
];

const money = (id: string, head: string, of: (promotion: Promotion) => number): Column<Promotion> => ({
  id,
  head,
  numeric: true,
  cell: (promotion) => <Money minor={of(promotion)} currency={promotion.currency} />,
});

export function PromotionList() {
  const { scope } = useConsole();
  const href = useHref();
  const nameOf = useClientNames();
  const filters = useFilters(FILTERS);
  const { after } = useCursor();
  const promotions = useApi('/v1/promotions', promotionListRequest({ ...filters.values, after }));
  const columns: readonly Column<Promotion>[] = [
    { id: 'name', head: 'Promotion', primary: true, cell: (promotion) => promotion.name },
    { id: 'code', head: 'Code', cell: (promotion) => <code>{promotion.code}</code>, wide: true },
    ...(scope.client === 'all'
      ? [{ id: 'client', head: 'Client', cell: (promotion: Promotion) => nameOf(promotion.client_code) }]
      : []),
    { id: 'currency', head: 'Currency', cell: (promotion) => promotion.currency },
    {
      id: 'lots',
      head: 'Credits',
      numeric: true,
      cell: (promotion) => promotion.lots.toLocaleString('en-GB'),
      wide: true,
    },
    money('issued', 'Issued', ({ issued }) => issued),
    money('used', 'Used', ({ used }) => used),
    money('expired', 'Expired', ({ expired, forfeited }) => expired + forfeited),
    {
      id: 'open',
      head: 'Open',
      numeric: true,
      cell: (promotion) => (
        <span className="promo">
          <Money minor={promotion.open} currency={promotion.currency} />
        </span>
      ),
    },
    {
      id: 'budget',
      head: 'Of the budget',
      cell: (promotion) => <BudgetMeter promotion={promotion} />,
      wide: true,
    },
    {
      id: 'status',
      head: 'Status',
      cell: (promotion) => <Status of={promotion.status} word={promotion.status === 'ended' ? 'Ended' : 'Active'} />,
    },
  ];
  return (
    <>
      <PromotionsHead />
      <FilterBar filters={FILTERS} {...filters} />
      <div className="stack-gap">
        <Card label="Promotions">
          <DataTable
            caption="Promotions, newest first"
            columns={columns}
            rows={promotions.data?.data}
            keyOf={(promotion) => promotion.id}
            hrefOf={(promotion) => href(`/promotions/${promotion.id}`, promotion.client_code)}
            error={promotions.error}
            retry={() => void promotions.refetch()}
            empty={
              filters.isFiltered ? (
                <Empty kind="none" title="No promotion matches">
                  Take the filter off to see the others.
                </Empty>
              ) : (
                <Empty kind="first" title="No promotions yet">
                  A promotion keeps together what a campaign issues: one credit by hand, or thousands by file.
                </Empty>
              )
            }
          />
          <Pager count={promotions.data?.data.length} nextCursor={promotions.data?.next_cursor} of="newest first" />
        </Card>
        <CreditByDay />
      </div>
    </>
  );
}
