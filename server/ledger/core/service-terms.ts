import { exponentOf } from '@/contracts/money';
import type { ServiceVersion } from './types';

/**
 * The rules of one version of a client service as they were written: money in major units without a currency, since one
 * service serves accounts of several. Every amount is decimal text (`1.5`); percentages are in millionths.
 */
export interface ServiceTerms {
  readonly transactionTypes: ServiceVersion['transactionTypes'];
  readonly active: boolean;
  /** False charges nothing, whatever `fee` says. */
  readonly hasFee: boolean;
  readonly fee:
    | { readonly type: 'FIXED'; readonly amount: string }
    | { readonly type: 'PERCENTAGE'; readonly partsPerMillion: bigint }
    | null;
  readonly minimumFee: string | null;
  readonly maximumFee: string | null;
  /** Tax on the fee, in millionths of the fee. */
  readonly taxPartsPerMillion: bigint;
  readonly feeBearer: ServiceVersion['feeBearer'];
  readonly refundFeesOnReversal: boolean;
  readonly minimumAmount: string;
  readonly maximumAmount: string;
  readonly dailyCap: string | null;
  readonly monthlyCap: string | null;
}

/** Terms under the id that journals name them by. */
export interface StoredServiceVersion {
  readonly id: string;
  readonly serviceId: string;
  readonly terms: ServiceTerms;
}

/**
 * The rules in one currency's minor units. What the currency cannot hold exactly is rounded: limits inwards (minimum up,
 * maximum and caps down), so that no amount passes that the text would refuse; fees half up.
 */
export function serviceVersionIn(stored: StoredServiceVersion, currency: string): ServiceVersion {
  const { terms } = stored;
  const exponent = exponentOf(currency);
  const up = (text: string): bigint => roundedMinor(text, exponent, 'up');
  const down = (text: string): bigint => roundedMinor(text, exponent, 'down');
  const halfUp = (text: string): bigint => roundedMinor(text, exponent, 'half_up');
  const ifSet = (text: string | null, round: (text: string) => bigint): bigint | null =>
    text === null ? null : round(text);
  return {
    id: stored.id,
    serviceId: stored.serviceId,
    transactionTypes: terms.transactionTypes,
    active: terms.active,
    fee:
      !terms.hasFee || terms.fee === null
        ? { type: 'NONE' }
        : terms.fee.type === 'FIXED'
          ? { type: 'FIXED', amountMinor: halfUp(terms.fee.amount) }
          : terms.fee,
    minimumFeeMinor: ifSet(terms.minimumFee, halfUp),
    maximumFeeMinor: ifSet(terms.maximumFee, halfUp),
    taxPartsPerMillion: terms.taxPartsPerMillion,
    feeBearer: terms.feeBearer,
    refundFeesOnReversal: terms.refundFeesOnReversal,
    minimumAmountMinor: up(terms.minimumAmount),
    maximumAmountMinor: down(terms.maximumAmount),
    dailyCapMinor: ifSet(terms.dailyCap, down),
    monthlyCapMinor: ifSet(terms.monthlyCap, down),
  };
}

/** @param text plain decimal text, 0 or more */
export function roundedMinor(text: string, exponent: number, rounding: 'up' | 'down' | 'half_up'): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  const minor = BigInt(whole + fraction.slice(0, exponent).padEnd(exponent, '0'));
  const rest = fraction.slice(exponent);
  if (rounding === 'down' || !/[1-9]/.test(rest)) return minor;
  return rounding === 'up' || rest >= '5' ? minor + 1n : minor;
}
