import { one } from '@/components/api/one';
import type { AnswerOf, RequestOf } from '@/server/http/api-types';

export type TopUp = AnswerOf<'get', '/v1/topups/{id}'>;
export type ListedTopUp = AnswerOf<'get', '/v1/topups'>['data'][number];

export const TOP_UPS_PER_PAGE = '25';

export function topUpListRequest(
  search: Readonly<Record<string, string | readonly string[] | undefined>>,
): RequestOf<'get', '/v1/topups'> {
  return {
    query: {
      status: one(search['status']) as TopUp['status'] | undefined,
      payment_number: one(search['payment_number']),
      customer_id: one(search['customer_id']),
      wallet_id: one(search['wallet_id']),
      from: one(search['from']),
      to: one(search['to']),
      after: one(search['after']),
      limit: TOP_UPS_PER_PAGE,
    },
  };
}

export function topUpRequest(id: string): RequestOf<'get', '/v1/topups/{id}'> {
  return { params: { id } };
}

/** The same top-up as lists show it: with its customer. */
export function namesRequest({ payment_number }: Pick<TopUp, 'payment_number'>): RequestOf<'get', '/v1/topups'> {
  return { query: { payment_number, limit: '5' } };
}

export function attemptsRequest(id: string): RequestOf<'get', '/v1/payments'> {
  return { query: { topup_id: id, limit: '50' } };
}
