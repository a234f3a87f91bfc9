'use client';

import type { ReactNode } from 'react';
import type { ApiError } from '@/components/api/error';
import { useHref } from '@/components/api/scope';
import { type Column, DataTable } from '@/components/patterns/data-table';
import { Timestamp } from '@/components/patterns/timestamp';
import { HttpStatus } from './http-status';
import { type LoggedRequest, milliseconds } from './request-words';

const COLUMNS: readonly Column<LoggedRequest>[] = [
  {
    id: 'request',
    head: 'Request',
    primary: true,
    className: 'rq',
    cell: ({ method, path }) => (
      <span title={path}>
        <b>{method}</b>
        <code>{path}</code>
      </span>
    ),
  },
  { id: 'status', head: 'Answer', label: null, cell: ({ status }) => <HttpStatus status={status} /> },
  {
    id: 'error',
    head: 'Error',
    label: null,
    cell: ({ error_code: code }) => (code === null ? <span className="dim wide-only">none</span> : <code>{code}</code>),
  },
  { id: 'took', head: 'Took', numeric: true, wide: true, cell: (request) => milliseconds(request.duration_ms) },
  { id: 'caller', head: 'By', cell: ({ caller }) => caller.name ?? <span className="dim">nobody</span> },
  { id: 'address', head: 'From', wide: true, cell: ({ address }) => <span className="soft">{address}</span> },
  { id: 'at', head: 'When', cell: (request) => <Timestamp at={request.created_at} /> },
];

export function RequestTable({
  caption,
  rows,
  error,
  retry,
  empty,
  skeletonRows = 8,
  withCaller = true,
}: {
  readonly caption: string;
  readonly rows: readonly LoggedRequest[] | undefined;
  readonly error: ApiError | null;
  readonly retry?: () => void;
  readonly empty: ReactNode;
  readonly skeletonRows?: number;
  readonly withCaller?: boolean;
}) {
  const href = useHref();
  return (
    <DataTable
      caption={caption}
      columns={withCaller ? COLUMNS : COLUMNS.filter(({ id }) => id !== 'caller')}
      rows={rows}
      keyOf={(request) => request.id}
      hrefOf={(request) => href(`/developers/requests/${request.id}`)}
      error={error}
      {...(retry !== undefined && { retry })}
      empty={empty}
      skeletonRows={skeletonRows}
    />
  );
}
