'use client';

import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { Card } from '@/components/patterns/card';
import { CopyId } from '@/components/patterns/copy-id';
import { type Column, DataTable } from '@/components/patterns/data-table';
import { type Filter, FilterBar, useFilters } from '@/components/patterns/filters';
import { Pager, useCursor } from '@/components/patterns/pager';
import { Empty } from '@/components/patterns/states';
import { Timestamp } from '@/components/patterns/timestamp';
import type { AnswerOf } from '@/server/http/api-types';
import { DevelopersHead } from './developers-head';
import { aboutEvent } from './event-words';
import { eventsRequest } from './requests';
import type { EventTypeInfo } from './section';

type Event = AnswerOf<'get', '/v1/events'>['data'][number];

export function EventList({ types }: { readonly types: readonly EventTypeInfo[] }) {
  const { timeZone } = useConsole();
  const href = useHref();
  const summaries = new Map(types.map(({ type, summary }) => [type, summary]));
  const filters: readonly Filter[] = [
    { name: 'type', label: 'Type', options: types.map(({ type }) => [type, type] as const) },
    { name: 'from', label: 'From', type: 'date' },
    { name: 'to', label: 'To', type: 'date' },
  ];
  const { values, ...bar } = useFilters(filters);
  const { after } = useCursor();
  const events = useApi('/v1/events', eventsRequest({ ...values, after }, timeZone));
  const columns: readonly Column<Event>[] = [
    { id: 'type', head: 'Event', primary: true, cell: ({ type }) => <code className="event-type">{type}</code> },
    {
      id: 'summary',
      head: 'What happened',
      label: null,
      wide: true,
      cell: ({ type }) => <span className="soft">{summaries.get(type) ?? ''}</span>,
    },
    { id: 'about', head: 'About', label: null, cell: (event) => aboutEvent(event) },
    { id: 'id', head: 'Id', wide: true, cell: ({ id }) => <CopyId id={id} what="event id" /> },
    { id: 'at', head: 'When', label: null, cell: ({ timestamp }) => <Timestamp at={timestamp} /> },
  ];
  return (
    <>
      <DevelopersHead section="events" />
      <FilterBar filters={filters} values={values} {...bar} />
      <Card label="Events">
        <DataTable
          caption="Events, newest first"
          columns={columns}
          rows={events.data?.data}
          keyOf={({ id }) => id}
          hrefOf={({ id }) => href(`/developers/events/${id}`)}
          error={events.error}
          retry={() => void events.refetch()}
          empty={
            bar.isFiltered ? (
              <Empty kind="none" title="No event matches">
                Take a filter off.
              </Empty>
            ) : (
              <Empty kind="first" title="Nothing has happened yet">
                Each thing that happens becomes an event: here, in GET /v1/events, and at every endpoint that listens.
              </Empty>
            )
          }
        />
        <Pager count={events.data?.data.length} nextCursor={events.data?.next_cursor} of="newest first" />
      </Card>
    </>
  );
}
