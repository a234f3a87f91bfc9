import { one } from '@/components/api/one';
import type { RequestOf } from '@/server/http/api-types';

/** Which requests are listed: each an address. */
export const SHOWN = ['mine', 'asked', 'all', 'done'] as const;
export type Shown = (typeof SHOWN)[number];

type Search = Readonly<Record<string, string | readonly string[] | undefined>>;

export function shownOf(search: Search): Shown {
  const named = one(search['show']);
  return SHOWN.find((shown) => shown === named) ?? 'mine';
}

const FILTERS: Readonly<Record<Shown, RequestOf<'get', '/v1/approvals'>['query']>> = {
  mine: { decidable: 'true' },
  asked: { made_by_me: 'true' },
  all: { status: 'pending' },
  done: { ended: 'true' },
};

export function approvalListRequest(search: Search): RequestOf<'get', '/v1/approvals'> {
  return { query: { ...FILTERS[shownOf(search)], after: one(search['after']), limit: '25' } };
}

export function approvalRequest(id: string): RequestOf<'get', '/v1/approvals/{id}'> {
  return { params: { id } };
}
