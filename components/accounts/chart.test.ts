import { describe, expect, it } from 'vitest';
import type { AccountObject } from '@/contracts/accounts';
import { chartOf } from './chart';

const account = (type: AccountObject['type'], number: string) => ({ type, number, currency: 'GHS' }) as AccountObject;
const sum = (type: string, debit: number, credit: number, accounts = 1) => ({
  type,
  normal_side: 'credit' as const,
  accounts,
  debit,
  credit,
});
const currency = (code: string, ...types: ReturnType<typeof sum>[]) => ({
  currency: code,
  types,
  total_debit: 0,
  total_credit: 0,
  balanced: true,
});

describe('the chart of accounts', () => {
  it('sums each type and side by currency, and both sides cancel', () => {
    const chart = chartOf(
      [
        currency(
          'GHS',
          sum('CUSTOMER_WALLET', 50, 900, 12),
          sum('PROVIDER_CLEARING', 800, 0),
          sum('PROMOTION_EXPENSE', 50, 0),
        ),
        currency('KES', sum('CUSTOMER_WALLET', 0, 70, 3), sum('PROVIDER_CLEARING', 70, 0)),
      ],
      [],
    );
    expect(chart.map(({ label, balances }) => [label, balances])).toEqual([
      ['Owed', { GHS: 850, KES: 70 }],
      ['Held', { GHS: -800, KES: -70 }],
      ['Spent', { GHS: -50 }],
    ]);
    expect(chart[0]?.types[0]).toMatchObject({ type: 'CUSTOMER_WALLET', count: 15 });
  });

  it('puts each account under its type, types in the order of a balance sheet', () => {
    const accounts = [
      account('SUSPENSE', '3'),
      account('AVAILABLE_COLLECTIONS', '2'),
      account('AVAILABLE_COLLECTIONS', '1'),
    ];
    const [owed] = chartOf([currency('GHS', sum('SUSPENSE', 0, 0), sum('AVAILABLE_COLLECTIONS', 0, 9, 2))], accounts);
    expect(owed?.types.map(({ type, accounts: own }) => [type, own.map(({ number }) => number)])).toEqual([
      ['AVAILABLE_COLLECTIONS', ['2', '1']],
      ['SUSPENSE', ['3']],
    ]);
  });
});
