'use client';

import { Pencil, RotateCcw, Send } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { Card, Facts } from '@/components/patterns/card';
import { CopyId } from '@/components/patterns/copy-id';
import { type Filter, FilterBar, useFilters } from '@/components/patterns/filters';
import { PageHead } from '@/components/patterns/page-head';
import { Pager, useCursor } from '@/components/patterns/pager';
import { Empty, Failed } from '@/components/patterns/states';
import { Timestamp } from '@/components/patterns/timestamp';
import { DeliveryTable } from './delivery-table';
import { type Endpoint, hostOf } from './delivery-words';
import { EndpointStatus } from './endpoint-status';
import { History } from './history';
import { ReplayProgress } from './replay-progress';
import { deliveriesRequest } from './requests';
import type { EventTypeInfo } from './section';
import { useSecret } from './use-secret';

const Form = dynamic(() => import('./endpoint-dialogs').then((file) => file.EndpointForm), { ssr: false });
const Rotate = dynamic(() => import('./endpoint-dialogs').then((file) => file.RotateSecret), { ssr: false });
const Status = dynamic(() => import('./endpoint-dialogs').then((file) => file.SetStatus), { ssr: false });
const Delete = dynamic(() => import('./endpoint-dialogs').then((file) => file.DeleteEndpoint), { ssr: false });
const Example = dynamic(() => import('./endpoint-dialogs').then((file) => file.SendExample), { ssr: false });
const Replay = dynamic(() => import('./endpoint-dialogs').then((file) => file.ReplayWindow), { ssr: false });

type Dialog = 'edit' | 'rotate' | 'status' | 'delete' | 'example' | 'replay';

const SOON_MS = 3_000;

export function EndpointPage({ id, types }: { readonly id: string; readonly types: readonly EventTypeInfo[] }) {
  const { me } = useConsole();
  const href = useHref();
  const router = useRouter();
  const { data: endpoint, error } = useApi('/v1/webhook_endpoints/{id}', { params: { id } });
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const [replayed, setReplayed] = useState<number | null>(null);
  const secret = useSecret();
  if (endpoint === undefined) return error === null ? null : <Failed error={error} />;
  const close = (): void => setDialog(null);
  const mayWrite = may(me, 'webhooks:write');
  const isOn = endpoint.status === 'enabled';
  return (
    <>
      <PageHead
        title={hostOf(endpoint.url)}
        crumbs={[
          { label: 'Developers', href: href('/developers') },
          { label: 'Webhooks', href: href('/developers/webhooks') },
          { label: hostOf(endpoint.url) },
        ]}
        badges={<EndpointStatus endpoint={endpoint} />}
        facts={[
          <code key="url" className="break-all">
            {endpoint.url}
          </code>,
          ...(endpoint.description === null ? [] : [endpoint.description]),
          <CopyId key="id" id={endpoint.id} what="endpoint id" />,
        ]}
        actions={
          mayWrite && (
            <>
              <button type="button" className="btn" onClick={() => setDialog('edit')}>
                <Pencil aria-hidden="true" />
                Change
              </button>
              {isOn && (
                <>
                  <button type="button" className="btn" onClick={() => setDialog('replay')}>
                    <RotateCcw aria-hidden="true" />
                    Replay events
                  </button>
                  <button type="button" className="btn" onClick={() => setDialog('example')}>
                    <Send aria-hidden="true" />
                    Send example
                  </button>
                </>
              )}
            </>
          )
        }
      />
      <Trouble endpoint={endpoint} />
      {replayed !== null && <ReplayProgress endpointId={id} deliveries={replayed} close={() => setReplayed(null)} />}
      <div className="detail">
        <Deliveries id={id} isOn={isOn} />
        <aside className="rail card">
          <About endpoint={endpoint} />
          {mayWrite && (
            <section>
              <header>
                <h2>Change how it is</h2>
              </header>
              <div className="body rail-acts">
                <Act open={() => setDialog('rotate')} note="For a day both secrets sign.">
                  Rotate secret
                </Act>
                <Act
                  open={() => setDialog('status')}
                  note={isOn ? 'Sends nothing until it is enabled again.' : 'Sends what happens from then on.'}
                >
                  {isOn ? 'Disable' : 'Enable'}
                </Act>
                <Act open={() => setDialog('delete')} note="For good." danger>
                  Delete
                </Act>
              </div>
            </section>
          )}
          <History id={id} />
        </aside>
      </div>
      {dialog === 'edit' && <Form endpoint={endpoint} types={types} close={close} />}
      {dialog === 'rotate' && <Rotate endpoint={endpoint} close={close} show={secret.show} />}
      {dialog === 'status' && <Status endpoint={endpoint} close={close} />}
      {dialog === 'delete' && (
        <Delete endpoint={endpoint} close={close} gone={() => router.push(href('/developers/webhooks'))} />
      )}
      {dialog === 'example' && <Example endpoint={endpoint} types={types} close={close} />}
      {dialog === 'replay' && <Replay endpoint={endpoint} types={types} close={close} begun={setReplayed} />}
      {secret.dialog}
    </>
  );
}

