import { one } from '@/components/api/one';
import type { RequestOf } from '@/server/http/api-types';

type Search = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The addresses' parameters as the API's: the server and the browser ask in the same words. */
export function promotionListRequest(search: Search): RequestOf<'get', '/v1/promotions'> {
  return {
    query: { status: one(search['status']) as 'active' | undefined, after: one(search['after']), limit: '25' },
  };
}

export function importListRequest(search: Search): RequestOf<'get', '/v1/promotion_imports'> {
  return {
    query: { state: one(search['state']) as 'done' | undefined, after: one(search['after']), limit: '25' },
  };
}

export function lotListRequest(search: Search): RequestOf<'get', '/v1/promotion_lots'> {
  return {
    query: {
      promotion: one(search['promotion']),
      wallet: one(search['wallet']),
      state: one(search['state']) as 'open' | undefined,
      expires_from: one(search['expires_from']),
      expires_to: one(search['expires_to']),
      after: one(search['after']),
      limit: '25',
    },
  };
}

export type RowState = 'ready' | 'refused' | 'issued' | 'failed' | 'left_out';

/** What is shown of a file's rows: those refused among their neighbours before it is issued, all or some after. */
export function rowsRequest(
  id: string,
  isChecked: boolean,
  search: Search,
): RequestOf<'get', '/v1/promotion_imports/{id}/rows'> {
  const after = one(search['after']);
  return {
    params: { id },
    query: isChecked
      ? { state: 'refused', neighbours: 'true', after, limit: '60' }
      : { state: one(search['row']) as RowState | undefined, after, limit: '50' },
  };
}

/** The first of this month, and as many months on, as days of UTC. */
export function calendarRequest(nowMs: number, months: number): RequestOf<'get', '/v1/promotion_lots/expiry_calendar'> {
  const now = new Date(nowMs);
  const day = (month: number, of: number): string =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + month, of)).toISOString().slice(0, 10);
  return { query: { from: day(0, 1), to: day(months, 0) } };
}

export function breakageRequest(search: Search): RequestOf<'get', '/v1/reports/breakage'> {
  return {
    query: {
      from: one(search['from']),
      to: one(search['to']),
      promotion: one(search['promotion']),
      currency: one(search['currency']),
    },
  };
}
