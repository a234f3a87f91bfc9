'use client';

import { useApi } from '@/components/api/queries';
import { useHref } from '@/components/api/scope';
import { Card } from '@/components/patterns/card';
import { type Column, DataTable } from '@/components/patterns/data-table';
import { type Filter, FilterBar, useFilters } from '@/components/patterns/filters';
import { Pager, useCursor } from '@/components/patterns/pager';
import { Empty } from '@/components/patterns/states';
import { Timestamp } from '@/components/patterns/timestamp';
import type { AnswerOf } from '@/server/http/api-types';
import type { Wallet } from '../types';

type Logged = AnswerOf<'get', '/v1/request_log'>['data'][number];

const FILTERS: readonly Filter[] = [
  {
    name: 'method',
    label: 'Method',
    options: [
      ['POST', 'POST'],
      ['GET', 'GET'],
      ['PATCH', 'PATCH'],
      ['DELETE', 'DELETE'],
    ],
  },
  {
    name: 'status',
    label: 'Answer',
    options: [
      ['2xx', 'Done'],
      ['error', 'Refused or failed'],
    ],
  },
];

const COLUMNS: readonly Column<Logged>[] = [
  {
    id: 'request',
    head: 'Request',
    primary: true,
    cell: ({ method, path }) => (
      <span className="mono">
        <b>{method}</b> …{path.replace(/^\/v1\/wallets\/[^/]+/, '') || '/'}
      </span>
    ),
  },
  {
    id: 'status',
    head: 'Answer',
    cell: ({ status, error_code: code }) => (
      <>
        <span className={status >= 400 ? 'under' : ''}>{status}</span>{' '}
        {code !== null && <code className="dim">{code}</code>}
      </>
    ),
  },
  { id: 'who', head: 'By', cell: ({ caller }) => caller.name ?? caller.id ?? 'nobody' },
  {
    id: 'took',
    head: 'Took, ms',
    numeric: true,
    cell: ({ duration_ms: ms }) => ms.toFixed(1),
    wide: true,
  },
  { id: 'when', head: 'When', cell: ({ created_at }) => <Timestamp at={created_at} /> },
];

/** What was asked about this wallet, and how it was answered. Kept for 30 days. */
export function RequestRecords({ wallet }: { readonly wallet: Wallet }) {
  const href = useHref();
  const filters = useFilters(FILTERS);
  const { after } = useCursor();
  const requests = useApi('/v1/request_log', {
    query: {
      path: `/v1/wallets/${wallet.id}`,
      method: filters.values['method'] as 'POST' | undefined,
      status: filters.values['status'] as 'error' | undefined,
      after,
      limit: '25',
    },
  });
  return (
    <>
      <FilterBar filters={FILTERS} {...filters} />
      <Card label="Requests">
        <DataTable
          caption="Requests about this wallet, newest first"
          columns={COLUMNS}
          rows={requests.data?.data}
          keyOf={({ id }) => id}
          hrefOf={({ id }) => href(`/developers/requests/${id}`)}
          error={requests.error}
          retry={() => void requests.refetch()}
          empty={
            <Empty kind="none" title={filters.isFiltered ? 'No request matches' : 'No requests in the last 30 days'}>
              Requests of the API whose path names this wallet stand here.
            </Empty>
          }
        />
        {requests.data?.data.length !== 0 && (
          <Pager count={requests.data?.data.length} nextCursor={requests.data?.next_cursor} of="newest first" />
        )}
      </Card>
    </>
  );
}
