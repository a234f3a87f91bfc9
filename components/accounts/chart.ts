import type { AccountObject } from '@/contracts/accounts';
import type { AnswerOf } from '@/server/http/api-types';
import { placeOf, typeWords } from './types';

type Sums = AnswerOf<'get', '/v1/reports/trial_balance'>['currencies'];

/** Balances by currency, credit-positive. */
export type ByCurrency = Readonly<Record<string, number>>;

export interface TypeNode {
  readonly type: string;
  readonly count: number;
  readonly balances: ByCurrency;
  readonly accounts: readonly AccountObject[];
}

export interface SideNode {
  readonly nature: 'owed' | 'held' | 'spent';
  readonly label: string;
  readonly means: string;
  readonly balances: ByCurrency;
  readonly types: readonly TypeNode[];
}

const SIDES = [
  { nature: 'owed', label: 'Owed', means: 'What belongs to customers, the client and the operator. Credit by nature.' },
  { nature: 'held', label: 'Held', means: 'Where the money is. Debit by nature.' },
  { nature: 'spent', label: 'Spent', means: 'What was given away. Debit by nature.' },
] as const;

/** The chart as a tree: side, type, account; sums are of every account of a type, those not listed included. */
export function chartOf(sums: Sums, accounts: readonly AccountObject[]): readonly SideNode[] {
  const types = new Map<string, { count: number; balances: Record<string, number> }>();
  for (const { currency, types: ofCurrency } of sums) {
    for (const { type, accounts: count, debit, credit } of ofCurrency) {
      const known = types.get(type) ?? { count: 0, balances: {} };
      known.count += count;
      known.balances[currency] = (known.balances[currency] ?? 0) + credit - debit;
      types.set(type, known);
    }
  }
  return SIDES.flatMap(({ nature, label, means }) => {
    const own = [...types]
      .filter(([type]) => typeWords(type).nature === nature)
      .sort(([a], [b]) => placeOf(a) - placeOf(b))
      .map(([type, { count, balances }]) => ({
        type,
        count,
        balances,
        accounts: accounts.filter((account) => account.type === type),
      }));
    return own.length === 0 ? [] : [{ nature, label, means, balances: added(own), types: own }];
  });
}

function added(types: readonly TypeNode[]): ByCurrency {
  const sums: Record<string, number> = {};
  for (const { balances } of types) {
    for (const [currency, minor] of Object.entries(balances)) sums[currency] = (sums[currency] ?? 0) + minor;
  }
  return sums;
}
