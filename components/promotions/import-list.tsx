'use client';

import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { Card } from '@/components/patterns/card';
import { type Column, DataTable } from '@/components/patterns/data-table';
import { type Filter, FilterBar, useFilters } from '@/components/patterns/filters';
import { formatMoney } from '@/components/patterns/money';
import { Pager, useCursor } from '@/components/patterns/pager';
import { Empty } from '@/components/patterns/states';
import { Timestamp } from '@/components/patterns/timestamp';
import { useClientNames } from '@/components/services/use-client-name';
import type { AnswerOf } from '@/server/http/api-types';
import { ImportStatus } from './import-status';
import { PromotionsHead } from './promotion-tabs';
import { importListRequest } from './requests';

type Import = AnswerOf<'get', '/v1/promotion_imports'>['data'][number];

const FILTERS: readonly Filter[] = [
  {
    name: 'state',
    label: 'State',
    options: [
      ['checked', 'Checked, not issued'],
      ['issuing', 'Being issued'],
      ['done', 'Done'],
      ['stopped', 'Stopped'],
      ['discarded', 'Discarded'],
    ],
  },
];

export function ImportList() {
  const { scope } = useConsole();
  const href = useHref();
  const nameOf = useClientNames();
  const filters = useFilters(FILTERS);
  const { after } = useCursor();
  const imports = useApi('/v1/promotion_imports', importListRequest({ ...filters.values, after }));
  const count = (id: string, head: string, of: (one: Import) => number): Column<Import> => ({
    id,
    head,
    numeric: true,
    cell: (one) => (of(one) === 0 ? <span className="nil">–</span> : of(one).toLocaleString('en-GB')),
  });
  const columns: readonly Column<Import>[] = [
    { id: 'file', head: 'File', primary: true, cell: (one) => one.file_name ?? one.description },
    ...(scope.client === 'all'
      ? [{ id: 'client', head: 'Client', cell: (one: Import) => nameOf(one.client_code) }]
      : []),
    {
      id: 'promotion',
      head: 'Promotion',
      cell: (one) =>
        one.promotion_code === null ? <span className="nil">none</span> : <code>{one.promotion_code}</code>,
    },
    count('rows', 'Rows', ({ counts }) => counts.total),
    count('issued', 'Issued', ({ counts }) => counts.issued),
    count('refused', 'Refused or failed', ({ counts }) => counts.refused + counts.failed),
    {
      id: 'amount',
      head: 'Amount',
      numeric: true,
      cell: (one) => (
        <span className="promo">
          {one.totals.map(({ amount, currency }) => formatMoney(amount, currency)).join(', ') || '–'}
        </span>
      ),
    },
    { id: 'state', head: 'State', cell: (one) => <ImportStatus of={one} /> },
    { id: 'by', head: 'Uploaded by', cell: (one) => one.created_by ?? <span className="nil">–</span>, wide: true },
    { id: 'at', head: 'Uploaded', cell: (one) => <Timestamp at={one.created_at} /> },
  ];
  return (
    <>
      <PromotionsHead />
      <FilterBar filters={FILTERS} {...filters} />
      <Card label="Files">
        <DataTable
          caption="Files of credits, newest first"
          columns={columns}
          rows={imports.data?.data}
          keyOf={(one) => one.id}
          hrefOf={(one) => href(`/promotions/imports/${one.id}`, one.client_code)}
          error={imports.error}
          retry={() => void imports.refetch()}
          empty={
            filters.isFiltered ? (
              <Empty kind="none" title="No file matches">
                Take the filter off to see the others.
              </Empty>
            ) : (
              <Empty kind="first" title="No files yet">
                A file credits thousands of wallets at once. A dry run shows first what it would do, and what is wrong
                with it.
              </Empty>
            )
          }
        />
        <Pager count={imports.data?.data.length} nextCursor={imports.data?.next_cursor} of="newest first" />
      </Card>
    </>
  );
}
