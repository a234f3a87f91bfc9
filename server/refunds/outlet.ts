import { attemptOf } from '@/server/payments/attempt';
import { paymentPorts } from '@/server/payments/ports';
import { loadPayment } from '@/server/payments/read';
import type { PaymentServices } from '@/server/payments/services';
import type {
  Call,
  Initiation,
  Observation,
  Payout,
  Provider,
  Refund as RefundOfAttempt,
} from '@/server/providers/provider';
import type { Refund, RefundRoute } from './refund-row';

/** A provider's way of giving money back, whichever of the two it is. */
export interface Outlet {
  start(refund: Refund, call: Call): Promise<Initiation>;
  fetchStatus(refund: Refund, call: Call): Promise<Observation>;
}

/** @throws Error when the configuration has lost the provider: it is tried again by its schedule */
export async function outletOf(services: PaymentServices, refund: Refund): Promise<Outlet> {
  const { tenantId, mode, route } = refund;
  if (route === null) throw new Error(`The refund ${refund.publicId} goes through no provider.`);
  const provider = await paymentPorts(services.db).providers.at({ tenantId, mode }, route.providerAccount);
  if (provider === null) throw new Error(`No adapter is configured for ${route.providerAccount}.`);
  return route.way === 'payout' ? payoutOutlet(provider, route) : refundOutlet(services, provider, route);
}

function payoutOutlet(provider: Provider, route: RefundRoute): Outlet {
  return {
    start: (refund, call) => required(provider.payOut?.(payoutOf(refund, route), call), provider),
    fetchStatus: (refund, call) => required(provider.fetchPayoutStatus?.(payoutOf(refund, route), call), provider),
  };
}

function refundOutlet(services: PaymentServices, provider: Provider, route: RefundRoute): Outlet {
  const of = (refund: Refund): Promise<RefundOfAttempt> => refundOf(services, refund, route);
  return {
    start: async (refund, call) => required(provider.refund?.(await of(refund), call), provider),
    fetchStatus: async (refund, call) => required(provider.fetchRefundStatus?.(await of(refund), call), provider),
  };
}

function required<T>(answer: Promise<T> | undefined, { name }: Provider): Promise<T> {
  if (answer === undefined) throw new Error(`${name} gives no money back.`);
  return answer;
}

/** From when a provider counts as not having heard of it: since it was sent. */
const startedAt = (refund: Refund): number => refund.submittedAtMs ?? refund.createdAtMs;

function payoutOf(refund: Refund, { attemptReference, channel, country, phone, payeeName }: RefundRoute): Payout {
  if (phone === null) throw new Error(`The payout ${refund.publicId} has no phone.`);
  return {
    reference: attemptReference,
    channel,
    country,
    currency: refund.currency,
    amountMinor: refund.amountMinor,
    phone,
    payeeName: payeeName ?? 'Customer',
    reason: refund.reason,
    startedAtMs: startedAt(refund),
    providerReference: refund.providerReference,
  };
}

async function refundOf(
  services: PaymentServices,
  refund: Refund,
  { attemptReference }: RefundRoute,
): Promise<RefundOfAttempt> {
  const payment =
    refund.paymentId === null ? null : await loadPayment(services.db.pool, refund.tenantId, refund.paymentId);
  if (payment === null) throw new Error(`The refund ${refund.publicId} is of a payment that is not there.`);
  return {
    reference: attemptReference,
    attempt: attemptOf(services, payment),
    receipt: payment.receipt,
    amountMinor: refund.amountMinor,
    reason: refund.reason,
    startedAtMs: startedAt(refund),
    providerReference: refund.providerReference,
  };
}
