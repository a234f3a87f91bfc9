import { describe, expect, it } from 'vitest';
import type { Transaction } from '../types';
import { pageOf } from './entries';

const transaction = (sequence: number, before: number, after: number, lots?: Transaction['lots']) =>
  ({ id: `txn_${sequence}`, sequence, balance_before: before, balance_after: after, lots }) as Transaction;

describe('a page of a statement', () => {
  const rows = [
    transaction(37, 69_640, 43_140, [{ id: 'lot_1', amount: 15_000, use: 'use' }]),
    transaction(36, 38_640, 69_640, [{ id: 'lot_1', amount: 15_000, use: 'undo' }]),
    transaction(35, 69_640, 38_640, [{ id: 'lot_1', amount: 15_000, use: 'use' }]),
  ];

  it('turns what the API lists newest first, and adds up each side', () => {
    const page = pageOf(rows);
    expect(page.entries.map(({ sequence, change, promotional }) => [sequence, change, promotional])).toEqual([
      [35, -31_000, -15_000],
      [36, 31_000, 15_000],
      [37, -26_500, -15_000],
    ]);
    expect([page.opening, page.totalIn, page.totalOut, page.closing]).toEqual([69_640, 31_000, -57_500, 43_140]);
    expect(page.opening + page.totalIn + page.totalOut).toBe(page.closing);
    expect(page.isWhole).toBe(true);
  });

  it('says when something is missing between two entries', () => {
    expect(pageOf([rows[0] as Transaction, rows[2] as Transaction]).isWhole).toBe(false);
    expect(pageOf([transaction(2, 90, 100), transaction(1, 0, 80)]).isWhole).toBe(false);
  });

  it('is empty without entries', () => {
    expect(pageOf([])).toEqual({ entries: [], opening: 0, closing: 0, totalIn: 0, totalOut: 0, isWhole: true });
  });
});
