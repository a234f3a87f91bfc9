import { one } from '@/components/api/one';
import { formatId, parseEntryId } from '@/contracts/ids';
import type { AnswerOf, RequestOf } from '@/server/http/api-types';

export type Refund = AnswerOf<'get', '/v1/refunds/{id}'>;
export type ListedRefund = AnswerOf<'get', '/v1/refunds'>['data'][number];

export const REFUNDS_PER_PAGE = '25';

export function refundListRequest(
  search: Readonly<Record<string, string | readonly string[] | undefined>>,
): RequestOf<'get', '/v1/refunds'> {
  return {
    query: {
      status: one(search['status']) as Refund['status'] | undefined,
      method: one(search['method']) as Refund['method'] | undefined,
      payment: one(search['payment']),
      topup_id: one(search['topup_id']),
      wallet_id: one(search['wallet_id']),
      after: one(search['after']),
      limit: REFUNDS_PER_PAGE,
    },
  };
}

export function refundRequest(id: string): RequestOf<'get', '/v1/refunds/{id}'> {
  return { params: { id } };
}

/** The journal an entry stands in, by its id alone. */
export function journalOf(transactionId: string | null): string | null {
  const entry = transactionId === null ? null : parseEntryId(transactionId);
  return entry === null ? null : formatId('journal', entry.journalId);
}
