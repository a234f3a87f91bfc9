import { type Charges, chargesOf, NO_CHARGES } from './fees';
import { refuse } from './refuse';
import { hasCaps, usageKey, usagePeriods } from './state';
import type { Account, Refusal, ServiceVersion } from './types';
import type { Leg, Work } from './work';

export type ServiceTransactionType = ServiceVersion['transactionTypes'][number];

/** What a service is asked to allow. */
export interface ServiceUse {
  readonly type: ServiceTransactionType;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly nowMs: number;
  /** What counts towards the caps of a period so far. */
  used(period: string): bigint;
}

/** Why a service does not allow a transaction, or null where it does. Postings and quotes both ask here. */
export function serviceRefusal(service: ServiceVersion, use: ServiceUse): Refusal | null {
  const { type, currency, amountMinor } = use;
  if (!service.active) return { code: 'service_inactive', details: { service_version_id: service.id } };
  if (!service.transactionTypes.includes(type)) return { code: 'service_type_not_allowed', details: { type } };
  if (amountMinor < service.minimumAmountMinor) {
    return { code: 'amount_below_minimum', details: { minimum: service.minimumAmountMinor, currency } };
  }
  if (amountMinor > service.maximumAmountMinor) {
    return { code: 'amount_above_maximum', details: { maximum: service.maximumAmountMinor, currency } };
  }
  for (const [cap, period] of capsOf(service, use.nowMs)) {
    const used = use.used(period);
    if (used + amountMinor > cap) return { code: 'cap_exceeded', details: { limit: cap, used, period, currency } };
  }
  return null;
}

/** What the client service charges; refuses what it does not allow. Changes nothing. */
export function applyService(
  work: Work,
  service: ServiceVersion | null,
  type: ServiceTransactionType,
  account: Account,
  amountMinor: bigint,
): Charges {
  if (service === null) return NO_CHARGES;
  const refusal = serviceRefusal(service, {
    type,
    currency: account.currency,
    amountMinor,
    nowMs: work.nowMs,
    used: (period) => work.state.usage.get(usageKey(service.serviceId, account.id, period)) ?? 0n,
  });
  if (refusal !== null) refuse(refusal.code, refusal.details);
  return chargesOf(service, amountMinor);
}

/**
 * Whether the account pays the charges, or who stands across from it. Across the outside the account is the client's own
 * and the customer is beyond it; across the client's collections the account is the customer's. Of a transfer the source
 * pays, whoever the service says.
 */
export function accountPays(
  service: ServiceVersion | null,
  type: ServiceTransactionType,
  across: 'outside' | 'collections' = 'outside',
): boolean {
  if (type === 'TRANSFER') return true;
  return (service?.feeBearer === 'customer') === (across === 'collections');
}

/** The caps that are set, each with the UTC day or month that counts. */
export function capsOf(service: ServiceVersion, nowMs: number): [cap: bigint, period: string][] {
  if (!hasCaps(service)) return [];
  const { day, month } = usagePeriods(nowMs);
  const caps: [bigint, string][] = [];
  if (service.dailyCapMinor !== null) caps.push([service.dailyCapMinor, day]);
  if (service.monthlyCapMinor !== null) caps.push([service.monthlyCapMinor, month]);
  return caps;
}

/** Counts an amount towards the service's caps, once its journal is certain. */
export function countUsage(work: Work, service: ServiceVersion | null, account: Account, amountMinor: bigint): void {
  if (service === null) return;
  for (const [, period] of capsOf(service, work.nowMs)) {
    const key = usageKey(service.serviceId, account.id, period);
    const used = (work.state.usage.get(key) ?? 0n) + amountMinor;
    work.state.usage.set(key, used);
    work.usage.set(key, { service, account, period, amountMinor: used });
  }
}

/** The pairs of legs that charge a fee and its tax to an account. */
export function chargeLegs(work: Work, payer: Account, charges: Charges): Leg[] {
  const legs: Leg[] = [];
  const charge = (amountMinor: bigint, type: 'COMMISSION_ACCOUNT' | 'COMMISSION_TAX_ACCOUNT'): void => {
    if (amountMinor === 0n) return;
    const receiver = work.state.systemAccount(payer.tenantId, payer.currency, type);
    legs.push({ account: payer, amountMinor: -amountMinor }, { account: receiver, amountMinor });
  };
  charge(charges.feeMinor, 'COMMISSION_ACCOUNT');
  charge(charges.taxMinor, 'COMMISSION_TAX_ACCOUNT');
  return legs;
}
