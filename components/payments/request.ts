import { one } from '@/components/api/one';
import type { AnswerOf, RequestOf } from '@/server/http/api-types';

export type Payment = AnswerOf<'get', '/v1/payments/{reference}/details'>;
export type ListedPayment = AnswerOf<'get', '/v1/payments'>['data'][number];
type Search = Readonly<Record<string, string | readonly string[] | undefined>>;

export const PAYMENTS_PER_PAGE = '25';

/** The address's parameters as the API's: the server and the browser ask in the same words. */
export function paymentListRequest(search: Search): RequestOf<'get', '/v1/payments'> {
  return {
    query: {
      status: one(search['status']) as Payment['status'] | undefined,
      channel: one(search['channel']) as Payment['channel'] | undefined,
      provider: one(search['provider']) as 'mtn-momo' | undefined,
      customer_id: one(search['customer_id']),
      search: one(search['search']),
      from: one(search['from']),
      to: one(search['to']),
      after: one(search['after']),
      limit: PAYMENTS_PER_PAGE,
    },
  };
}

/** The funnel over the list counts the same period. */
export function paymentReportRequest(search: Search): RequestOf<'get', '/v1/reports/payments'> {
  return { query: { from: one(search['from']), to: one(search['to']) } };
}

export function paymentRequest(reference: string): RequestOf<'get', '/v1/payments/{reference}/details'> {
  return { params: { reference } };
}

export function journalRequest(id: string): RequestOf<'get', '/v1/journals/{id}'> {
  return { params: { id } };
}
