import { sqlNow } from '@/server/kernel/sql-time';
import type { Exchange } from '@/server/providers/exchange';
import type { Attempt, Call, Observation, Provider } from '@/server/providers/provider';
import { newCallbackToken, tokenHash } from './ids';
import type { Payment } from './payment-row';
import { paymentPorts } from './ports';
import type { PaymentServices } from './services';

/** Stands in where no callback is awaited of a question: adapters take a URL in every attempt. */
const NO_TOKEN = 'none';

/** What an adapter is told of a payment. */
export function attemptOf(services: PaymentServices, payment: Payment, token: string = NO_TOKEN): Attempt {
  const { callbackOrigin } = paymentPorts(services.db);
  return {
    reference: payment.attemptReference,
    channel: payment.channel,
    country: payment.country,
    currency: payment.currency,
    amountMinor: payment.chargedMinor,
    phone: payment.phone,
    payer: payment.payer,
    description: payment.description,
    accountReference: payment.reference,
    callbackUrl: `${callbackOrigin}/callbacks/${payment.provider}/${token}`,
    returnUrl: payment.returnUrl,
    startedAtMs: payment.createdAtMs,
    providerReference: payment.providerReference,
  };
}

/**
 * A new secret for a callback URL, kept hashed before the provider hears of it. Null where the payment is over: nothing may
 * be sent for it any more.
 * Guarantee: the row is locked for the moment, so a cancellation comes either before, and nothing is sent, or after, and
 * sees by the token that something may have been.
 */
export async function addCallbackToken(services: PaymentServices, payment: Payment): Promise<string | null> {
  const token = newCallbackToken();
  const { rowCount } = await services.db.pool.query({
    name: 'add_callback_token',
    text: `with open as (
       select from payments where tenant_id = $1 and id = $4 and state in ('created', 'submitting', 'pending') for share
     )
     insert into payment_callback_tokens (token_hash, tenant_id, payment_id, created_at)
     select $3, $1, $4, ${sqlNow(2)} from open`,
    values: [payment.tenantId, services.clock.fixedMs(), tokenHash(token), payment.id],
  });
  return rowCount === 1 ? token : null;
}

/** The adapter where the payment was begun; null when the configuration has lost it. */
export function providerOf(services: PaymentServices, payment: Payment): Promise<Provider | null> {
  const { tenantId, mode, providerAccount } = payment;
  return paymentPorts(services.db).providers.at({ tenantId, mode }, providerAccount);
}

/** Writes down what went over the wire, for the payment's timeline. */
export function recorder(exchanges: Exchange[]): Call {
  return { record: (exchange) => exchanges.push(exchange) };
}

/** The observation with the whole exchange as its message, where the provider was asked. */
export function withExchanges(observation: Observation, exchanges: readonly Exchange[]): Observation {
  if (exchanges.length === 0) return observation;
  return { ...observation, raw: JSON.stringify(exchanges).slice(0, 64 * 1024) };
}
