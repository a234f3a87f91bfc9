import type { Scope } from '@/components/api/client';
import { one } from '@/components/api/one';
import type { RequestOf } from '@/server/http/api-types';

type Search = Readonly<Record<string, string | readonly string[] | undefined>>;

export function customerListRequest(
  search: Search,
  { client }: Pick<Scope, 'client'>,
): RequestOf<'get', '/v1/customers'> {
  return {
    query: {
      search: one(search['search'])?.trim() || undefined,
      all_clients: client === 'all' ? 'true' : undefined,
      after: one(search['after']),
      limit: '25',
    },
  };
}

export function methodsRequest(customerId: string): RequestOf<'get', '/v1/payment_methods'> {
  return { query: { customer_id: customerId, limit: '100' } };
}

export function latestRequest(customerId: string): RequestOf<'get', '/v1/journals'> {
  return { query: { customer: customerId, limit: '8' } };
}
