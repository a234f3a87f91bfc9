import type { Schema } from './types';

export interface Field {
  /** Dotted for a field of a nested object, `[]` for the members of a list. */
  name: string;
  kind: string;
  required: boolean;
  description: string;
  /** Limits and defaults, in words. */
  rules: string[];
  values: string[];
}

type Schemas = Record<string, Schema>;

const DEPTH_MAX = 3;

export function refName(schema: Schema | undefined): string | undefined {
  return schema?.$ref?.split('/').at(-1);
}

export function resolve(schema: Schema, schemas: Schemas): Schema {
  const name = refName(schema);
  const target = name === undefined ? undefined : schemas[name];
  const base = target ? { ...target, ...withoutRef(schema) } : schema;
  if (base.allOf) {
    const parts = base.allOf.map((part) => resolve(part, schemas));
    const { allOf: _, ...own } = base;
    return {
      ...Object.assign({}, ...parts),
      ...own,
      properties: Object.assign({}, ...parts.map((part) => part.properties ?? {}), own.properties ?? {}),
      required: [...parts.flatMap((part) => part.required ?? []), ...(own.required ?? [])],
    };
  }
  const choices = base.anyOf ?? base.oneOf;
  const real = choices?.filter((choice) => choice.type !== 'null');
  const only = real?.length === 1 ? real[0] : undefined;
  if (only && choices && choices.length > 1) {
    const { anyOf: _a, oneOf: _o, ...own } = base;
    const inner = resolve(only, schemas);
    return { ...inner, ...own, type: [...[inner.type ?? 'object'].flat(), 'null'] };
  }
  return base;
}

function withoutRef(schema: Schema): Schema {
  const { $ref: _, ...rest } = schema;
  return rest;
}

export function kindOf(input: Schema, schemas: Schemas): string {
  const schema = resolve(input, schemas);
  if (schema.const !== undefined) return typeof schema.const;
  const types = [schema.type ?? []].flat();
  const nullable = types.includes('null');
  const plain = types.filter((type) => type !== 'null').join(' or ') || (schema.properties ? 'object' : '');
  const choices = (schema.anyOf ?? schema.oneOf ?? []).map((choice) => kindOf(choice, schemas));
  let kind = plain || [...new Set(choices)].join(' or ') || (schema.enum ? typeof schema.enum[0] : 'any');
  if (plain === 'array') kind = `list of ${plural(schema.items ? kindOf(schema.items, schemas) : 'any')}`;
  if (schema.format === 'date-time') kind = 'ISO 8601 time';
  return nullable ? `${kind} or null` : kind;
}

function plural(kind: string): string {
  return kind === 'any' || kind.includes(' ') ? kind : `${kind}s`;
}

export function fieldsOf(input: Schema, schemas: Schemas, prefix = '', depth = 0): Field[] {
  const schema = resolve(input, schemas);
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).flatMap(([key, value]) => {
    const property = resolve(value, schemas);
    const name = prefix + key;
    const own = toField(name, property, schemas, required.has(key));
    if (depth >= DEPTH_MAX) return [own];
    if (property.properties) return [own, ...fieldsOf(property, schemas, `${name}.`, depth + 1)];
    const items = property.items && resolve(property.items, schemas);
    if (items?.properties) return [own, ...fieldsOf(items, schemas, `${name}[].`, depth + 1)];
    return [own];
  });
}

export function toField(name: string, input: Schema, schemas: Schemas, required: boolean): Field {
  const schema = resolve(input, schemas);
  const values = (schema.enum ?? schema.items?.enum ?? []).filter((value) => value !== null).map(String);
  return {
    name,
    kind: kindOf(schema, schemas),
    required,
    description: schema.description ?? '',
    rules: [...exampleOf(schema, values), ...rulesOf(schema)],
    values: schema.const === undefined ? values : [String(schema.const)],
  };
}

/** A field without a description is at least shown. */
function exampleOf(schema: Schema, values: string[]): string[] {
  const example = schema.example ?? schema.examples?.[0];
  if (schema.description || values.length > 0 || example === undefined || typeof example === 'object') return [];
  return [`such as \`${String(example)}\``];
}

function rulesOf(schema: Schema): string[] {
  const rules: string[] = [];
  const exclusive = typeof schema.exclusiveMinimum === 'number' ? schema.exclusiveMinimum + 1 : undefined;
  const numeric = span(schema.minimum ?? exclusive, schema.maximum);
  if (numeric) rules.push(numeric);
  const length = span(schema.minLength, schema.maxLength);
  if (length) rules.push(`${length} characters`);
  if (schema.maxItems !== undefined) rules.push(`at most ${schema.maxItems} items`);
  if (schema.default !== undefined && schema.default !== null && typeof schema.default !== 'object') {
    rules.push(`default \`${String(schema.default)}\``);
  }
  return rules;
}

/** Above the largest safe integer a limit says nothing that a reader could meet. */
function span(min: number | undefined, max: number | undefined): string | undefined {
  const top = max !== undefined && max < Number.MAX_SAFE_INTEGER ? max : undefined;
  if (min !== undefined && top !== undefined) return min === top ? `${min}` : `${min} to ${top.toLocaleString('en')}`;
  if (min !== undefined && min > Number.MIN_SAFE_INTEGER) return `at least ${min}`;
  return top === undefined ? undefined : `at most ${top.toLocaleString('en')}`;
}
