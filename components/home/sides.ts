import { providerName } from '@/components/payments/names';
import type { AnswerOf } from '@/server/http/api-types';

export type Books = AnswerOf<'get', '/v1/reports/liabilities'>['currencies'][number];

/** One part of a side's bar. */
export interface Part {
  readonly label: string;
  readonly minor: number;
  readonly tone: 'k-paid' | 'k-gold' | 'k1' | 'k2' | 'k3' | 'k4';
}

/** Providers that have a part of their own; the others stand together. */
const PROVIDERS_SHOWN = 2;

/** The two bars, without what is nothing. */
export function sidesOf({ owed, held, providers }: Books): { readonly held: Part[]; readonly owed: Part[] } {
  const byAmount = [...providers].sort((a, b) => b.amount - a.amount);
  const rest = byAmount.slice(PROVIDERS_SHOWN).reduce((sum, { amount }) => sum + amount, 0);
  const tones = ['k1', 'k2'] as const;
  return {
    held: some([
      ...byAmount.slice(0, PROVIDERS_SHOWN).map(({ provider, amount }, index): Part => {
        return { label: providerName(provider), minor: amount, tone: tones[index] ?? 'k2' };
      }),
      { label: 'Bank', minor: held.bank, tone: 'k3' },
      { label: 'Other providers', minor: rest, tone: 'k4' },
      { label: 'Promotion expense', minor: held.promotion_expense, tone: 'k-gold' },
    ]),
    owed: some([
      { label: 'Customers', minor: owed.customers_paid, tone: 'k-paid' },
      { label: 'Promotional', minor: owed.customers_promotional, tone: 'k-gold' },
      { label: 'Clients', minor: owed.clients, tone: 'k1' },
      { label: 'Float', minor: owed.float, tone: 'k2' },
      { label: 'Fees and other', minor: owed.fees + owed.refunds_due + owed.suspense, tone: 'k4' },
    ]),
  };
}

const some = (parts: readonly Part[]): Part[] => parts.filter(({ minor }) => minor !== 0);

/** How often what can be paid out would pay back customers’ own money: `1.43`. Null where nothing is owed to them. */
export function timesCovered({ owed, held }: Pick<Books, 'owed' | 'held'>): string | null {
  if (owed.customers_paid <= 0) return null;
  // Rounded down: what is not covered must not read as if it were.
  return (Math.floor(((held.providers + held.bank) / owed.customers_paid) * 100) / 100).toFixed(2);
}

export interface BookRow {
  readonly label: string;
  readonly cells: readonly number[];
  readonly isGold: boolean;
  readonly isTotal: boolean;
}

/** Every figure of both sides, by currency. */
export function bookRows(currencies: readonly Books[]): { readonly name: string; readonly rows: BookRow[] }[] {
  const row = (label: string, of: (books: Books) => number, isGold = false, isTotal = false): BookRow => {
    return { label, cells: currencies.map(of), isGold, isTotal };
  };
  const names = [...new Set(currencies.flatMap(({ providers }) => providers.map(({ provider }) => provider)))];
  const held = [
    ...names.map((name) =>
      row(providerName(name), ({ providers }) => providers.find(({ provider }) => provider === name)?.amount ?? 0),
    ),
    row('Bank, cash and other systems', (books) => books.held.bank),
    row('Promotion expense', (books) => books.held.promotion_expense, true),
  ];
  const owed = [
    row('Customers, paid money', (books) => books.owed.customers_paid),
    row('Customers, promotional', (books) => books.owed.customers_promotional, true),
    row('Clients, to settle', (books) => books.owed.clients),
    row('Clients’ float', (books) => books.owed.float),
    row('Fees and tax', (books) => books.owed.fees),
    row('Refunds due', (books) => books.owed.refunds_due),
    row('Suspense', (books) => books.owed.suspense),
  ];
  return [
    { name: 'Held', rows: [...held, row('Held in all', (books) => books.held.total, false, true)] },
    { name: 'Owed', rows: [...owed, row('Owed in all', (books) => books.owed.total, false, true)] },
  ];
}
