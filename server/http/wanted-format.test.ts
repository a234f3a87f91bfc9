import { describe, expect, it } from 'vitest';
import { wantsCsv } from './wanted-format';

describe('wantsCsv', () => {
  it.each([
    'text/csv',
    'Text/CSV; charset=utf-8',
    'text/csv, */*',
    'text/csv, application/json;q=0.5',
    'application/json; q=0.2, text/csv; q=0.3',
  ])('hears it in %s', (accept) => {
    expect(wantsCsv(accept)).toBe(true);
  });

  it.each([
    null,
    '',
    '*/*',
    'text/*',
    'application/json',
    'application/json, text/csv',
    'text/csv;q=0',
    'text/csv;q=x',
    'text/csv;q=0.5, application/json;q=0.9',
    'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  ])('does not hear it in %s', (accept) => {
    expect(wantsCsv(accept)).toBe(false);
  });
});
