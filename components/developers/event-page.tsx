'use client';

import Link from 'next/link';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { pathOfTarget } from '@/components/audit/paths';
import { Card, Facts } from '@/components/patterns/card';
import { CopyId, shortId } from '@/components/patterns/copy-id';
import { PageHead } from '@/components/patterns/page-head';
import { Empty, Failed } from '@/components/patterns/states';
import { Timestamp } from '@/components/patterns/timestamp';
import { Code } from './code';
import { DeliveryTable } from './delivery-table';
import { recordsOf } from './event-words';
import { deliveriesOfEvent, ENDPOINTS } from './requests';
import type { EventTypeInfo } from './section';

/** What happened, exactly as it is sent, and to whom it was. */
export function EventPage({ id, types }: { readonly id: string; readonly types: readonly EventTypeInfo[] }) {
  const { me } = useConsole();
  const href = useHref();
  const { data: event, error } = useApi('/v1/events/{id}', { params: { id } });
  if (event === undefined) return error === null ? null : <Failed error={error} />;
  const summary = types.find(({ type }) => type === event.type)?.summary ?? event.type;
  return (
    <>
      <PageHead
        title={summary}
        crumbs={[
          { label: 'Developers', href: href('/developers') },
          { label: 'Events', href: href('/developers/events') },
          { label: event.type },
        ]}
        facts={[
          <code key="type">{event.type}</code>,
          <Timestamp key="at" at={event.timestamp} as="exact" />,
          <CopyId key="id" id={event.id} what="event id" />,
        ]}
      />
      <div className="detail">
        <div className="stack-gap">
          <Code title="As it is sent" label="the event as JSON" code={JSON.stringify(event, null, 2)} dialect="json" />
          {may(me, 'webhooks:read') && <Deliveries id={event.id} />}
        </div>
        <aside className="rail card">
          <section>
            <header>
              <h2>About</h2>
            </header>
            <div className="body">
              <Facts
                of={recordsOf(event).map(([label, record]) => {
                  const path = pathOfTarget({ type: label === 'Customer' ? 'customer' : '', id: record });
                  const text = label === 'Customer' ? record : shortId(record);
                  return [
                    label,
                    path === null ? (
                      <span key={record} title={record}>
                        {text}
                      </span>
                    ) : (
                      <Link key={record} className="lined" href={href(path)} title={record} prefetch={false}>
                        {text}
                      </Link>
                    ),
                  ] as const;
                })}
              />
              <p className="mt-3 dim small">
                The fields are in the{' '}
                <a className="lined" href="/docs/events">
                  catalogue of events
                </a>
                .
              </p>
            </div>
          </section>
        </aside>
      </div>
    </>
  );
}

function Deliveries({ id }: { readonly id: string }) {
  const deliveries = useApi('/v1/events/{id}/deliveries', deliveriesOfEvent(id));
  const endpoints = useApi('/v1/webhook_endpoints', ENDPOINTS);
  return (
    <Card title="Deliveries" note={<span className="wide-only">kept for 30 days after their end</span>}>
      <DeliveryTable
        caption="To whom it was sent"
        rows={endpoints.data === undefined ? undefined : deliveries.data?.data}
        endpoints={endpoints.data?.data ?? []}
        error={deliveries.error}
        skeletonRows={2}
        empty={
          <Empty kind="none" title="Sent to nobody">
            No endpoint listened to it. One that is made later can be sent it with a replay.
          </Empty>
        }
      />
    </Card>
  );
}
