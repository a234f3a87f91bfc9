import { expect, it } from 'vitest';
import { type Books, bookRows, sidesOf, timesCovered } from './sides';

const OWED = {
  customers_paid: 70_000,
  customers_promotional: 15_000,
  clients: 9_000,
  float: 0,
  fees: 500,
  refunds_due: 400,
  suspense: 100,
  total: 95_000,
};
const BOOKS: Books = {
  currency: 'GHS',
  owed: OWED,
  held: { providers: 60_000, bank: 20_000, promotion_expense: 15_000, total: 95_000 },
  providers: [
    { provider: 'paystack', amount: 10_000 },
    { provider: 'mtn-momo', amount: 35_000 },
    { provider: 'hubtel', amount: 15_000 },
  ],
  days: [],
};

it('splits both sides into parts that come to the same', () => {
  const { held, owed } = sidesOf(BOOKS);
  expect(held.map(({ label, minor }) => [label, minor])).toEqual([
    ['MTN MoMo', 35_000],
    ['Hubtel', 15_000],
    ['Bank', 20_000],
    ['Other providers', 10_000],
    ['Promotion expense', 15_000],
  ]);
  const sum = (parts: readonly { minor: number }[]) => parts.reduce((all, { minor }) => all + minor, 0);
  expect([sum(held), sum(owed)]).toEqual([95_000, 95_000]);
  expect(owed.map(({ label }) => label)).not.toContain('Float');
});

it('says how often customers’ paid money is covered, never more than it is', () => {
  expect(timesCovered(BOOKS)).toBe('1.14');
  expect(timesCovered({ ...BOOKS, held: { ...BOOKS.held, providers: 49_999 } })).toBe('0.99');
  expect(timesCovered({ ...BOOKS, owed: { ...OWED, customers_paid: 0 } })).toBeNull();
});

it('names a provider once, with nothing where a currency has none of it', () => {
  const kes: Books = { ...BOOKS, currency: 'KES', providers: [{ provider: 'daraja', amount: 60_000 }] };
  const [held] = bookRows([BOOKS, kes]);
  expect(held?.rows.map(({ label, cells }) => [label, ...cells]).slice(0, 4)).toEqual([
    ['Paystack', 10_000, 0],
    ['MTN MoMo', 35_000, 0],
    ['Hubtel', 15_000, 0],
    ['M-Pesa', 0, 60_000],
  ]);
});
