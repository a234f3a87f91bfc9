import { expect, it } from 'vitest';
import { changesTitle, currencyOf, fieldName, flatChanges, isAmount, unchangedCount } from './fields';
import type { AuditEntry } from './words';

const entry = (before: unknown, after: unknown, fields: string[]): AuditEntry =>
  ({ before, after, changes: fields.map((field) => ({ field, before: null, after: null })) }) as unknown as AuditEntry;

it('names fields as people do', () => {
  expect(fieldName('low_balance_threshold_minor')).toBe('Low balance threshold');
  expect(fieldName('rules.fee_percent')).toBe('Rules › fee percent');
});

it('counts what stayed, objects by their fields, without what only orders the books', () => {
  const changed = entry({ a: 1, b: { c: 1, d: 2 }, sequence: 1 }, { a: 1, b: { c: 9, d: 2 }, sequence: 2 }, ['b.c']);
  expect(unchangedCount(changed)).toBe(2);
  expect(changesTitle(changed)).toBe('1 field changed, 2 stayed the same');
  expect(changesTitle(entry(null, { a: 1 }, ['a']))).toBe('Recorded with 1 field');
  expect(changesTitle(entry(null, null, []))).toBe('Nothing to compare');
});

it('shows what is new by its own fields', () => {
  const maker = { field: 'maker', before: null, after: { id: 'usr_1', name: 'Efua', tags: ['a'] } };
  expect(flatChanges([maker, { field: 'list', before: null, after: [1] }])).toEqual([
    { field: 'maker.id', before: null, after: 'usr_1' },
    { field: 'maker.name', before: null, after: 'Efua' },
    { field: 'maker.tags', before: null, after: ['a'] },
    { field: 'list', before: null, after: [1] },
  ]);
});

it('knows money by its field and its form, with the currency that the row says', () => {
  expect(isAmount('low_balance_threshold', 500)).toBe(true);
  expect(isAmount('amount_minor', '10000')).toBe(true);
  expect(isAmount('amount', '10.00')).toBe(false);
  expect(isAmount('rules.amount_kind', 5)).toBe(false);
  expect(currencyOf(entry({ currency: 'GHS' }, { amount: 5 }, []))).toBe('GHS');
  expect(currencyOf(entry(null, null, []))).toBeNull();
});
