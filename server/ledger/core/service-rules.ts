import { type Charges, chargesOf } from './fees';
import { refuse } from './refuse';
import { usageKey, usagePeriods } from './state';
import type { Account, ServiceVersion } from './types';
import type { Leg, Work } from './work';

/** What the client service allows and charges; refuses what it does not allow. Changes nothing. */
export function applyService(
  work: Work,
  service: ServiceVersion | null,
  type: 'CREDIT' | 'DEBIT' | 'TRANSFER',
  account: Account,
  amountMinor: bigint,
): Charges {
  if (service !== null) {
    if (!service.active) refuse('service_inactive', { service_version_id: service.id });
    if (!service.transactionTypes.includes(type)) refuse('service_type_not_allowed', { type });
    if (amountMinor < service.minimumAmountMinor) {
      refuse('amount_below_minimum', { limit: service.minimumAmountMinor, currency: account.currency });
    }
    if (amountMinor > service.maximumAmountMinor) {
      refuse('amount_above_maximum', { limit: service.maximumAmountMinor, currency: account.currency });
    }
    requireUnderCaps(work, service, account, amountMinor);
  }
  return chargesOf(service, amountMinor);
}

function capsOf(service: ServiceVersion, nowMs: number): [cap: bigint, period: string][] {
  if (service.dailyCapMinor === null && service.monthlyCapMinor === null) return [];
  const { day, month } = usagePeriods(nowMs);
  const caps: [bigint, string][] = [];
  if (service.dailyCapMinor !== null) caps.push([service.dailyCapMinor, day]);
  if (service.monthlyCapMinor !== null) caps.push([service.monthlyCapMinor, month]);
  return caps;
}

function requireUnderCaps(work: Work, service: ServiceVersion, account: Account, amountMinor: bigint): void {
  for (const [cap, period] of capsOf(service, work.nowMs)) {
    const used = work.state.usage.get(usageKey(service.serviceId, account.id, period)) ?? 0n;
    if (used + amountMinor > cap) {
      refuse('cap_exceeded', { limit: cap, used, period, currency: account.currency });
    }
  }
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
