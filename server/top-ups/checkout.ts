import { type Channel, MOBILE_CHANNELS, type MobileChannel } from '@/contracts/channels';
import type { Database } from '@/db/client';
import { resolveService } from '@/server/client-services/service-book';
import type { Context, Principal } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { chargesOf, NO_CHARGES } from '@/server/ledger/core/fees';
import type { Payment } from '@/server/payments/payment-row';
import { readCollectionPolicy } from '@/server/payments/policy';
import { hasPaymentPorts, paymentPorts } from '@/server/payments/ports';
import { findPayment } from '@/server/payments/read';
import { homesOf, networkOf } from '@/server/providers/channels';
import type { Route } from '@/server/providers/provider';
import { type CheckoutSettings, readCheckoutSettings } from './checkout-settings';
import type { LockedPhone, NetworkOffer, Offers } from './checkout-step';
import { hashOfToken, isCheckoutToken } from './checkout-token';
import { HOME_OF_CURRENCY, networkAt, PLACES } from './networks';
import { readTopUp, type TopUpView } from './read';

/** Whose checkout an address is. */
export interface CheckoutOwner {
  readonly principal: Principal;
  readonly topUpId: string;
  readonly clientName: string;
  readonly isClientActive: boolean;
  readonly customer: {
    readonly id: string;
    readonly name: string | null;
    readonly phone: string | null;
    readonly email: string | null;
  };
}

/** Null for an address that is no checkout's. */
export async function findCheckout(db: Database, token: string): Promise<CheckoutOwner | null> {
  if (!isCheckoutToken(token)) return null;
  const { rows } = await db.pool.query<{
    tenant_id: string;
    id: string;
    mode: 'live' | 'test';
    client_id: string;
    client_name: string;
    client_status: string;
    customer_id: string;
    name: string | null;
    phone: string | null;
    email: string | null;
  }>(
    `select t.tenant_id, t.id, n.mode, c.public_id as client_id, c.name as client_name, c.status as client_status,
       a.customer_id, u.name, u.phone, u.email
     from top_ups t
     join tenants n on n.id = t.tenant_id
     join clients c on c.id = n.client_id
     join accounts a on a.tenant_id = t.tenant_id and a.id = t.wallet_id
     join customers u on u.tenant_id = t.tenant_id and u.id = a.customer_id
     where t.token_hash = $1`,
    [hashOfToken(token)],
  );
  const row = rows[0];
  if (row === undefined) return null;
  return {
    principal: payer(row.tenant_id, row.client_id, row.mode),
    topUpId: row.id,
    clientName: row.client_name,
    isClientActive: row.client_status === 'active',
    customer: { id: row.customer_id, name: row.name, phone: row.phone, email: row.email },
  };
}

/** Who pays has no credential but the address itself, and may do nothing else with it. */
function payer(tenantId: string, clientId: string, mode: 'live' | 'test'): Principal {
  return {
    kind: 'nobody',
    tenantId,
    clientId,
    mode,
    credentialId: '0',
    actor: 'payer',
    scopes: [],
    role: null,
    isOperator: false,
    actsOnClient: false,
  };
}

/** What a top-up costs, before there is a payment that says it. */
export interface Bill {
  readonly amountMinor: bigint;
  /** Fee and tax, where the customer bears them. */
  readonly feeMinor: bigint;
  readonly totalMinor: bigint;
}

/** A top-up as its checkout sees it now. */
export interface Checkout {
  readonly topUp: TopUpView;
  readonly payment: Payment | null;
  readonly settings: CheckoutSettings;
  readonly bill: Bill;
}

export async function readCheckout(ctx: Context, topUpId: string): Promise<Checkout> {
  const topUp = await readTopUp(ctx, topUpId);
  const [payment, settings] = await Promise.all([readPaymentOf(ctx, topUp), readCheckoutSettings(ctx)]);
  return { topUp, payment, settings, bill: payment === null ? await quote(ctx, topUp) : billOf(payment) };
}

