import type { Transaction } from '../types';

/** An entry of a statement: a transaction with its direction, which its type alone may not say. */
export interface Entry {
  readonly transaction: Transaction;
  readonly sequence: number;
  /** Signed: what it did to the balance. */
  readonly change: number;
  readonly balance: number;
  /** Promotional money that it used (less than 0) or brought. */
  readonly promotional: number;
}

/** A page of a statement, oldest first, with what stood before it and after it. */
export interface Page {
  readonly entries: readonly Entry[];
  readonly opening: number;
  readonly closing: number;
  readonly totalIn: number;
  readonly totalOut: number;
  /** Whether each entry follows the one before without a gap. */
  readonly isWhole: boolean;
}

const GIVES: ReadonlySet<string> = new Set(['grant', 'undo']);

/** @param transactions newest first, as the API lists them */
export function pageOf(transactions: readonly Transaction[]): Page {
  const entries = [...transactions].reverse().map((transaction): Entry => {
    const promotional = (transaction.lots ?? []).reduce(
      (sum, { amount, use }) => sum + (GIVES.has(use) ? amount : -amount),
      0,
    );
    return {
      transaction,
      sequence: transaction.sequence,
      change: transaction.balance_after - transaction.balance_before,
      balance: transaction.balance_after,
      promotional,
    };
  });
  const first = entries[0];
  const last = entries.at(-1);
  return {
    entries,
    opening: first?.transaction.balance_before ?? 0,
    closing: last?.balance ?? 0,
    totalIn: entries.reduce((sum, { change }) => (change > 0 ? sum + change : sum), 0),
    totalOut: entries.reduce((sum, { change }) => (change < 0 ? sum + change : sum), 0),
    isWhole: entries.every(
      (entry, index) =>
        index === 0 ||
        (entry.sequence === (entries[index - 1]?.sequence ?? 0) + 1 &&
          entry.transaction.balance_before === entries[index - 1]?.balance),
    ),
  };
}
