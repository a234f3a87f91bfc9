import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { cursorId, decodeCursor, encodeCursor, listOf, listQueryShape } from './lists';

const query = z.strictObject(listQueryShape);

describe('lists', () => {
  it('default and bound the limit', () => {
    expect(query.parse({}).limit).toBe(20);
    expect(query.parse({ limit: '1' }).limit).toBe(1);
    expect(query.parse({ limit: '100' }).limit).toBe(100);
    for (const limit of ['0', '101', '-1', '1.5', '1e1', '', ' 5', '0x1', 'all']) {
      expect(query.safeParse({ limit }).success, limit).toBe(false);
    }
  });

  it('carry cursors there and back', () => {
    const printable = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(fc.array(printable, { minLength: 1, maxLength: 4 }), (parts) => {
        expect(decodeCursor(encodeCursor(parts))).toEqual(parts);
      }),
    );
  });

  it('refuse cursors that they did not make', () => {
    for (const text of [
      '',
      'x',
      '====',
      'bnVsbA',
      btoa('[1]'),
      btoa('{}'),
      btoa('[]'),
      `${encodeCursor(['1'])}A`,
      'é',
      'A'.repeat(600),
    ]) {
      expect(decodeCursor(text), text).toBeNull();
    }
    fc.assert(
      fc.property(fc.string(), (text) => {
        decodeCursor(text);
      }),
    );
    expect(query.safeParse({ after: 'nonsense' }).success).toBe(false);
  });

  it('read ids from cursors', () => {
    expect(cursorId(['9123'])).toBe('9123');
    for (const parts of [['x'], ['-1'], ['01'], ['1', '2'], ['99999999999999999999']])
      expect(cursorId(parts)).toBeNull();
  });

  it('shape a page from one row too many', () => {
    const cursorOf = (row: number) => [String(row)];
    expect(listOf([3, 2, 1], 2, String, cursorOf)).toEqual({
      object: 'list',
      data: ['3', '2'],
      has_more: true,
      next_cursor: encodeCursor(['2']),
    });
    expect(listOf([3, 2], 2, String, cursorOf)).toMatchObject({ has_more: false, next_cursor: null });
  });
});
