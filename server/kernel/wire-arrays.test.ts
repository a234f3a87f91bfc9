import { expect, test } from 'vitest';
import { hexColumn, int4Column, int8Column, textColumn } from './wire-arrays';

/** PostgreSQL's reading of the binary form. */
function read(buffer: Buffer): { oid: number; values: (Buffer | null)[] } {
  const dimensions = buffer.readInt32BE(0);
  const oid = buffer.readInt32BE(8);
  if (dimensions === 0) return { oid, values: [] };
  const values: (Buffer | null)[] = [];
  let at = 20;
  for (let i = 0; i < buffer.readInt32BE(12); i++) {
    const length = buffer.readInt32BE(at);
    at += 4;
    values.push(length === -1 ? null : buffer.subarray(at, at + Math.max(length, 0)));
    at += Math.max(length, 0);
  }
  expect(at).toBe(buffer.length);
  expect(buffer.readInt32BE(4)).toBe(values.includes(null) ? 1 : 0);
  return { oid, values };
}

test('texts: runs of one word, nulls between them, more than one byte a character', () => {
  const texts = ['GHS', 'GHS', null, 'GHS', 'GH₵', 'GH₵', '', '', 'GHS', null, null, 'x'];
  const rows = texts.map((text) => ({ text }));
  const { oid, values } = read(textColumn(rows, (row) => row.text));
  expect(oid).toBe(25);
  expect(values.map((value) => value?.toString('utf8') ?? null)).toEqual(texts);
});

test('integers: texts, bigints and numbers, runs and nulls', () => {
  const numbers = ['7', '7', null, '7', 7n, -1, '9223372036854775807', '-9223372036854775808', '0', '0', null];
  const { oid, values } = read(int8Column(numbers, (value) => value));
  expect(oid).toBe(20);
  expect(values.map((value) => value?.readBigInt64BE() ?? null)).toEqual(
    numbers.map((value) => (value === null ? null : BigInt(value))),
  );
});

test('nothing but nulls, and nothing at all, are empty arrays', () => {
  for (const rows of [[null, null], []] as null[][]) {
    expect(read(int8Column(rows, (row) => row)).values).toEqual([]);
    expect(read(textColumn(rows, (row) => row)).values).toEqual([]);
  }
  expect(read(int4Column([], (row) => row)).values).toEqual([]);
  expect(read(hexColumn([], (row) => row)).values).toEqual([]);
});

test('small integers and bytes', () => {
  expect(read(int4Column([1, 31, -5], (row) => row)).values.map((value) => value?.readInt32BE())).toEqual([1, 31, -5]);
  const hashes = ['00ff', 'ab'.repeat(32)];
  expect(read(hexColumn(hashes, (row) => row)).values.map((value) => value?.toString('hex'))).toEqual(hashes);
});
