import { one } from '@/components/api/one';
import type { RequestOf } from '@/server/http/api-types';

/** The address's parameters as the API's: the server and the browser ask in the same words. */
export function clientListRequest(
  search: Readonly<Record<string, string | readonly string[] | undefined>>,
): RequestOf<'get', '/api/v1/clients'> {
  return {
    query: {
      is_active: one(search['is_active']) as '1' | undefined,
      search: one(search['search']),
      after: one(search['after']),
      limit: '25',
    },
  };
}

export const servicesOfRequest = (code: string) => ({ query: { client_code: code, limit: '6' } });

export const keysOfRequest = (code: string, mode: 'live' | 'test') => ({
  params: { client_code: code },
  query: { mode, limit: '6' },
});
