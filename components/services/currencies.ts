import { EXPONENTS } from '@/contracts/currencies';

/** Where the product is used first, then every other of ISO 4217. */
const FIRST = ['GHS', 'KES', 'NGN', 'TZS', 'UGX', 'RWF', 'ZMW', 'ZAR', 'XOF', 'XAF', 'USD', 'EUR', 'GBP'];
export const CURRENCIES: readonly string[] = [
  ...FIRST,
  ...[...EXPONENTS.keys()].filter((code) => !FIRST.includes(code)).toSorted(),
];
