import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Problem } from '@/server/kernel/problem';
import { majorAmountSchema, minorOf, positiveMajorAmountSchema } from './major-amount';

describe('majorAmountSchema', () => {
  it.each([
    [100.0, '100'],
    [0, '0'],
    [-0, '0'],
    [0.1, '0.1'],
    [10.05, '10.05'],
    [123456789012.345, '123456789012.345'],
    ['100', '100'],
    ['100.5000', '100.5'],
    ['007.50', '7.5'],
    ['0.00', '0'],
    ['12345678901234567890.12', '12345678901234567890.12'],
  ])('reads %j as %s', (given, text) => {
    expect(majorAmountSchema.parse(given)).toBe(text);
  });

  it.each([
    [0.1 + 0.2, /send it as a string/],
    [1234567890.1234567, /send it as a string/],
    [1e21, /send it as a string/],
    [1e-7, /send it as a string/],
    [-1, /must be an amount/],
    ['-1', /must be an amount/],
    ['1e3', /must be an amount/],
    ['1,000', /must be an amount/],
    [' 1', /must be an amount/],
    ['', /must be an amount/],
    ['.5', /must be an amount/],
    ['١٠', /must be an amount/],
    [null, /must be an amount/],
    [true, /must be an amount/],
    [[1], /must be an amount/],
    ['9'.repeat(60), /.*/],
  ])('refuses %j', (given, message) => {
    const result = z.strictObject({ amount: majorAmountSchema }).safeParse({ amount: given });
    expect(result.success).toBe(false);
    expect(result.error?.issues[0]?.message).toMatch(message);
  });

  it('refuses nothing where something must move', () => {
    expect(positiveMajorAmountSchema.safeParse(0.0).success).toBe(false);
    expect(positiveMajorAmountSchema.safeParse('0.0000').success).toBe(false);
    expect(positiveMajorAmountSchema.parse(0.01)).toBe('0.01');
  });
});

describe('minorOf', () => {
  it.each([
    ['100', 'KES', 10_000n],
    ['0.01', 'KES', 1n],
    ['100', 'UGX', 100n],
    ['1.234', 'KWD', 1_234n],
    ['90071992547409.91', 'USD', 9_007_199_254_740_991n],
  ])('%s %s', (text, currency, minor) => {
    expect(minorOf(text, currency, 'transaction_amount')).toBe(minor);
  });

  it.each([
    ['0.001', 'KES', /`transaction_amount` is finer than the minor unit of KES, which has 2 decimals/],
    ['0.5', 'UGX', /UGX, which has no decimals/],
    ['1.0001', 'KWD', /KWD, which has 3 decimals/],
    ['90071992547409.92', 'USD', /must be at most 90071992547409.91 USD/],
  ])('refuses %s %s, naming the field', (text, currency, message) => {
    let thrown: unknown;
    try {
      minorOf(text, currency, 'transaction_amount');
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(Problem);
    expect(thrown).toMatchObject({ code: 'parameter_invalid', param: 'transaction_amount' });
    expect((thrown as Problem).message).toMatch(message);
  });
});
