import type { Metadata } from 'next';
import { Prefetched, read } from '@/components/api/prefetch';
import { ChooseClient } from '@/components/console/choose-client';
import { EventList } from '@/components/developers/event-list';
import { eventsRequest, hasPeriod } from '@/components/developers/requests';
import { eventTypes } from '../../../../event-types';
import { openPage, type ScopeParams } from '../../../../open-page';

export const metadata: Metadata = { title: 'Events' };

export default async function EventListPage({
  params,
  searchParams,
}: {
  readonly params: Promise<ScopeParams>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { api, scope } = await openPage(params);
  if (scope.client === 'all') return <ChooseClient title="Events" what="Events" />;
  const search = await searchParams;
  const first = hasPeriod(search) ? [] : [read('/v1/events', eventsRequest(search, 'UTC'))];
  return (
    <Prefetched api={api} reads={[]} optional={first}>
      <EventList types={eventTypes} />
    </Prefetched>
  );
}
