import type { MobileChannel } from '@/contracts/channels';
import { recordChange } from '@/server/audit/record-change';
import { readCustomer } from '@/server/customers/read';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { sqlMs, sqlNow } from '@/server/kernel/sql-time';
import { inTransaction, type Transaction } from '@/server/kernel/transaction';
import { attemptOf, providerOf } from '@/server/payments/attempt';
import { spendToken } from '@/server/payments/one-time-code';
import { payerPhone, requireRoute } from '@/server/payments/payer-route';
import { readCollectionPolicy } from '@/server/payments/policy';
import { findPayment, paymentNotFound } from '@/server/payments/read';
import { homesOf } from '@/server/providers/channels';
import type { SavedMethod } from '@/server/providers/provider';
import { hashOfToken, ownerOfToken } from './method-token';
import { isPhoneAllowed } from './phone-allowed';
import { type PaymentMethodView, readMethod } from './read-methods';
import { renderMethod } from './render-method';

export interface Consent {
  /** In the words that the customer saw. */
  readonly statement: string;
  /** Null for now. */
  readonly givenAtMs: number | null;
}

export type SavePaymentMethodInput = { readonly customerId: string; readonly consent: Consent } & (
  | {
      readonly type: 'mobile_money';
      readonly channel: MobileChannel;
      readonly phone: string;
      readonly otpToken: string | null;
    }
  | { readonly type: 'card'; readonly paymentId: string }
);

export interface SavedPaymentMethod {
  readonly method: PaymentMethodView;
  /** False: the very same was saved before. */
  readonly isNew: boolean;
}

/**
 * Keeps a phone or a card that its owner agreed may be asked again. A card is that of a payment which succeeded: the provider
 * is asked for what charges it, so that no token ever comes from outside.
 * @throws Problem resource_missing, parameter_invalid, parameter_missing, payment_method_unusable, provider_unavailable
 */
export async function savePaymentMethod(ctx: Context, input: SavePaymentMethodInput): Promise<SavedPaymentMethod> {
  const customer = await readCustomer(ctx, input.customerId);
  if (input.type === 'card') {
    const found = await cardOf(ctx, input.paymentId, customer.id);
    return inTransaction(ctx, (tx) => keep(ctx, tx, input, found));
  }
  const phone = routeOf(ctx, input.channel, input.phone);
  const policy = await readCollectionPolicy(ctx);
  if (!isPhoneAllowed(policy, phone.phone, customer.phone)) {
    throw new Problem(
      'parameter_invalid',
      '`phone` must be the customer’s registered phone: this client’s is locked.',
      {
        param: 'phone',
      },
    );
  }
  if (policy.phonePolicy === 'otp' && input.otpToken === null) {
    throw new Problem('parameter_missing', '`otp_token` is missing: this client verifies phones by a code first.', {
      param: 'otp_token',
    });
  }
  return inTransaction(ctx, async (tx) => {
    if (policy.phonePolicy === 'otp' && input.otpToken !== null) {
      await spendToken(ctx, tx, { token: input.otpToken, phone: phone.phone });
    }
    return keep(ctx, tx, input, phone);
  });
}

interface Instrument {
  readonly channel: string;
  readonly country: string;
  readonly currency: string;
  readonly phone: string | null;
  readonly card: (SavedMethod & { readonly providerAccount: string }) | null;
}

/** Network and number must fit, as when it is prompted; the currency is the network's there. */
function routeOf(ctx: Context, channel: MobileChannel, text: string): Instrument & { readonly phone: string } {
  const { country } = payerPhone(text);
  const home = homesOf(channel).find((one) => one.country === country);
  if (home === undefined) {
    throw new Problem('parameter_invalid', `\`phone\` does not fit: ${channel} has no numbers there.`, {
      param: 'phone',
    });
  }
  const route = requireRoute(
    { channel, country, currency: home.currency, phone: text },
    { isNetworkConfirmed: false, isTestMode: ctx.principal.mode === 'test' },
  );
  if (route.phone === null) throw new Error('A mobile channel has a phone.');
  return { channel, country: route.country, currency: route.currency, phone: route.phone, card: null };
}

