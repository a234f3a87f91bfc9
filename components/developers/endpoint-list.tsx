'use client';

import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { Card } from '@/components/patterns/card';
import { type Column, DataTable } from '@/components/patterns/data-table';
import { Empty } from '@/components/patterns/states';
import { Timestamp } from '@/components/patterns/timestamp';
import type { Endpoint } from './delivery-words';
import { DevelopersHead } from './developers-head';
import { EndpointStatus } from './endpoint-status';
import { ENDPOINTS } from './requests';
import type { EventTypeInfo } from './section';
import { useSecret } from './use-secret';

const EndpointForm = dynamic(() => import('./endpoint-dialogs').then((file) => file.EndpointForm), { ssr: false });
const RotateCallbackSecret = dynamic(() => import('./endpoint-dialogs').then((file) => file.RotateCallbackSecret), {
  ssr: false,
});

const COLUMNS: readonly Column<Endpoint>[] = [
  { id: 'url', head: 'Endpoint', primary: true, className: 'url', cell: ({ url }) => <span title={url}>{url}</span> },
  {
    id: 'for',
    head: 'For',
    label: null,
    cell: ({ description }) => <span className="soft">{description ?? ''}</span>,
  },
  {
    id: 'events',
    head: 'Events',
    cell: ({ events }) => (events.includes('*') ? 'Every one' : events.length === 1 ? events[0] : events.length),
  },
  { id: 'status', head: 'Status', label: null, cell: (endpoint) => <EndpointStatus endpoint={endpoint} /> },
  { id: 'made', head: 'Made', cell: ({ created_at: at }) => <Timestamp at={at} as="day" /> },
];

export function EndpointList({ types }: { readonly types: readonly EventTypeInfo[] }) {
  const { me } = useConsole();
  const href = useHref();
  const endpoints = useApi('/v1/webhook_endpoints', ENDPOINTS);
  const [adding, setAdding] = useState(false);
  const secret = useSecret();
  const mayWrite = may(me, 'webhooks:write');
  return (
    <>
      <DevelopersHead
        section="webhooks"
        actions={
          mayWrite && (
            <button type="button" className="btn primary" onClick={() => setAdding(true)}>
              <Plus aria-hidden="true" />
              Add endpoint
            </button>
          )
        }
      />
      <div className="stack-gap">
        <Card label="Endpoints">
          <DataTable
            caption="Webhook endpoints, newest first"
            columns={COLUMNS}
            rows={endpoints.data?.data}
            keyOf={({ id }) => id}
            hrefOf={({ id }) => href(`/developers/webhooks/${id}`)}
            error={endpoints.error}
            retry={() => void endpoints.refetch()}
            skeletonRows={3}
            empty={
              <Empty kind="first" title="No endpoint listens">
                An endpoint is a URL of yours that is told what happens as it happens, signed, with retries for a day
                and more.
              </Empty>
            }
          />
        </Card>
        <Callbacks mayWrite={mayWrite} show={secret.show} />
      </div>
      {adding && <EndpointForm types={types} close={() => setAdding(false)} show={secret.show} />}
      {secret.dialog}
    </>
  );
}

/** Payment callbacks have a secret of their own: they go to no endpoint. */
function Callbacks({
  mayWrite,
  show,
}: {
  readonly mayWrite: boolean;
  readonly show: ReturnType<typeof useSecret>['show'];
}) {
  const { data: state } = useApi('/v1/callback_secret', {});
  const [open, setOpen] = useState(false);
  if (state === undefined) return null;
  return (
    <Card
      title="Payment callbacks"
      end={
        mayWrite && (
          <button type="button" className="btn sm" onClick={() => setOpen(true)}>
            {state.is_set ? 'Rotate secret' : 'Make secret'}
          </button>
        )
      }
      padded
    >
      <p className="max-w-[70ch] text-[13px] soft">
        They go to the URL of a payment’s request, or of the client’s profile, and are signed with a secret of their
        own.{' '}
        {state.rotated_at === null ? (
          'Nobody has made it yet, so nobody can verify them.'
        ) : (
          <>
            It was made <Timestamp at={state.rotated_at} />.
          </>
        )}{' '}
        {state.previous_secret_until !== null && (
          <>
            The one before it signs beside it until <Timestamp at={state.previous_secret_until} as="minute" />.
          </>
        )}
      </p>
      {open && <RotateCallbackSecret isSet={state.is_set} close={() => setOpen(false)} show={show} />}
    </Card>
  );
}
