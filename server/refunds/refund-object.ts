import { formatEntryId, formatId } from '@/contracts/ids';
import type { RefundObject } from '@/contracts/refunds';
import type { Refund } from './refund-row';

/** The refund in the words of `/v1`: answers, lists and events. */
export function refundObject(refund: Refund): RefundObject {
  const { route } = refund;
  const transaction = (journalId: string | null): string | null =>
    journalId === null ? null : formatEntryId(journalId, 1);
  return {
    id: refund.publicId,
    object: 'refund',
    reference: refund.reference,
    status: refund.state,
    method: refund.method,
    source: refund.source,
    amount: Number(refund.amountMinor),
    currency: refund.currency,
    payment_id: refund.paymentPublicId,
    topup_id: refund.topUpId === null ? null : formatId('topup', refund.topUpId),
    wallet_id: refund.walletId === null ? null : formatId('wallet', refund.walletId),
    reason: refund.reason,
    way: route?.way ?? null,
    provider: route?.provider ?? null,
    destination:
      route === null || route.phone === null
        ? null
        : { phone: route.phone, channel: route.channel, name: route.payeeName ?? '' },
    provider_reference: refund.providerReference,
    receipt: refund.receipt,
    failure_code: refund.failureCode,
    transaction_id: transaction(refund.journalId),
    return_transaction_id: transaction(refund.returnJournalId),
    submitted_at: refund.submittedAtMs === null ? null : timeOf(refund.submittedAtMs),
    ended_at: refund.endedAtMs === null ? null : timeOf(refund.endedAtMs),
    created_at: timeOf(refund.createdAtMs),
    updated_at: timeOf(refund.updatedAtMs),
    livemode: refund.mode === 'live',
  };
}

/** `2026-05-24T10:00:00Z`, as all of `/v1` says when something happened. */
function timeOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
