import { one } from '@/components/api/one';
import type { AnswerOf, RequestOf } from '@/server/http/api-types';

export type Reconciliation = AnswerOf<'get', '/v1/reconciliations/{id}'>;
export type ListedReconciliation = AnswerOf<'get', '/v1/reconciliations'>['data'][number];
export type Line = AnswerOf<'get', '/v1/reconciliations/{id}/lines'>['data'][number];
export type Outcome = Line['outcome'];
type Search = Readonly<Record<string, string | readonly string[] | undefined>>;

export const IMPORTS_PER_PAGE = '25';
export const LINES_PER_PAGE = '50';

export function importListRequest(search: Search): RequestOf<'get', '/v1/reconciliations'> {
  return {
    query: {
      provider: one(search['provider']) as ListedReconciliation['provider'] | undefined,
      open: one(search['open']) as 'true' | 'false' | undefined,
      after: one(search['after']),
      limit: IMPORTS_PER_PAGE,
    },
  };
}

export function reconciliationRequest(id: string): RequestOf<'get', '/v1/reconciliations/{id}'> {
  return { params: { id } };
}

/** Which lines are in view: what waits for an answer where anything does, else all, else one outcome. */
export type Shown = 'open' | 'all' | Outcome;

export function shownOf(show: string | undefined, { open_breaks }: Pick<Reconciliation, 'open_breaks'>): Shown {
  return (show as Shown | undefined) ?? (open_breaks > 0 ? 'open' : 'all');
}

export function lineFilter(shown: Shown): { readonly open?: 'true'; readonly outcome?: Outcome } {
  if (shown === 'open') return { open: 'true' };
  return shown === 'all' ? {} : { outcome: shown };
}

export function linesRequest(
  id: string,
  shown: Shown,
  after: string | undefined,
): RequestOf<'get', '/v1/reconciliations/{id}/lines'> {
  return { params: { id }, query: { ...lineFilter(shown), after, limit: LINES_PER_PAGE } };
}
