import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountSchema, currencySchema, signedAmountSchema } from './amount-schemas';
import { EXPONENTS } from './currencies';
import { AMOUNT_MAX, exponentOf, formatMajor, formatMajor4, formatMinor, parseMajor } from './money';

const anyCurrency = fc.constantFrom(...EXPONENTS.keys());
const anyAmount = fc.bigInt({ min: -BigInt(AMOUNT_MAX), max: BigInt(AMOUNT_MAX) });

describe('formatMinor', () => {
  it.each([
    [15000n, 'GHS', 'GH₵150.00'],
    [0n, 'GHS', 'GH₵0.00'],
    [15000n, 'NGN', '₦150.00'],
    [15000n, 'KES', 'KSh 150.00'],
    [15000n, 'USD', '$150.00'],
    [5n, 'EUR', '€0.05'],
    [123456789n, 'GBP', '£1,234,567.89'],
    [1500n, 'UGX', 'UGX 1,500'],
    [1000000n, 'XOF', 'CFA 1,000,000'],
    [1500n, 'KWD', 'KWD 1.500'],
    [12345n, 'CLF', 'CLF 1.2345'],
    [-123456n, 'GHS', '-GH₵1,234.56'],
    [99999n, 'GHS', 'GH₵999.99'],
    [100000n, 'GHS', 'GH₵1,000.00'],
    [BigInt(AMOUNT_MAX), 'GHS', 'GH₵90,071,992,547,409.91'],
  ])('%s %s is %s', (amount, currency, text) => {
    expect(formatMinor(amount, currency)).toBe(text);
  });

  it('knows its currencies', () => {
    expect(EXPONENTS.size).toBeGreaterThan(160);
    expect(exponentOf('UGX')).toBe(0);
    expect(() => formatMinor(1n, 'ABC')).toThrow(RangeError);
    for (const [code, exponent] of EXPONENTS) {
      expect(code).toMatch(/^[A-Z]{3}$/);
      expect([0, 2, 3, 4]).toContain(exponent);
    }
  });
});

describe('major units', () => {
  it('come back as they went, in every currency', () => {
    fc.assert(
      fc.property(anyAmount, anyCurrency, (amountMinor, currency) => {
        expect(parseMajor(formatMajor(amountMinor, currency), currency)).toEqual({ ok: true, amountMinor });
        expect(parseMajor(formatMajor4(amountMinor, currency), currency)).toEqual({ ok: true, amountMinor });
        expect(formatMajor4(amountMinor, currency)).toMatch(/^-?[0-9]+\.[0-9]{4}$/);
      }),
    );
  });

  it.each([
    ['5', 'GHS', 500n],
    ['0.1', 'GHS', 10n],
    ['0.10', 'GHS', 10n],
    ['10.5000', 'GHS', 1050n],
    ['007', 'GHS', 700n],
    ['-2.50', 'KES', -250n],
    ['1500.0', 'UGX', 1500n],
  ])('reads %s %s', (text, currency, amountMinor) => {
    expect(parseMajor(text, currency)).toEqual({ ok: true, amountMinor });
  });

  it.each([
    ['0.001', 'GHS', 'too_fine'],
    ['1.5', 'UGX', 'too_fine'],
    ['90071992547409.92', 'GHS', 'too_large'],
    ['1e3', 'GHS', 'malformed'],
    ['1,000', 'GHS', 'malformed'],
    ['', 'GHS', 'malformed'],
    ['.5', 'GHS', 'malformed'],
    ['5.', 'GHS', 'malformed'],
    ['+5', 'GHS', 'malformed'],
    [' 5', 'GHS', 'malformed'],
    ['5\n', 'GHS', 'malformed'],
    ['٥', 'GHS', 'malformed'],
  ])('refuses %j %s as %s', (text, currency, problem) => {
    expect(parseMajor(text, currency)).toEqual({ ok: false, problem });
  });
});

describe('wire schemas', () => {
  it.each([1, 500, AMOUNT_MAX])('takes %s', (amount) => {
    expect(amountSchema.safeParse(amount).success).toBe(true);
  });

  it.each([0, -1, 1.5, AMOUNT_MAX + 1, Number.NaN, Number.POSITIVE_INFINITY, '500', null, undefined, true, [500], {}])(
    'refuses %j with a sentence',
    (amount) => {
      const result = amountSchema.safeParse(amount);
      expect(result.error?.issues.map((issue) => issue.message)).toEqual([
        expect.stringMatching(/^must be a whole number/),
      ]);
    },
  );

  it('takes signed amounts but not zero', () => {
    expect(signedAmountSchema.safeParse(-500).success).toBe(true);
    expect(signedAmountSchema.safeParse(0).success).toBe(false);
    expect(signedAmountSchema.safeParse(-0).success).toBe(false);
  });

  it('takes ISO codes alone', () => {
    expect(currencySchema.safeParse('GHS').success).toBe(true);
    for (const code of ['ghs', 'XXX', 'GH', '', null]) expect(currencySchema.safeParse(code).success).toBe(false);
  });
});
