import { randomUUID } from 'node:crypto';
import type { MobileChannel } from '@/contracts/channels';
import { formatMinor } from '@/contracts/money';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { requireRoute } from '@/server/payments/payer-route';
import type { Payment } from '@/server/payments/payment-row';
import { paymentPorts } from '@/server/payments/ports';
import type { Route } from '@/server/providers/provider';
import type { RefundRoute } from './refund-row';

export interface Destination {
  readonly phone: string;
  readonly channel: MobileChannel;
  readonly name: string;
}

/**
 * The way back of a payment: its own provider undoes it where that can; where it cannot, another that pays out sends the
 * money to the phone which paid. Never anywhere else.
 * @throws Problem refund_method_unavailable, amount_below_minimum, amount_above_maximum, parameter_invalid
 */
export async function routeBack(ctx: Context, payment: Payment, amountMinor: bigint): Promise<RefundRoute> {
  const { channel, country, currency, phone, providerAccount } = payment;
  const { tenantId, mode } = ctx.principal;
  const own = await paymentPorts(ctx.db).providers.at({ tenantId, mode }, providerAccount);
  if (own?.capabilities.canRefund === true && own.refund !== undefined && own.fetchRefundStatus !== undefined) {
    const attemptReference = randomUUID();
    const back = { provider: own.name, providerAccount, attemptReference, channel, country };
    return { ...back, way: 'refund', phone: null, payeeName: null };
  }
  if (phone === null || channel === 'CARD' || channel === 'BANK') throw unavailable(channel);
  return payout(ctx, { channel, country, currency, phone }, payment.payer.name, amountMinor);
}

/** The phone that a request names must fit its network and the money. */
export async function routeTo(
  ctx: Context,
  { channel, phone, name }: Destination,
  currency: string,
  amountMinor: bigint,
): Promise<RefundRoute> {
  const route = requireRoute(
    { channel, country: null, currency, phone },
    { isNetworkConfirmed: true, isTestMode: ctx.principal.mode === 'test' },
  );
  if (route.phone === null) throw unavailable(channel);
  return payout(ctx, { channel, country: route.country, currency, phone: route.phone }, name, amountMinor);
}

/**
 * A client's own credentials come first, as for payments; one whose circuit is open stands back for another. What an entry
 * collects (`only`) says nothing about where its adapter pays out to.
 */
async function payout(
  ctx: Context,
  wanted: Pick<Route, 'channel' | 'country' | 'currency'> & { readonly phone: string },
  payeeName: string | null,
  amountMinor: bigint,
): Promise<RefundRoute> {
  const { channel, country, currency, phone } = wanted;
  const { tenantId, mode } = ctx.principal;
  const served = await paymentPorts(ctx.db).providers.of({ tenantId, mode });
  const fitting = served.flatMap(({ account, provider }) => {
    const canPayOut =
      provider.capabilities.canPayOut && provider.payOut !== undefined && provider.fetchPayoutStatus !== undefined;
    const route = provider.capabilities.routes.find(
      (one) => one.channel === channel && one.country === country && one.currency === currency,
    );
    return canPayOut && route !== undefined ? [{ account, provider, route }] : [];
  });
  const chosen = fitting.find(({ provider }) => provider.isAvailable()) ?? fitting[0];
  if (chosen === undefined) throw unavailable(channel);
  requireAmount(chosen.route, amountMinor);
  return {
    way: 'payout',
    provider: chosen.provider.name,
    providerAccount: chosen.account,
    attemptReference: randomUUID(),
    channel,
    country,
    phone,
    payeeName,
  };
}

function requireAmount({ channel, currency, leastMinor, greatestMinor, multipleOfMinor }: Route, amountMinor: bigint) {
  const shown = (minor: bigint): string => formatMinor(minor, currency);
  if (amountMinor < leastMinor) {
    throw new Problem('amount_below_minimum', `The least that is paid out to ${channel} is ${shown(leastMinor)}.`, {
      param: 'amount',
      details: { minimum: Number(leastMinor) },
    });
  }
  if (amountMinor > greatestMinor) {
    throw new Problem('amount_above_maximum', `The most that is paid out to ${channel} is ${shown(greatestMinor)}.`, {
      param: 'amount',
      details: { maximum: Number(greatestMinor) },
    });
  }
  if (amountMinor % multipleOfMinor === 0n) return;
  throw new Problem(
    'parameter_invalid',
    `\`amount\` must be a multiple of ${shown(multipleOfMinor)}: ${channel} takes no less.`,
    { param: 'amount', details: { multiple_of: Number(multipleOfMinor) } },
  );
}

function unavailable(channel: string): Problem {
  return new Problem(
    'refund_method_unavailable',
    `No provider here gives money back to ${channel}: pay it outside, and record it with \`method: recorded\`.`,
    { param: 'method' },
  );
}
