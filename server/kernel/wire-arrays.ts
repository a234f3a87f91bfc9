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
  return int8Column(values, itself);
}

/** The same of one part of each row. */
export function int8Column<Row>(rows: readonly Row[], of: (row: Row) => string | bigint | number | null): Buffer {
  const { length } = rows;
  if (isNullThroughout(rows, of)) return EMPTY.int8;
  const buffer = Buffer.allocUnsafe(HEADER + 12 * length);
  // `writeBigInt64BE` splits the number into four others on the way; a view writes it as it is.
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
  let at = HEADER;
  let hasNull = false;
  // Tenants, accounts and journals come in runs: a text is read once for each.
  let text = '0';
  let number = 0n;
  for (let i = 0; i < length; i++) {
    const value = of(rows[i] as Row);
    if (value === null) {
      hasNull = true;
      view.setInt32(at, -1);
      at += 4;
      continue;
    }
    view.setInt32(at, 8);
    if (typeof value === 'bigint') view.setBigInt64(at + 4, value);
    else if (typeof value === 'number') view.setBigInt64(at + 4, BigInt(value));
    else {
      if (value !== text) {
        text = value;
        number = BigInt(value);
      }
      view.setBigInt64(at + 4, number);
    }
    at += 12;
  }
  writeHeader(buffer, 'int8', length, hasNull);
  return buffer.subarray(0, at);
}

function itself<T>(value: T): T {
  return value;
}

function isNullThroughout<Row>(rows: readonly Row[], of: (row: Row) => unknown): boolean {
  for (let i = 0; i < rows.length; i++) if (of(rows[i] as Row) !== null) return false;
  return true;
}

/** integer[] without nulls. */
export function int4Array(values: readonly number[]): Buffer {
  return int4Column(values, itself);
}

/** The same of one part of each row. */
export function int4Column<Row>(rows: readonly Row[], of: (row: Row) => number): Buffer {
  if (rows.length === 0) return EMPTY.int4;
  const buffer = Buffer.allocUnsafe(HEADER + 8 * rows.length);
  writeHeader(buffer, 'int4', rows.length, false);
  let at = HEADER;
  for (let i = 0; i < rows.length; i++) {
    at = buffer.writeInt32BE(4, at);
    at = buffer.writeInt32BE(of(rows[i] as Row), at);
  }
  return buffer;
}

/** text[]; all-null columns become empty arrays. */
export function textArray(values: readonly (string | null)[]): Buffer {
  return textColumn(values, itself);
}

/** The same of one part of each row. */
export function textColumn<Row>(rows: readonly Row[], of: (row: Row) => string | null): Buffer {
  if (isNullThroughout(rows, of)) return EMPTY.text;
  let size = HEADER;
  // UTF-8 takes at most three bytes for each UTF-16 unit.
  for (let i = 0; i < rows.length; i++) size += 4 + (of(rows[i] as Row)?.length ?? 0) * 3;
  const buffer = Buffer.allocUnsafe(size);
  let at = HEADER;
  let hasNull = false;
  let last: string | null = null;
  let lastAt = 0;
  let lastLength = 0;
  for (let i = 0; i < rows.length; i++) {
    const value = of(rows[i] as Row);
    if (value === null) {
      hasNull = true;
      at = buffer.writeInt32BE(-1, at);
      continue;
    }
    if (value === last) {
      // Kinds, currencies, actors are one word throughout: its bytes are there already.
      for (let k = 0; k < lastLength; k++) buffer[at + k] = buffer[lastAt + k] as number;
      at += lastLength;
      continue;
    }
    const written = buffer.write(value, at + 4, 'utf8');
    buffer.writeInt32BE(written, at);
    last = value;
    lastAt = at;
    lastLength = 4 + written;
    at += lastLength;
  }
  writeHeader(buffer, 'text', rows.length, hasNull);
  return buffer.subarray(0, at);
}

/** bytea[] of one part of each row, a hex text. */
export function hexColumn<Row>(rows: readonly Row[], of: (row: Row) => string): Buffer {
  if (rows.length === 0) return EMPTY.bytea;
  let size = HEADER;
  for (let i = 0; i < rows.length; i++) size += 4 + of(rows[i] as Row).length / 2;
  const buffer = Buffer.allocUnsafe(size);
  writeHeader(buffer, 'bytea', rows.length, false);
  let at = HEADER;
  for (let i = 0; i < rows.length; i++) {
    const value = of(rows[i] as Row);
    at = buffer.writeInt32BE(value.length / 2, at);
    at += buffer.write(value, at, 'hex');
  }
  return buffer;
}
