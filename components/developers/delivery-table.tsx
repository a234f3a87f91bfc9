'use client';

import type { ReactNode } from 'react';
import type { ApiError } from '@/components/api/error';
import { useHref } from '@/components/api/scope';
import { type Column, DataTable } from '@/components/patterns/data-table';
import { Timestamp } from '@/components/patterns/timestamp';
import { DeliveryStatus } from './delivery-status';
import { DELIVERY_REASONS, type Delivery, type Endpoint, hostOf } from './delivery-words';

/** Deliveries of an endpoint, or with `endpoints` those of one event to all of them. */
export function DeliveryTable({
  caption,
  rows,
  endpoints,
  error,
  retry,
  empty,
  skeletonRows = 8,
}: {
  readonly caption: string;
  readonly rows: readonly Delivery[] | undefined;
  readonly endpoints?: readonly Endpoint[];
  readonly error: ApiError | null;
  readonly retry?: () => void;
  readonly empty: ReactNode;
  readonly skeletonRows?: number;
}) {
  const href = useHref();
  const named = ({ endpoint_id: id }: Delivery): string => {
    const url = endpoints?.find((one) => one.id === id)?.url;
    return url === undefined ? 'An endpoint that is gone' : hostOf(url);
  };
  const columns: readonly Column<Delivery>[] = [
    endpoints === undefined
      ? { id: 'type', head: 'Event', primary: true, cell: ({ type }) => <code className="event-type">{type}</code> }
      : { id: 'to', head: 'To', primary: true, cell: named },
    { id: 'status', head: 'Status', label: null, cell: (delivery) => <DeliveryStatus delivery={delivery} /> },
    { id: 'reason', head: 'Why', wide: true, cell: ({ reason }) => DELIVERY_REASONS[reason] },
    { id: 'attempts', head: 'Attempts', numeric: true, cell: ({ attempts }) => attempts },
    {
      id: 'next',
      head: 'Next',
      cell: ({ next_attempt_at: next }) =>
        next === null ? <span className="dim wide-only">none</span> : <Timestamp at={next} />,
    },
    { id: 'at', head: 'Made', cell: ({ created_at: at }) => <Timestamp at={at} /> },
  ];
  return (
    <DataTable
      caption={caption}
      columns={columns}
      rows={rows}
      keyOf={({ id }) => id}
      hrefOf={({ id }) => href(`/developers/deliveries/${id}`)}
      error={error}
      {...(retry !== undefined && { retry })}
      empty={empty}
      skeletonRows={skeletonRows}
    />
  );
}
