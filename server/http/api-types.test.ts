import { expectTypeOf, it } from 'vitest';
import type { AnswerOf, PathOf, RequestOf } from './api-types';

it('knows every path by its name: one list annotated as AnyOperation[] would make them all plain strings', () => {
  expectTypeOf<PathOf<'get'>>().not.toEqualTypeOf<string>();
  expectTypeOf<AnswerOf<'get', '/v1/wallets/{id}'>>().toHaveProperty('balance').toEqualTypeOf<number>();
  expectTypeOf<RequestOf<'get', '/v1/wallets/{id}'>>().toHaveProperty('params').toEqualTypeOf<Record<'id', string>>();
});
