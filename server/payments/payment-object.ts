import { formatId } from '@/contracts/ids';
import type { PaymentObject } from '@/contracts/payments';
import { legacyTime } from './legacy-callback';
import type { PaymentView } from './types';

/** The payment in the words of `/v1`: lists, events and the answers of what staff do to it. */
export function paymentObject(payment: PaymentView): PaymentObject {
  const time = (ms: number | null): string | null => (ms === null ? null : legacyTime(ms));
  return {
    id: payment.publicId,
    object: 'payment',
    reference: payment.reference,
    status: payment.state,
    is_final: payment.isFinal,
    amount: Number(payment.amountMinor),
    fee: Number(payment.feeMinor),
    tax: Number(payment.taxMinor),
    fee_bearer: payment.feeBearer,
    amount_charged: Number(payment.chargedMinor),
    net_amount: Number(payment.netMinor),
    amount_refunded: Number(payment.refundedMinor),
    currency: payment.currency,
    channel: payment.channel,
    country: payment.country,
    provider: payment.provider,
    phone: payment.phone,
    customer_id: payment.customerId,
    wallet_id: payment.walletId === null ? null : formatId('wallet', payment.walletId),
    topup_id: payment.topUpId === null ? null : formatId('topup', payment.topUpId),
    transaction_id: payment.journalId === null ? null : formatId('transaction', String(BigInt(payment.journalId) + 1n)),
    description: payment.description,
    metadata: payment.metadata === null ? {} : (JSON.parse(payment.metadata) as Record<string, unknown>),
    failure_code: payment.failureCode,
    provider_reference: payment.providerReference,
    receipt: payment.receipt,
    prompt_expires_at: time(payment.promptExpiresAtMs),
    paid_at: time(payment.paidAtMs),
    created_at: legacyTime(payment.createdAtMs),
    livemode: payment.livemode,
  };
}
