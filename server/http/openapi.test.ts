import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ERRORS, type ErrorCode, errorSchema } from '@/contracts/errors';
import { paymentErrorSchema } from '@/contracts/payments';
import { errorsOf, openApiDocument } from './openapi';
import { operations } from './operations';
import { familyOf, statusOf } from './problems';

type Json = Record<string, unknown>;

const document = JSON.parse(JSON.stringify(openApiDocument())) as {
  openapi: string;
  tags: { name: string; description?: string }[];
  paths: Record<string, Record<string, DocumentOperation>>;
  components: Record<string, Record<string, Json>>;
  'x-errors': unknown;
};

interface DocumentOperation {
  operationId: string;
  summary: string;
  parameters?: { name: string; description?: string }[];
  requestBody?: { content: Record<string, { schema: Json }> };
  responses: Record<string, Json>;
  'x-order': number;
}

const documented = Object.values(document.paths).flatMap((path) => Object.values(path));

function resolve(value: Json): Json {
  if (typeof value['$ref'] !== 'string') return value;
  const [, , section = '', name = ''] = value['$ref'].split('/');
  const target = document.components[section]?.[name];
  if (target === undefined) throw new Error(`${value['$ref']} leads nowhere`);
  return target;
}

/** Every field of a schema and of what it holds, by its path. */
function fieldsOf(schema: Json, path: string): [path: string, field: Json][] {
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, Json>);
  const choices = (schema['anyOf'] ?? schema['oneOf'] ?? schema['allOf'] ?? []) as Json[];
  const items = schema['items'] as Json | undefined;
  return [
    ...properties.flatMap(([name, field]): [string, Json][] => [
      [`${path}.${name}`, field],
      ...fieldsOf(field, `${path}.${name}`),
    ]),
    ...choices.flatMap((choice) => fieldsOf(choice, path)),
    ...(items === undefined ? [] : fieldsOf(items, `${path}[]`)),
  ];
}

const fields = [
  ...Object.entries(document.components['schemas'] ?? {}).flatMap(([name, schema]) => fieldsOf(schema, name)),
  ...documented.flatMap(({ operationId, requestBody }) =>
    Object.values(requestBody?.content ?? {}).flatMap(({ schema }) => fieldsOf(schema, operationId)),
  ),
];

function everyRef(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = (value as Json)['$ref'];
  return [...(typeof own === 'string' ? [own] : []), ...Object.values(value).flatMap(everyRef)];
}

describe('the OpenAPI document', () => {
  it('is of 3.1 and has every operation once', () => {
    expect(document.openapi).toBe('3.1.0');
    const ids = documented.map((operation) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.sort()).toEqual(operations.map((operation) => operation.operationId).sort());
  });

  it('has answers that its own schemas accept', () => {
    for (const { operationId, responses, body, requestExample } of operations) {
      for (const { schema, example, contentType } of Object.values(responses)) {
        if (contentType === undefined) expect(schema.safeParse(example).error, operationId).toBeUndefined();
      }
      if (body !== undefined && requestExample !== undefined)
        expect(body.safeParse(requestExample).error, operationId).toBeUndefined();
    }
  });

  it('lists every error', () => {
    expect(document['x-errors']).toEqual(ERRORS);
  });

  it('has no reference that leads nowhere and no component that nothing refers to', () => {
    const refs = new Set(everyRef(document));
    for (const ref of refs) expect(() => resolve({ $ref: ref })).not.toThrow();
    for (const section of ['responses', 'examples', 'headers']) {
      const names = Object.keys(document.components[section] ?? {});
      expect(names.length, section).toBeGreaterThan(0);
      expect(names.filter((name) => !refs.has(`#/components/${section}/${name}`))).toEqual([]);
    }
    expect(
      Object.keys(document.components).flatMap((section) => Object.keys(document.components[section] ?? {})),
    ).toEqual(expect.not.arrayContaining([expect.not.stringMatching(/^[A-Za-z0-9._-]+$/)]));
  });

  it('has an example of every error that an operation can answer with, in the shape of errors', () => {
    for (const operation of operations) {
      const responses = documented.find(({ operationId }) => operationId === operation.operationId)?.responses ?? {};
      for (const code of errorsOf(operation)) {
        const family = familyOf(operation.path);
        const response = resolve(responses[String(statusOf(code, family))] ?? {});
        const content = response['content'] as Record<string, { examples: Record<string, Json> }>;
        if (family === 'payments') {
          const example = resolve(content['application/json']?.examples[code] ?? {});
          const { message } = z.strictObject(paymentErrorSchema.shape).parse(example['value']);
          expect(message, code).toMatch(/^\S.*[.]$/);
          continue;
        }
        const example = resolve(content['application/json']?.examples[code] ?? {});
        const { error } = errorSchema.parse(example['value']);
        expect(error, operation.operationId).toMatchObject({ code, type: ERRORS[code as ErrorCode].type });
        expect(error.message, code).toMatch(/^\S.*[.]$/);
      }
    }
  });

  it('says what is missing when funds are', () => {
    expect(document.components['examples']?.['insufficient_funds']).toMatchObject({
      value: {
        error: {
          message: 'The wallet has GH₵3.20 available and this takes GH₵5.00: GH₵1.80 short.',
          param: 'amount',
          details: { available: 320, required: 500, shortfall: 180 },
        },
      },
    });
  });

  it('keeps an error’s example once, so that it stays light', () => {
    expect(JSON.stringify(document).length / operations.length).toBeLessThan(6_500);
  });

  it('describes every field and parameter, and says which are times', () => {
    const missing = fields.filter(([, field]) => !field['description'] && !field['$ref']).map(([path]) => path);
    expect(missing).toEqual([]);
    const flagged = fields.filter(([, field]) => /\/[a-z]+$/.test(String(field['pattern'] ?? '')));
    expect(flagged.map(([path]) => path)).toEqual([]);
    const untimed = fields.filter(([path, field]) => path.endsWith('_at') && field['format'] !== 'date-time');
    // A cell of a file may be a day too.
    expect(untimed.map(([path]) => path)).toEqual(['createPromotionImport.rows[].expires_at']);
    for (const { operationId, parameters } of documented) {
      for (const { name, description } of parameters ?? []) expect(description, `${operationId} ${name}`).toBeTruthy();
    }
  });

  it('describes every tag and object', () => {
    for (const { name, description } of document.tags) expect(description, name).toBeTruthy();
    for (const [name, schema] of Object.entries(document.components['schemas'] ?? {})) {
      if (!name.endsWith('List')) expect(schema['description'], name).toBeTruthy();
    }
  });

  it('has summaries that fit one line of the contents', () => {
    for (const { summary } of documented) expect(summary.length, summary).toBeLessThanOrEqual(24);
  });

  it('speaks of one story in test mode', () => {
    const text = JSON.stringify(document);
    expect(text).not.toMatch(/"livemode":true/);
    expect(new Set(text.match(/\bwal_[a-z0-9]+/g))).toEqual(new Set(['wal_a1b2c3']));
  });
});
