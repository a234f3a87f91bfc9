import type { Metadata } from 'next';
import { Prefetched, read } from '@/components/api/prefetch';
import { EventPage } from '@/components/developers/event-page';
import { deliveriesOfEvent, ENDPOINTS } from '@/components/developers/requests';
import { eventTypes } from '../../../../../event-types';
import { openPage, type ScopeParams } from '../../../../../open-page';
import { readRecord } from '../../../../../read-record';

export const metadata: Metadata = { title: 'Event' };

export default async function EventPageRoute({
  params,
}: {
  readonly params: Promise<ScopeParams & { readonly id: string }>;
}) {
  const { api } = await openPage(params);
  const { id } = await params;
  const { reads } = await readRecord(api, '/v1/events/{id}', { params: { id } });
  return (
    <Prefetched
      api={api}
      reads={reads}
      optional={[read('/v1/events/{id}/deliveries', deliveriesOfEvent(id)), read('/v1/webhook_endpoints', ENDPOINTS)]}
    >
      <EventPage id={id} types={eventTypes} />
    </Prefetched>
  );
}
