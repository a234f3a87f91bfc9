import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aService } from '../testing';
import { chargesOf, NO_CHARGES, partOf } from './fees';
import { planConsumption } from './lots';
import type { ServiceVersion } from './types';

const LARGEST = 9_007_199_254_740_991n;
/** Amounts of every size: as many of one digit as of sixteen. */
const amountOfAnySize = fc
  .integer({ min: 0, max: 53 })
  .chain((bits) =>
    fc.bigInt({ min: 1n << BigInt(Math.max(0, bits - 1)), max: bits === 53 ? LARGEST : 1n << BigInt(bits) }),
  );
const millionths = fc.bigInt({ min: 0n, max: 1_000_000n });
const atMostHalf = fc.bigInt({ min: 0n, max: 500_000n });
const bound = fc.option(fc.bigInt({ min: 0n, max: 5_000n }), { freq: 2 });

describe('a part of an amount', () => {
  test('is within half a minor unit of the exact part, halves up', () => {
    fc.assert(
      fc.property(amountOfAnySize, millionths, (amount, parts) => {
        const twiceOff = 2n * (partOf(amount, parts) * 1_000_000n - amount * parts);
        expect(twiceOff > -1_000_000n && twiceOff <= 1_000_000n).toBe(true);
      }),
    );
  });

  test.each([
    [25n, 20_000n, 1n],
    [24n, 20_000n, 0n],
    [75n, 20_000n, 2n],
    [1n, 499_999n, 0n],
    [1n, 500_000n, 1n],
    [LARGEST, 1_000_000n, LARGEST],
    [LARGEST, 1n, 9_007_199_255n],
  ])('%i at %i millionths is %i', (amount, parts, part) => {
    expect(partOf(amount, parts)).toBe(part);
  });
});

describe('charges', () => {
  const percentage = (partsPerMillion: bigint, rules: Partial<ServiceVersion> = {}): ServiceVersion =>
    aService('1', { fee: { type: 'PERCENTAGE', partsPerMillion }, ...rules });

  test('none without a service or without a fee, whatever the bounds and the tax', () => {
    expect(chargesOf(null, 100n)).toEqual(NO_CHARGES);
    expect(chargesOf(aService('1', { minimumFeeMinor: 5n, taxPartsPerMillion: 160_000n }), 100n)).toEqual(NO_CHARGES);
  });

  test('stay within their bounds; the greatest wins over the least', () => {
    fc.assert(
      fc.property(amountOfAnySize, millionths, bound, bound, (amount, parts, minimumFeeMinor, maximumFeeMinor) => {
        const { feeMinor } = chargesOf(percentage(parts, { minimumFeeMinor, maximumFeeMinor }), amount);
        if (maximumFeeMinor !== null) expect(feeMinor <= maximumFeeMinor).toBe(true);
        if (minimumFeeMinor !== null && (maximumFeeMinor === null || minimumFeeMinor <= maximumFeeMinor)) {
          expect(feeMinor >= minimumFeeMinor).toBe(true);
        }
        if (minimumFeeMinor === null && maximumFeeMinor === null) expect(feeMinor).toBe(partOf(amount, parts));
      }),
    );
  });

  test('a fixed fee is itself, and its tax is of the fee, not of the amount', () => {
    const service = aService('1', { fee: { type: 'FIXED', amountMinor: 25n }, taxPartsPerMillion: 160_000n });
    expect(chargesOf(service, 1n)).toEqual({ feeMinor: 25n, taxMinor: 4n });
    expect(chargesOf(service, LARGEST)).toEqual({ feeMinor: 25n, taxMinor: 4n });
  });

  test('fee, tax and net are the amount to the minor unit, however the wallet is made up', () => {
    fc.assert(
      fc.property(amountOfAnySize, atMostHalf, atMostHalf, (amount, parts, taxPartsPerMillion) => {
        // A fee of half a minor unit rounds up to one: of one minor unit nothing may be left to tax.
        fc.pre(amount > 2n);
        const { feeMinor, taxMinor } = chargesOf(percentage(parts, { taxPartsPerMillion }), amount);
        const net = amount - feeMinor - taxMinor;
        expect(net + feeMinor + taxMinor).toBe(amount);
        expect(feeMinor >= 0n && taxMinor >= 0n && feeMinor <= amount && taxMinor <= feeMinor).toBe(true);
        const account = { balanceMinor: amount, heldMinor: 0n } as Parameters<typeof planConsumption>[0];
        const taken = [net, feeMinor, taxMinor].flatMap((part) => planConsumption(account, [], part));
        expect(taken.reduce((sum, share) => sum + share.amountMinor, 0n)).toBe(amount);
      }),
    );
  });
});
