'use client';

import { FileUp } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { Card } from '@/components/patterns/card';
import { type Column, DataTable } from '@/components/patterns/data-table';
import { type Filter, FilterBar, useFilters } from '@/components/patterns/filters';
import { PageHead } from '@/components/patterns/page-head';
import { Pager, useCursor } from '@/components/patterns/pager';
import { Empty } from '@/components/patterns/states';
import { Status } from '@/components/patterns/status';
import { Timestamp } from '@/components/patterns/timestamp';
import { PROVIDER_OPTIONS, providerName } from '@/components/payments/names';
import { importListRequest, type ListedReconciliation } from './request';
import { daysOf } from './words';

const ImportDialog = dynamic(() => import('./import-dialog').then(({ ImportDialog: dialog }) => dialog));

const FILTERS: readonly Filter[] = [
  { name: 'provider', label: 'Provider', options: PROVIDER_OPTIONS },
  {
    name: 'open',
    label: 'Breaks',
    options: [
      ['true', 'Waiting for an answer'],
      ['false', 'None open'],
    ],
  },
];

const COLUMNS: readonly Column<ListedReconciliation>[] = [
  {
    id: 'statement',
    head: 'Statement',
    primary: true,
    cell: (statement) => `${providerName(statement.provider)}, ${daysOf(statement)}`,
  },
  {
    id: 'breaks',
    head: 'Breaks',
    className: 'c-status',
    cell: ({ breaks, open_breaks: open }) =>
      open > 0 ? (
        <Status of="pending" word={`${open} of ${breaks} open`} />
      ) : (
        <Status of="matched" word={breaks === 0 ? 'Agrees' : `${breaks} answered`} />
      ),
  },
  {
    id: 'lines',
    head: 'Lines',
    numeric: true,
    className: 'c-amount',
    cell: ({ lines }) => lines.toLocaleString('en-GB'),
  },
  { id: 'currencies', head: 'In', wide: true, cell: ({ currencies }) => currencies.join(', ') },
  {
    id: 'covers',
    head: 'Held against',
    wide: true,
    cell: ({ covers, client }) => (covers === 'all' ? 'Every client' : client.name),
  },
  { id: 'file', head: 'File', wide: true, className: 'pay-ref', cell: ({ file_name }) => <code>{file_name}</code> },
  { id: 'by', head: 'Imported by', className: 'c-how', cell: ({ imported_by }) => imported_by.name ?? 'the API' },
  { id: 'at', head: 'When', className: 'c-when', cell: ({ created_at }) => <Timestamp at={created_at} /> },
];

export function ImportList() {
  const { me } = useConsole();
  const href = useHref();
  const filters = useFilters(FILTERS);
  const { after } = useCursor();
  const [open, setOpen] = useState(false);
  const imports = useApi('/v1/reconciliations', importListRequest({ ...filters.values, after }));
  // The first one is asked for in the middle of the page.
  const isNew = imports.data?.data.length === 0 && !filters.isFiltered;
  const importButton = may(me, 'payments:write') && (
    <button type="button" className="btn primary" onClick={() => setOpen(true)}>
      <FileUp aria-hidden="true" />
      Import statement…
    </button>
  );
  return (
    <>
      <PageHead
        title="Reconciliation"
        sub="A provider’s statement, held against our payments and refunds line by line."
        actions={isNew ? undefined : importButton}
      />
      {!isNew && <FilterBar filters={FILTERS} {...filters} />}
      <Card label="Statements">
        <DataTable
          caption="Imported statements, newest first"
          layout="pay-cards"
          columns={COLUMNS}
          rows={imports.data?.data}
          keyOf={({ id }) => id}
          hrefOf={({ id }) => href(`/reconciliation/${id}`)}
          error={imports.error}
          retry={() => void imports.refetch()}
          empty={
            filters.isFiltered ? (
              <Empty kind="none" title="No statement matches">
                Take a filter off.
              </Empty>
            ) : (
              <Empty kind="first" title="No statement imported yet" action={importButton}>
                Export the day from the provider’s portal as CSV and import it here. Nothing is posted by it.
              </Empty>
            )
          }
        />
        {imports.data?.data.length !== 0 && (
          <Pager count={imports.data?.data.length} nextCursor={imports.data?.next_cursor} of="newest first" />
        )}
      </Card>
      {open && <ImportDialog close={() => setOpen(false)} />}
    </>
  );
}
