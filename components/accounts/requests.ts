import { one } from '@/components/api/one';
import type { RequestOf } from '@/server/http/api-types';

type Search = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The chart's own accounts: customers' wallets are many, and have pages of their own. */
export function chartRequest(search: Search): RequestOf<'get', '/v1/accounts'> {
  return { query: { include_wallets: 'false', limit: '100', after: one(search['after']) } };
}

export function chartSumsRequest(): RequestOf<'get', '/v1/reports/trial_balance'> {
  return { query: {} };
}

export function trialBalanceRequest(search: Search): RequestOf<'get', '/v1/reports/trial_balance'> {
  return { query: { at: one(search['at']), currency: one(search['currency'])?.toUpperCase() } };
}

export const ENTRIES_PER_PAGE = '50';

export function entriesRequest(id: string, search: Search): RequestOf<'get', '/v1/accounts/{id}/entries'> {
  return {
    params: { id },
    query: { from: one(search['from']), to: one(search['to']), after: one(search['after']), limit: ENTRIES_PER_PAGE },
  };
}
