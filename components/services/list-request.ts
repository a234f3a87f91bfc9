import { one } from '@/components/api/one';
import type { RequestOf } from '@/server/http/api-types';

/** The address's parameters as the API's: the server and the browser ask in the same words. */
export function serviceListRequest(
  search: Readonly<Record<string, string | readonly string[] | undefined>>,
): RequestOf<'get', '/api/v1/client-services'> {
  return {
    query: {
      is_active: one(search['is_active']) as '1' | undefined,
      service_code: one(search['service_code']),
      after: one(search['after']),
      limit: '25',
    },
  };
}

export const versionsRequest = (code: string) => ({
  params: { client_service_code: code },
  query: { limit: '100' },
});

/** The report's own default: the last thirty days. */
export const FEES_REQUEST: RequestOf<'get', '/v1/reports/fees'> = { query: {} };
