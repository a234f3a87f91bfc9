import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatEntryId, formatId, parseEntryId, parseId } from './ids';

const LARGEST = 2n ** 63n - 1n;
const anyId = fc.bigInt({ min: 0n, max: LARGEST });

describe('ids', () => {
  it('come back as they went', () => {
    fc.assert(
      fc.property(anyId, (id) => {
        const text = formatId('wallet', String(id));
        expect(text).toMatch(/^wal_[0-9a-hjkmnp-tv-z]{13}$/);
        expect(parseId('wallet', text)).toBe(String(id));
      }),
    );
  });

  it('sort as text as they sort as numbers', () => {
    fc.assert(
      fc.property(anyId, anyId, (a, b) => {
        expect(formatId('hold', String(a)) < formatId('hold', String(b))).toBe(a < b);
      }),
    );
  });

  it('know their legs', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: LARGEST >> 5n }), fc.integer({ min: 1, max: 31 }), (high, leg) => {
        const journalId = String(high << 5n);
        expect(parseEntryId(formatEntryId(journalId, leg))).toEqual({ journalId, leg });
      }),
    );
    expect(parseEntryId(formatId('transaction', '64'))).toBeNull();
    expect(() => formatEntryId('64', 0)).toThrow(RangeError);
    expect(() => formatEntryId('64', 32)).toThrow(RangeError);
  });

  it('accepts the documents’ aliases and makes none', () => {
    const suffix = formatId('wallet', '12345').slice(4);
    expect(parseId('wallet', `wall_${suffix}`)).toBe('12345');
    expect(parseId('transaction', `wtx_${suffix}`)).toBe('12345');
    expect(formatId('transaction', '12345')).toBe(`txn_${suffix}`);
  });

  it.each([
    '',
    'wal_',
    'wal_a1b2c3',
    '0000000000001',
    '_0000000000001',
    'txn_0000000000001',
    'walx_0000000000001',
    'WAL_0000000000001',
    'wal_000000000000A',
    'wal_000000000000i',
    'wal_000000000000l',
    'wal_000000000000o',
    'wal_000000000000u',
    'wal_000000000000é',
    'wal_00000000000001',
    'wal_8000000000000',
    'wal_zzzzzzzzzzzzz',
    'wal_0000000000001 ',
    'constructor_0000000000001',
  ])('refuses %j', (text) => {
    expect(parseId('wallet', text)).toBeNull();
  });

  it('has no room for more than 63 bits', () => {
    expect(formatId('key', String(LARGEST))).toBe('key_7zzzzzzzzzzzz');
    expect(() => formatId('key', String(LARGEST + 1n))).toThrow(RangeError);
    expect(() => formatId('key', '-1')).toThrow(RangeError);
  });

  it('never throws on what a caller may send', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => parseId('wallet', text) === null));
  });
});
