import type { ServiceVersion } from './types';

const MILLION = 1_000_000n;

/** `amount × parts / 1 000 000`, half up to the minor unit. */
export function partOf(amountMinor: bigint, partsPerMillion: bigint): bigint {
  return (amountMinor * partsPerMillion + MILLION / 2n) / MILLION;
}

export interface Charges {
  readonly feeMinor: bigint;
  readonly taxMinor: bigint;
}

export const NO_CHARGES: Charges = { feeMinor: 0n, taxMinor: 0n };

/** What a service version charges for an amount: the fee within its least and greatest, and the tax on that fee. */
export function chargesOf(service: ServiceVersion | null, amountMinor: bigint): Charges {
  if (service === null || service.fee.type === 'NONE') return NO_CHARGES;
  let feeMinor =
    service.fee.type === 'FIXED' ? service.fee.amountMinor : partOf(amountMinor, service.fee.partsPerMillion);
  if (service.minimumFeeMinor !== null && feeMinor < service.minimumFeeMinor) feeMinor = service.minimumFeeMinor;
  if (service.maximumFeeMinor !== null && feeMinor > service.maximumFeeMinor) feeMinor = service.maximumFeeMinor;
  return { feeMinor, taxMinor: partOf(feeMinor, service.taxPartsPerMillion) };
}
