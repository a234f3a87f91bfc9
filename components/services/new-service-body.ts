import type { RequestOf } from '@/server/http/api-types';
import { type Draft, plain } from './draft';

/** A form's words as the API takes them. */
export function newServiceBody(
  named: {
    readonly clientCode: string;
    readonly name: string;
    readonly kind: string;
    readonly currency: string | null;
    readonly atMs: number | null;
  },
  draft: Draft,
): RequestOf<'post', '/api/v1/client-services'>['body'] {
  const optional = (text: string): string | null => (plain(text) === '' ? null : plain(text));
  const hasFee = draft.charged !== 'NONE';
  return {
    client_code: named.clientCode,
    client_service_name: named.name.trim(),
    service_code: named.kind.trim(),
    ...(named.currency !== null && { currency: named.currency }),
    ...(named.atMs !== null && { effective_at: new Date(named.atMs).toISOString() }),
    has_transaction_fee: hasFee,
    ...(draft.charged !== 'NONE' && {
      transaction_fee_type: draft.charged,
      transaction_fee: plain(draft.charged === 'FIXED' ? draft.fixed : draft.rate),
      fee_bearer: draft.bearer,
      tax_on_fee_percentage: plain(draft.tax) || '0',
      refund_fees_on_reversal: draft.givesBack,
    }),
    ...(draft.charged === 'PERCENTAGE' && {
      minimum_transaction_fee: optional(draft.leastFee),
      maximum_transaction_fee: optional(draft.greatestFee),
    }),
    minimum_transaction_amount: plain(draft.smallest),
    maximum_transaction_amount: plain(draft.largest),
    daily_cap: optional(draft.dayCap),
    monthly_cap: optional(draft.monthCap),
    transaction_types: [...draft.types],
    is_active: draft.active ? 1 : 0,
  };
}