/** Asks the provider, outside any transaction, by what the card of a payment can be charged. */
async function cardOf(ctx: Context, paymentId: string, customerId: string): Promise<Instrument> {
  const payment = await findPayment(ctx, paymentId);
  if (payment === null || payment.customerId !== customerId) {
    throw new Problem('resource_missing', paymentNotFound().message, { param: 'payment_id' });
  }
  if (payment.channel !== 'CARD' || payment.journalId === null) {
    throw new Problem('parameter_invalid', '`payment_id` must be a card payment that succeeded.', {
      param: 'payment_id',
    });
  }
  const provider = await providerOf(ctx, payment);
  const seen = await provider?.fetchStatus(attemptOf(ctx, payment), {});
  if (seen === undefined || seen.outcome === 'unknown') {
    throw new Problem('provider_unavailable', 'The provider does not say which card it was; nothing was saved.', {
      param: 'payment_id',
      retryAfterSeconds: 30,
    });
  }
  if (seen.savedMethod === null || provider?.chargeSaved === undefined) {
    throw new Problem('payment_method_unusable', 'Its bank does not let this card be charged without its owner.', {
      param: 'payment_id',
    });
  }
  const { country, currency, providerAccount } = payment;
  return { channel: 'CARD', country, currency, phone: null, card: { ...seen.savedMethod, providerAccount } };
}

/** Guarantee: the unique indexes keep a phone or a card of a customer once; who comes second is given what is there. */
async function keep(
  ctx: Context,
  tx: Transaction,
  { customerId, type, consent }: SavePaymentMethodInput,
  { channel, country, currency, phone, card }: Instrument,
): Promise<SavedPaymentMethod> {
  const { tenantId, actor } = ctx.principal;
  const { secretBox } = ctx;
  if (secretBox === undefined) throw new Error('No request asks, so there is no secret to keep.');
  await requirePast(ctx, tx, consent.givenAtMs);
  const id = ctx.ledger.nextId();
  const { rowCount } = await tx.query(
    `insert into payment_methods (tenant_id, id, customer_id, type, channel, country, currency, phone, provider_account,
       token_sealed, token_hash, card_brand, card_last_four, card_expiry_month, card_expiry_year, payer_email,
       consent_statement, consent_at, consent_actor, created_at)
     values ($1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
       coalesce(timestamptz 'epoch' + $19::bigint * interval '1 millisecond', ${sqlNow(2)}), $20, ${sqlNow(2)})
     on conflict do nothing`,
    [
      tenantId,
      ctx.clock.fixedMs(),
      id,
      customerId,
      type,
      channel,
      country,
      currency,
      phone,
      card?.providerAccount ?? null,
      card === null ? null : secretBox.seal(card.token, ownerOfToken(tenantId, id)),
      card === null ? null : hashOfToken(card.token),
      card?.brand ?? null,
      card?.lastFour ?? null,
      card?.expiryMonth ?? null,
      card?.expiryYear ?? null,
      card?.email ?? null,
      consent.statement,
      consent.givenAtMs,
      actor,
    ],
  );
  if (rowCount !== 1) {
    const { rows } = await tx.query<{ id: string }>(
      `select id from payment_methods where tenant_id = $1 and customer_id = $2 and detached_at is null
         and ((channel = $3 and phone = $4) or token_hash = $5)`,
      [tenantId, customerId, channel, phone, card === null ? null : hashOfToken(card.token)],
    );
    if (rows[0] === undefined) throw new Error('A payment method that stands in the way is there.');
    return { method: await readMethod(ctx, rows[0].id, { tx }), isNew: false };
  }
  const method = await readMethod(ctx, id, { tx });
  await recordChange(ctx, tx, {
    action: 'payment_method.created',
    objectId: id,
    before: null,
    after: JSON.stringify(renderMethod(method)),
  });
  return { method, isNew: true };
}

/** @throws Problem parameter_invalid: nobody has agreed tomorrow */
async function requirePast(ctx: Context, tx: Transaction, givenAtMs: number | null): Promise<void> {
  if (givenAtMs === null) return;
  const { rows } = await tx.query<{ now_ms: string }>(`select ${sqlMs(sqlNow(1))} as now_ms`, [ctx.clock.fixedMs()]);
  if (givenAtMs <= Number(rows[0]?.now_ms) + CLOCKS_APART_MS) return;
  throw new Problem('parameter_invalid', '`consent.given_at` is in the future.', { param: 'consent.given_at' });
}

/** A caller's clock may be ahead of ours. */
const CLOCKS_APART_MS = 60_000;
