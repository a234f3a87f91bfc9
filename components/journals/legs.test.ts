import { describe, expect, it } from 'vitest';
import { feeArithmetic } from './fee-words';
import { balancesInWords, groupsOf, type Leg } from './legs';

const leg = (number: number, side: Leg['side'], part: Leg['part'], type: string): Leg =>
  ({ leg: number, side, part, account: { type, name: type } }) as Leg;

describe('the T-account', () => {
  const legs = [
    leg(1, 'credit', 'principal', 'CUSTOMER_WALLET'),
    leg(2, 'debit', 'principal', 'PROVIDER_CLEARING'),
    leg(3, 'debit', 'fee', 'AVAILABLE_COLLECTIONS'),
    leg(4, 'credit', 'fee', 'COMMISSION_ACCOUNT'),
  ];

  it('faces each debit with its credit, whichever leg comes first, fees apart', () => {
    const { principal, charges } = groupsOf(legs);
    expect(principal.map(({ debit, credit }) => [debit?.leg, credit?.leg])).toEqual([[2, 1]]);
    expect(charges.map(({ debit, credit }) => [debit?.leg, credit?.leg])).toEqual([[3, 4]]);
  });

  it('loses no entry where two stand on one side', () => {
    const { principal } = groupsOf([
      leg(1, 'debit', 'principal', 'CUSTOMER_WALLET'),
      leg(2, 'debit', 'principal', 'SUSPENSE'),
    ]);
    expect(principal.map(({ debit, credit }) => [debit?.leg, credit])).toEqual([
      [1, null],
      [2, null],
    ]);
  });

  it('says why balances stand where they do', () => {
    expect(balancesInWords(legs)).toBe(
      'Wallets, collections and commission are owed, so Cr; clearing is held for us, so Dr.',
    );
    expect(balancesInWords(legs.slice(1, 2))).toBe('Clearing is held for us, so Dr.');
  });
});

describe('a fee’s arithmetic', () => {
  const rules = {
    service_code: 'S',
    service_name: 'Wallet top-up',
    version: 4,
    bearer: 'client',
    type: 'PERCENTAGE',
    base: 50_000,
    rate_ppm: 20_000,
    fixed: null,
    minimum: null,
    maximum: null,
    amount: 1_000,
    tax_rate_ppm: 150_000,
    tax: 150,
    returns_on_reversal: true,
  } as const;

  it('is written out', () => {
    expect(feeArithmetic(rules, 'GHS')).toBe('2 % of 500.00 is 10.00; tax 15 % of 10.00 is 1.50');
    expect(feeArithmetic({ ...rules, type: 'FIXED', rate_ppm: null, fixed: 100, amount: 100, tax: 0 }, 'GHS')).toBe(
      'a fixed 1.00',
    );
  });

  it('names the least and the greatest fee where they decided', () => {
    expect(feeArithmetic({ ...rules, minimum: 2_000, amount: 2_000, tax: 0 }, 'GHS')).toBe(
      '2 % of 500.00 is under the least fee, 20.00',
    );
    expect(feeArithmetic({ ...rules, base: 5_000_000, maximum: 2_000, amount: 2_000, tax: 0 }, 'GHS')).toBe(
      '2 % of 50,000.00 is over the greatest fee, 20.00',
    );
  });
});