export async function readPaymentOf(ctx: Context, { paymentReference }: TopUpView): Promise<Payment | null> {
  return paymentReference === null ? null : findPayment(ctx, paymentReference);
}

function billOf({ amountMinor, chargedMinor }: Payment): Bill {
  return { amountMinor, feeMinor: chargedMinor - amountMinor, totalMinor: chargedMinor };
}

/** As the payment will be charged: by the rules in force of the client's collection service. */
async function quote(ctx: Context, { amountMinor, currency }: TopUpView): Promise<Bill> {
  const { serviceCode } = await readCollectionPolicy(ctx);
  const service = serviceCode === null ? null : await serviceFor(ctx, serviceCode, currency);
  const charges = service === null || service.feeBearer === 'client' ? NO_CHARGES : chargesOf(service, amountMinor);
  const feeMinor = charges.feeMinor + charges.taxMinor;
  return { amountMinor, feeMinor, totalMinor: amountMinor + feeMinor };
}

async function serviceFor(ctx: Context, code: string, currency: string) {
  try {
    return (await resolveService(ctx, code, currency)).version;
  } catch (error) {
    // A service for another currency: the payment will be refused and say so; the page still opens.
    if (error instanceof Problem) return null;
    throw error;
  }
}

const NO_OFFERS: Offers = { networks: [], card: null, bank: null };

/** What this deployment can take for the amount now, in the wallet's currency. */
export async function readOffers(ctx: Context, { currency }: TopUpView, { totalMinor }: Bill): Promise<Offers> {
  if (!hasPaymentPorts(ctx.db)) return NO_OFFERS;
  const { tenantId, mode } = ctx.principal;
  const { providers } = paymentPorts(ctx.db);
  const served = await providers.of({ tenantId, mode });
  const takes = (route: Route, channel: Channel): boolean =>
    route.channel === channel &&
    route.currency === currency &&
    totalMinor >= route.leastMinor &&
    totalMinor <= route.greatestMinor &&
    totalMinor % route.multipleOfMinor === 0n;
  const offer = (channel: Channel): { isAvailable: boolean; country: string } | null => {
    const fitting = served.flatMap(({ provider, routes }) =>
      routes.filter((route) => takes(route, channel)).map((route) => ({ provider, country: route.country })),
    );
    const first = fitting.find(({ country }) => country === HOME_OF_CURRENCY[currency]) ?? fitting[0];
    if (first === undefined) return null;
    const isAvailable = fitting.some(({ provider, country }) => country === first.country && provider.isAvailable());
    return { country: first.country, isAvailable };
  };
  const networks = MOBILE_CHANNELS.flatMap((channel): NetworkOffer[] => {
    const home = homesOf(channel).find((one) => one.currency === currency);
    const found = offer(channel);
    const network = home === undefined ? null : networkAt(channel, home.country);
    return found === null || network === null ? [] : [{ network, isAvailable: found.isAvailable }];
  });
  return { networks, card: offer('CARD'), bank: offer('BANK') };
}

/**
 * The only number that may be prompted, where the client's policy is `locked` (spec decision 21).
 * @returns `none` where there is a lock and no number: then no phone can be asked
 */
export async function readLock(
  ctx: Context,
  { customer }: CheckoutOwner,
  offers: Offers,
): Promise<{ readonly locked: LockedPhone | null; readonly offers: Offers }> {
  const { phonePolicy } = await readCollectionPolicy(ctx);
  if (phonePolicy !== 'locked') return { locked: null, offers };
  const digits = customer.phone?.replace(/^\+/, '') ?? null;
  const country = offers.networks[0]?.network.country ?? null;
  const place = country === null ? undefined : PLACES[country];
  if (digits === null || country === null || place === undefined || !digits.startsWith(place.callingCode)) {
    return { locked: null, offers: { ...offers, networks: [] } };
  }
  const network = networkOf(country, digits.slice(place.callingCode.length));
  const channel = MOBILE_CHANNELS.find((one) => one === network) as MobileChannel | undefined;
  return { locked: { digits, channel: channel ?? null }, offers };
}
