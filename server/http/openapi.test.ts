import { describe, expect, it } from 'vitest';
import { ERRORS } from '@/contracts/errors';
import { openApiDocument } from './openapi';
import { operations } from './operations';

describe('the OpenAPI document', () => {
  const document = openApiDocument();

  it('is of 3.1 and has every operation once', () => {
    expect(document.openapi).toBe('3.1.0');
    const ids = Object.values(document.paths ?? {}).flatMap((path) =>
      Object.values(path).map((operation) => operation.operationId),
    );
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
    expect((document as unknown as { 'x-errors': unknown })['x-errors']).toEqual(ERRORS);
  });

  it('is plain data', () => {
    expect(JSON.parse(JSON.stringify(document))).toBeTruthy();
  });
});
