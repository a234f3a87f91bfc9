import { one } from '@/components/api/one';
import type { RequestOf } from '@/server/http/api-types';

export const WALLETS_PER_PAGE = '25';

/** The address's parameters as the API's: the server and the browser ask in the same words. */
export function walletListRequest(
  search: Readonly<Record<string, string | readonly string[] | undefined>>,
): RequestOf<'get', '/v1/wallets'> {
  return {
    query: {
      status: one(search['status']) as 'active' | undefined,
      currency: one(search['currency']),
      customer_id: one(search['customer_id']),
      after: one(search['after']),
      limit: WALLETS_PER_PAGE,
    },
  };
}