function Act({
  open,
  note,
  danger = false,
  children,
}: {
  readonly open: () => void;
  readonly note: string;
  readonly danger?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <div>
      <button type="button" className={danger ? 'btn sm danger' : 'btn sm'} onClick={open}>
        {children}
      </button>
      <span className="dim small">{note}</span>
    </div>
  );
}

/** What is wrong with it, and what to do. */
function Trouble({ endpoint }: { readonly endpoint: Endpoint }) {
  const { disabled_reason: reason, failing_since: since } = endpoint;
  if (reason === 'failing') {
    return (
      <p className="hint-bar bad" role="status">
        It failed for five days, so it was disabled. Mend it, enable it, then replay what it missed
        {since !== null && (
          <>
            {' '}
            since <Timestamp at={since} as="minute" />
          </>
        )}
        .
      </p>
    );
  }
  if (reason === 'gone') {
    return (
      <p className="hint-bar bad" role="status">
        It answered 410, which says that it is gone for good, so it was disabled.
      </p>
    );
  }
  if (since === null) return null;
  return (
    <p className="hint-bar" role="status">
      It has taken nothing since <Timestamp at={since} as="minute" />. After five days of that it is disabled.
    </p>
  );
}

function About({ endpoint }: { readonly endpoint: Endpoint }) {
  const { events } = endpoint;
  return (
    <section>
      <header>
        <h2>Endpoint</h2>
      </header>
      <div className="body">
        <Facts
          of={[
            [
              'Events',
              events.includes('*') ? (
                'Every one, now and later'
              ) : (
                <ul key="events" className="plain-list">
                  {events.map((type) => (
                    <li key={type}>
                      <code>{type}</code>
                    </li>
                  ))}
                </ul>
              ),
            ],
            ['Version', endpoint.api_version],
            ...(endpoint.previous_secret_until === null
              ? []
              : ([['Old secret', <Timestamp key="until" at={endpoint.previous_secret_until} as="minute" />]] as const)),
            ['Made', <Timestamp key="made" at={endpoint.created_at} as="minute" />],
            ['Changed', <Timestamp key="changed" at={endpoint.updated_at} as="minute" />],
          ]}
        />
      </div>
    </section>
  );
}

const FILTERS: readonly Filter[] = [
  {
    name: 'status',
    label: 'Status',
    options: [
      ['pending', 'Pending'],
      ['succeeded', 'Succeeded'],
      ['failed', 'Failed'],
      ['canceled', 'Canceled'],
    ],
  },
];

function Deliveries({ id, isOn }: { readonly id: string; readonly isOn: boolean }) {
  const filters = useFilters(FILTERS);
  const { after } = useCursor();
  const request = deliveriesRequest(id, { ...filters.values, after });
  // What is on its way ends within seconds or is tried again much later.
  const deliveries = useApi('/v1/webhook_endpoints/{id}/deliveries', request, {
    ...(isOn && after === undefined && { refreshEveryMs: SOON_MS }),
  });
  return (
    <div>
      <Card
        title="Deliveries"
        note={<span className="wide-only">kept for 30 days after their end</span>}
        end={<FilterBar filters={FILTERS} {...filters} />}
      >
        <DeliveryTable
          caption="Deliveries, newest first"
          rows={deliveries.data?.data}
          error={deliveries.error}
          retry={() => void deliveries.refetch()}
          empty={
            filters.isFiltered ? (
              <Empty kind="none" title="No delivery matches">
                Take the filter off.
              </Empty>
            ) : (
              <Empty kind="first" title="Nothing was sent yet">
                Send an example to see that it arrives.
              </Empty>
            )
          }
        />
        <Pager count={deliveries.data?.data.length} nextCursor={deliveries.data?.next_cursor} of="newest first" />
      </Card>
    </div>
  );
}
