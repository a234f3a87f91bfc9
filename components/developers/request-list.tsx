'use client';

import { parseAsString, useQueryState, useQueryStates } from 'nuqs';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole } from '@/components/api/scope';
import { Card } from '@/components/patterns/card';
import { type Filter, FilterBar, useFilters } from '@/components/patterns/filters';
import { Pager, useCursor } from '@/components/patterns/pager';
import { Segmented } from '@/components/patterns/segmented';
import { Empty } from '@/components/patterns/states';
import { DevelopersHead } from './developers-head';
import { RequestTable } from './request-table';
import { KEYS, requestsRequest } from './requests';

const FILTERS: readonly Filter[] = [
  {
    name: 'status',
    label: 'Answer',
    options: [
      ['error', 'Refused or failed'],
      ['2xx', '2xx'],
      ['3xx', '3xx'],
      ['4xx', '4xx'],
      ['5xx', '5xx'],
    ],
  },
  {
    name: 'method',
    label: 'Method',
    options: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((method) => [method, method] as const),
  },
  { name: 'path', label: 'Path begins with', placeholder: '/v1/wallets' },
  { name: 'api_key_id', label: 'Key', placeholder: 'key_…' },
  { name: 'from', label: 'From', type: 'date' },
  { name: 'to', label: 'To', type: 'date' },
];

/** Whose requests: a console in use asks more than any program. */
function CallerChoice() {
  const [caller, setCaller] = useQueryStates({ caller: parseAsString, after: parseAsString }, { history: 'push' });
  return (
    <Segmented<'api_key' | 'user' | 'all'>
      label="Asked by"
      hideLabel
      value={caller.caller === 'user' || caller.caller === 'all' ? caller.caller : 'api_key'}
      options={[
        ['api_key', 'Programs'],
        ['user', 'People'],
        ['all', 'All'],
      ]}
      onChange={(value) => void setCaller({ caller: value === 'api_key' ? null : value, after: null })}
    />
  );
}

export function RequestList() {
  const { me, timeZone } = useConsole();
  const keys = useApi('/v1/api_keys', KEYS, { enabled: may(me, 'keys:read') });
  const known = (keys.data?.data ?? []).map(({ id, name }) => [id, name] as const);
  const withKeys = FILTERS.map((filter) =>
    filter.name === 'api_key_id' && known.length > 0 ? { ...filter, options: known } : filter,
  );
  const filters = useFilters(FILTERS);
  const { after } = useCursor();
  const [caller] = useQueryState('caller', parseAsString);
  const log = useApi(
    '/v1/request_log',
    requestsRequest({ ...filters.values, caller: caller ?? undefined, after }, timeZone),
  );
  return (
    <>
      <DevelopersHead section="requests" />
      <FilterBar filters={withKeys} {...filters} end={<CallerChoice />} />
      <Card label="Request log">
        <RequestTable
          caption="Requests, newest first"
          rows={log.data?.data}
          error={log.error}
          retry={() => void log.refetch()}
          empty={
            log.data?.has_more === true ? (
              <Empty kind="none" title="None here; the log goes on">
                Few requests pass this filter. Older ones may: press Older.
              </Empty>
            ) : filters.isFiltered ? (
              <Empty kind="none" title="No request matches">
                The log goes back 30 days. Take a filter off.
              </Empty>
            ) : (
              <Empty kind="first" title="Nothing has been asked yet">
                Each request appears here a second or two after it was answered.
              </Empty>
            )
          }
        />
        <Pager
          count={log.data?.data.length}
          nextCursor={log.data?.next_cursor}
          of="newest first, of the last 30 days; bodies are not kept"
        />
      </Card>
    </>
  );
}
