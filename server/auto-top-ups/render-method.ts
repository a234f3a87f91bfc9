import { formatId } from '@/contracts/ids';
import type { PaymentMethodObject } from '@/contracts/payment-methods';
import { maskedNumber, networkAt } from '@/server/top-ups/networks';
import type { PaymentMethodView } from './read-methods';

/** Beside the verbs, which put it into the outbox with its rule. */
export function renderMethod(method: PaymentMethodView): PaymentMethodObject {
  const { card } = method;
  return {
    id: formatId('paymentMethod', method.id),
    object: 'payment_method',
    customer_id: method.customerId,
    type: method.type,
    status: method.detachedAtMs === null ? 'active' : 'detached',
    provider: method.channel,
    country: method.country,
    currency: method.currency,
    label: labelOf(method),
    card:
      card === null
        ? null
        : {
            brand: card.brand,
            last_four: card.lastFour,
            expiry_month: card.expiryMonth,
            expiry_year: card.expiryYear,
          },
    consent: { statement: method.consentStatement, given_at: isoTime(method.consentAtMs) },
    created_at: isoTime(method.createdAtMs),
    detached_at: method.detachedAtMs === null ? null : isoTime(method.detachedAtMs),
    livemode: method.livemode,
  };
}

function labelOf({ channel, country, phone, card }: PaymentMethodView): string {
  if (card !== null) return `${capitalised(card.brand ?? 'card')} ••• ${card.lastFour ?? '????'}`;
  const network = channel === 'CARD' || channel === 'BANK' ? null : networkAt(channel, country);
  return `${network?.wallet ?? channel} ${maskedNumber(phone ?? '')}`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** To the second, as `/v1` writes times. */
export function isoTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
