import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { roundedMinor, type ServiceTerms, serviceVersionIn } from './service-terms';

describe('decimal text in minor units', () => {
  test.each([
    ['0', 2, 0n, 0n, 0n],
    ['1', 0, 1n, 1n, 1n],
    ['1.5', 0, 1n, 2n, 2n],
    ['1.4999', 0, 1n, 1n, 2n],
    ['0.0001', 0, 0n, 0n, 1n],
    ['1.005', 2, 100n, 101n, 101n],
    ['1.0049', 2, 100n, 100n, 101n],
    ['1.05', 2, 105n, 105n, 105n],
    ['1.005', 3, 1_005n, 1_005n, 1_005n],
    ['0.0005', 3, 0n, 1n, 1n],
    ['0.0001', 4, 1n, 1n, 1n],
    ['9007199254740990', 3, 9_007_199_254_740_990_000n, 9_007_199_254_740_990_000n, 9_007_199_254_740_990_000n],
  ])('%s with %i decimals', (text, exponent, down, halfUp, up) => {
    expect(roundedMinor(text, exponent, 'down')).toBe(down);
    expect(roundedMinor(text, exponent, 'half_up')).toBe(halfUp);
    expect(roundedMinor(text, exponent, 'up')).toBe(up);
  });

  test('no amount passes in a currency that the limits as written would refuse', () => {
    const tenThousandths = fc.bigInt({ min: 0n, max: 100_000n });
    const textOf = (value: bigint): string => `${value / 10_000n}.${String(value % 10_000n).padStart(4, '0')}`;
    fc.assert(
      fc.property(tenThousandths, tenThousandths, fc.constantFrom(['UGX', 0], ['KES', 2], ['KWD', 3]), (a, b, unit) => {
        const [currency, exponent] = unit as [string, number];
        const terms: ServiceTerms = { ...TERMS, minimumAmount: textOf(a), maximumAmount: textOf(b) };
        const version = serviceVersionIn({ id: '1', serviceId: '1', terms }, currency);
        const step = 10n ** BigInt(4 - exponent);
        expect(version.minimumAmountMinor * step >= a && (version.minimumAmountMinor - 1n) * step < a).toBe(true);
        expect(version.maximumAmountMinor * step <= b && (version.maximumAmountMinor + 1n) * step > b).toBe(true);
      }),
    );
  });
});

const TERMS: ServiceTerms = {
  transactionTypes: ['CREDIT'],
  active: true,
  hasFee: true,
  fee: { type: 'FIXED', amount: '1.005' },
  minimumFee: '0.005',
  maximumFee: '9.994',
  taxPartsPerMillion: 160_000n,
  feeBearer: 'customer',
  refundFeesOnReversal: false,
  minimumAmount: '1.001',
  maximumAmount: '100.009',
  dailyCap: '500.999',
  monthlyCap: null,
};

test('a version in a currency: limits and caps inwards, fees half up, everything else as it is', () => {
  expect(serviceVersionIn({ id: '7', serviceId: '3', terms: TERMS }, 'KES')).toEqual({
    id: '7',
    serviceId: '3',
    transactionTypes: ['CREDIT'],
    active: true,
    fee: { type: 'FIXED', amountMinor: 101n },
    minimumFeeMinor: 1n,
    maximumFeeMinor: 999n,
    taxPartsPerMillion: 160_000n,
    feeBearer: 'customer',
    refundFeesOnReversal: false,
    minimumAmountMinor: 101n,
    maximumAmountMinor: 10_000n,
    dailyCapMinor: 50_099n,
    monthlyCapMinor: null,
  });
});

test('without a fee there is none, whatever the fee says', () => {
  const terms = { ...TERMS, hasFee: false };
  expect(serviceVersionIn({ id: '7', serviceId: '3', terms }, 'KES').fee).toEqual({ type: 'NONE' });
});
