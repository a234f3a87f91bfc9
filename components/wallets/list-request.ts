import type { Scope } from '@/components/api/client';
import { one } from '@/components/api/one';
import type { RequestOf } from '@/server/http/api-types';

export const WALLETS_PER_PAGE = '25';

type Search = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What narrows the list, without the page: a file of it takes the same. */
export function walletFilter(search: Search, { client }: Pick<Scope, 'client'>) {
  return {
    status: one(search['status']) as 'active' | undefined,
    view: one(search['view']) as 'refund_due' | undefined,
    currency: one(search['currency']),
    customer_id: one(search['customer_id']),
    all_clients: client === 'all' ? ('true' as const) : undefined,
  };
}

/** The address's parameters as the API's: the server and the browser ask in the same words. */
export function walletListRequest(search: Search, scope: Pick<Scope, 'client'>): RequestOf<'get', '/v1/wallets'> {
  return { query: { ...walletFilter(search, scope), after: one(search['after']), limit: WALLETS_PER_PAGE } };
}
