import type { z } from '@hono/zod-openapi';
import type { ApiOperation } from './operations';

/** What a program that calls the API has to know of each operation, taken from its one definition. Types alone. */
type Answer<O> = O extends { readonly responses: infer Answers }
  ? {
      [Status in keyof Answers]: Answers[Status] extends { readonly schema: infer S extends z.ZodType }
        ? z.output<S>
        : never;
    }[keyof Answers]
  : never;
type InputOf<O, Part extends 'params' | 'query' | 'body'> = O extends { readonly [P in Part]?: infer S }
  ? NonNullable<S> extends z.ZodType
    ? z.input<NonNullable<S>>
    : undefined
  : undefined;

export type Method = ApiOperation['method'];

/** `'/v1/wallets/{id}'`, for one method. */
export type PathOf<M extends Method> = Extract<ApiOperation, { readonly method: M }>['path'];

type OperationAt<M extends Method, Path extends string> = Extract<
  ApiOperation,
  { readonly method: M; readonly path: Path }
>;

export type AnswerOf<M extends Method, Path extends PathOf<M>> = Answer<OperationAt<M, Path>>;

/** The parts of a request that an operation takes. Parameters of the path are texts. */
export type RequestOf<M extends Method, Path extends PathOf<M>> = Part<
  'params',
  ParamsOf<Path> extends never ? undefined : Record<ParamsOf<Path>, string>
> &
  Part<'query', InputOf<OperationAt<M, Path>, 'query'>> &
  Part<'body', InputOf<OperationAt<M, Path>, 'body'>>;

type ParamsOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParamsOf<Rest>
  : never;

type Part<Name extends string, T> = [T] extends [undefined]
  ? { readonly [N in Name]?: undefined }
  : Record<never, never> extends T
    ? { readonly [N in Name]?: T }
    : { readonly [N in Name]: T };
