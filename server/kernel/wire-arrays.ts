/**
 * PostgreSQL arrays in their binary wire form. The posting statements pass whole columns of a batch; as text, parsing
 * them took PostgreSQL a third of the append. `pg` sends a Buffer parameter as binary.
 *
 * Layout: dimensions, has-null flag, element type, length, lower bound, then for each element its length and bytes.
 */
const HEADER = 20;
const OID = { bytea: 17, int8: 20, int4: 23, text: 25 } as const;

const EMPTY: Record<keyof typeof OID, Buffer> = {
  bytea: emptyOf('bytea'),
  int8: emptyOf('int8'),
  int4: emptyOf('int4'),
  text: emptyOf('text'),
};

function emptyOf(type: keyof typeof OID): Buffer {
  const buffer = Buffer.alloc(12);
  buffer.writeInt32BE(OID[type], 8);
  return buffer;
}

function writeHeader(buffer: Buffer, type: keyof typeof OID, length: number, hasNull: boolean): void {
  buffer.writeInt32BE(1, 0);
  buffer.writeInt32BE(hasNull ? 1 : 0, 4);
  buffer.writeInt32BE(OID[type], 8);
  buffer.writeInt32BE(length, 12);
  buffer.writeInt32BE(1, 16);
}

/** bigint[]; all-null columns become empty arrays, which `unnest` pads with nulls. */
export function int8Array(values: readonly (string | bigint | number | null)[]): Buffer {
  const { length } = values;
  if (values.every((value) => value === null)) return EMPTY.int8;
  const buffer = Buffer.allocUnsafe(HEADER + 12 * length);
  // `writeBigInt64BE` splits the number into four others on the way; a view writes it as it is.
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
  let at = HEADER;
  let hasNull = false;
  for (let i = 0; i < length; i++) {
    const value = values[i] ?? null;
    if (value === null) {
      hasNull = true;
      view.setInt32(at, -1);
      at += 4;
      continue;
    }
    view.setInt32(at, 8);
    view.setBigInt64(at + 4, typeof value === 'bigint' ? value : BigInt(value));
    at += 12;
  }
  writeHeader(buffer, 'int8', length, hasNull);
  return buffer.subarray(0, at);
}

/** integer[] without nulls. */
export function int4Array(values: readonly number[]): Buffer {
  if (values.length === 0) return EMPTY.int4;
  const buffer = Buffer.allocUnsafe(HEADER + 8 * values.length);
  writeHeader(buffer, 'int4', values.length, false);
  let at = HEADER;
  for (const value of values) {
    at = buffer.writeInt32BE(4, at);
    at = buffer.writeInt32BE(value, at);
  }
  return buffer;
}

/** text[]; all-null columns become empty arrays. */
export function textArray(values: readonly (string | null)[]): Buffer {
  if (values.every((value) => value === null)) return EMPTY.text;
  let size = HEADER;
  // UTF-8 takes at most three bytes for each UTF-16 unit.
  for (const value of values) size += 4 + (value === null ? 0 : value.length * 3);
  const buffer = Buffer.allocUnsafe(size);
  let at = HEADER;
  let hasNull = false;
  for (const value of values) {
    if (value === null) {
      hasNull = true;
      at = buffer.writeInt32BE(-1, at);
      continue;
    }
    const written = buffer.write(value, at + 4, 'utf8');
    buffer.writeInt32BE(written, at);
    at += 4 + written;
  }
  writeHeader(buffer, 'text', values.length, hasNull);
  return buffer.subarray(0, at);
}

/** bytea[] of hex texts. */
export function hexArray(values: readonly string[]): Buffer {
  if (values.length === 0) return EMPTY.bytea;
  let size = HEADER;
  for (const value of values) size += 4 + value.length / 2;
  const buffer = Buffer.allocUnsafe(size);
  writeHeader(buffer, 'bytea', values.length, false);
  let at = HEADER;
  for (const value of values) {
    at = buffer.writeInt32BE(value.length / 2, at);
    at += buffer.write(value, at, 'hex');
  }
  return buffer;
}
