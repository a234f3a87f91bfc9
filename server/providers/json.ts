/**
 * Providers' JSON in and out without a binary float in between: reading turns every number into its own text, exactly
 * as it was written, which also makes `0` and `"0"` the same result code. Writing takes decimals as text.
 */
export type Json = string | boolean | null | readonly Json[] | JsonFields;
export type JsonFields = { readonly [name: string]: Json };

const STRINGS_AND_NUMBERS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/g;

/** Undefined for anything that is not JSON. */
export function readJson(text: string): Json | undefined {
  try {
    JSON.parse(text);
    return JSON.parse(text.replace(STRINGS_AND_NUMBERS, (token) => (token[0] === '"' ? token : `"${token}"`))) as Json;
  } catch {
    return undefined;
  }
}

/** The fields of an object; an empty object for anything else, so that a missing level reads as missing fields. */
export function fieldsOf(json: Json | undefined): JsonFields {
  return isFields(json) ? json : {};
}

export function isFields(json: Json | undefined): json is JsonFields {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

export function listOf(json: Json | undefined): readonly Json[] {
  return Array.isArray(json) ? (json as readonly Json[]) : [];
}

/** The text of a string or a number; null for anything else and for an empty string. */
export function textOf(json: Json | undefined): string | null {
  return typeof json === 'string' && json !== '' ? json : null;
}

/** A number to be written as these digits. */
export class Decimal {
  constructor(readonly text: string) {}
}

export type JsonOut =
  | string
  | number
  | bigint
  | boolean
  | Decimal
  | readonly JsonOut[]
  | { readonly [name: string]: JsonOut | undefined };

/** Fields that are undefined are left out. */
export function writeJson(value: JsonOut): string {
  if (value instanceof Decimal) return value.text;
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(writeJson).join(',')}]`;
  const fields = Object.entries(value).flatMap(([name, field]) =>
    field === undefined ? [] : [`${JSON.stringify(name)}:${writeJson(field)}`],
  );
  return `{${fields.join(',')}}`;
}
