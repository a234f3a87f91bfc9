import { formatId } from '@/contracts/ids';
import type { TopUpObject } from '@/contracts/top-ups';
import { paymentNumberOf, type TopUpView } from './read';

/** The object as events carry it and, with its address, as the API answers it. Beside the verbs, which put it into the outbox. */
export function renderTopUp(topUp: TopUpView, checkoutUrl: string | null): TopUpObject {
  return {
    id: formatId('topup', topUp.id),
    object: 'topup',
    wallet_id: formatId('wallet', topUp.walletId),
    amount: Number(topUp.amountMinor),
    currency: topUp.currency,
    status: topUp.status,
    failure_code: topUp.failureCode,
    ...(checkoutUrl !== null && { checkout_url: checkoutUrl }),
    payment_number: paymentNumberOf(topUp),
    payment_id: topUp.paymentPublicId,
    attempts: topUp.attempts,
    source: topUp.source,
    payment_method_id: topUp.paymentMethodId === null ? null : formatId('paymentMethod', topUp.paymentMethodId),
    redirect_url: topUp.redirectUrl,
    cancel_url: topUp.cancelUrl,
    metadata: JSON.parse(topUp.metadata) as Record<string, unknown>,
    expires_at: isoTime(topUp.expiresAtMs),
    created_at: isoTime(topUp.createdAtMs),
    updated_at: isoTime(topUp.updatedAtMs),
    livemode: topUp.livemode,
  };
}

/** To the second, as `/v1` writes times. */
function isoTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
