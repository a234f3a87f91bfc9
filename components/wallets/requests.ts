import { one } from '@/components/api/one';
import type { RequestOf } from '@/server/http/api-types';

type Search = Readonly<Record<string, string | readonly string[] | undefined>>;

export const TABS = ['statement', 'holds', 'topups', 'refunds', 'lots', 'requests', 'audit'] as const;
export type Tab = (typeof TABS)[number];

export function tabOf(search: Search): Tab {
  const named = one(search['tab']);
  return TABS.find((tab) => tab === named) ?? 'statement';
}

export const ENTRIES_PER_PAGE = '50';

/** What the server reads first and the browser finds again, in the same words. */
export function statementRequest(id: string, search: Search): RequestOf<'get', '/v1/wallets/{id}/transactions'> {
  return {
    params: { id },
    query: {
      type: one(search['type']) as 'debit' | undefined,
      from: one(search['from']),
      to: one(search['to']),
      after: one(search['after']),
      limit: ENTRIES_PER_PAGE,
    },
  };
}

export function lotsRequest(id: string): RequestOf<'get', '/v1/wallets/{id}/lots'> {
  return { params: { id }, query: { limit: '100' } };
}

export function activeHoldsRequest(id: string): RequestOf<'get', '/v1/wallets/{id}/holds'> {
  return { params: { id }, query: { status: 'active', limit: '100' } };
}

export function notesRequest(id: string): RequestOf<'get', '/v1/wallets/{id}/notes'> {
  return { params: { id }, query: { limit: '20' } };
}

export function walletAuditRequest(id: string, after?: string): RequestOf<'get', '/v1/audit'> {
  return { query: { object_id: id, after, limit: '20' } };
}

export function walletsOfRequest(customerId: string): RequestOf<'get', '/v1/wallets'> {
  return { query: { customer_id: customerId, limit: '100' } };
}
