import { one } from '@/components/api/one';
import { instantOfDay } from '@/components/patterns/local-time';
import type { RequestOf } from '@/server/http/api-types';

/** What the pages ask for first, in the same words on the server and in the browser. */

type Search = Readonly<Record<string, string | readonly string[] | undefined>>;

const PER_PAGE = '25';

export const KEYS: RequestOf<'get', '/v1/api_keys'> = { query: { limit: '100' } };
export const ENDPOINTS: RequestOf<'get', '/v1/webhook_endpoints'> = { query: { limit: '100' } };
export const REFUSALS: RequestOf<'get', '/v1/request_log'> = {
  query: { caller: 'api_key', status: 'error', limit: '6' },
};

export function keysRequest(search: Search): RequestOf<'get', '/v1/api_keys'> {
  return { query: { after: one(search['after']), limit: PER_PAGE } };
}

/** Days begin where the reader is. */
function periodOf(search: Search, timeZone: string): { from: string | undefined; to: string | undefined } {
  const [from, to] = [one(search['from']), one(search['to'])];
  return {
    from: from === undefined ? undefined : instantOfDay(from, timeZone),
    to: to === undefined ? undefined : instantOfDay(to, timeZone, 1),
  };
}

export function hasPeriod(search: Search): boolean {
  return one(search['from']) !== undefined || one(search['to']) !== undefined;
}

export function requestsRequest(search: Search, timeZone: string): RequestOf<'get', '/v1/request_log'> {
  return {
    query: {
      status: one(search['status']) as 'error' | undefined,
      method: one(search['method']) as 'GET' | undefined,
      path: one(search['path']),
      api_key_id: one(search['api_key_id']),
      ...callerOf(search),
      ...periodOf(search, timeZone),
      after: one(search['after']),
      limit: PER_PAGE,
    },
  };
}

/** Programs unless the address says otherwise: a console in use asks more than they do. */
function callerOf(search: Search): { caller?: 'api_key' | 'user' } {
  const caller = one(search['caller']);
  if (caller === 'all' || one(search['api_key_id']) !== undefined) return {};
  return { caller: caller === 'user' ? 'user' : 'api_key' };
}

export function requestsOfKey(id: string): RequestOf<'get', '/v1/request_log'> {
  return { query: { api_key_id: id, limit: '8' } };
}

export function historyOf(id: string): RequestOf<'get', '/v1/audit'> {
  return { query: { object_id: id, limit: '10' } };
}

export function eventsRequest(search: Search, timeZone: string): RequestOf<'get', '/v1/events'> {
  return {
    query: {
      type: one(search['type']) as 'wallet.debited' | undefined,
      ...periodOf(search, timeZone),
      after: one(search['after']),
      limit: PER_PAGE,
    },
  };
}

export function deliveriesOfEvent(id: string): RequestOf<'get', '/v1/events/{id}/deliveries'> {
  return { params: { id }, query: { limit: '50' } };
}

export function deliveriesRequest(
  id: string,
  search: Search,
): RequestOf<'get', '/v1/webhook_endpoints/{id}/deliveries'> {
  return {
    params: { id },
    query: {
      status: one(search['status']) as 'pending' | undefined,
      after: one(search['after']),
      limit: PER_PAGE,
    },
  };
}
