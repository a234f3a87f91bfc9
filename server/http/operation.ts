import type { z } from '@hono/zod-openapi';
import type { ErrorCode } from '@/contracts/errors';
import type { Scope } from '@/contracts/scopes';
import type { Context, Reply } from '@/server/kernel/context';

export type { Scope } from '@/contracts/scopes';

type Shape = z.ZodObject | undefined;
type Parsed<S extends Shape> = S extends z.ZodObject ? z.output<S> : undefined;

/**
 * One operation of the API, defined once: drives validation, types, the OpenAPI document, the docs and the contract
 * tests. `verb` decides, `render` speaks the family's names; render is pure, so that an answer can be stored with the
 * books before it is sent.
 *
 * A result with `replayed: true` is answered with `Idempotent-Replayed: true`; errors in its `faults` are logged.
 */
export interface Operation<P extends Shape, Q extends Shape, B extends Shape, R> {
  readonly operationId: string;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** OpenAPI form: `/v1/wallets/{id}/debit`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description: string;
  /** Null where any credential does, or none is taken. */
  readonly scope: Scope | null;
  /** For the operator's own people, by log-in. */
  readonly operatorOnly?: boolean;
  /** Takes no credentials at all: the log-in itself. */
  readonly isPublic?: boolean;
  /** Takes an HTML form's body too. */
  readonly takesForm?: boolean;
  /** Fields of the body whose values are kept nowhere: not even in the hash that an Idempotency-Key compares by. */
  readonly secretFields?: readonly string[];
  /** May end sessions: this process then believes no log-in without asking again. */
  readonly endsLogIns?: boolean;
  /** By a session of the console only within ten minutes of a password or a code. */
  readonly stepUp?: boolean;
  /** About the caller alone: on their own client's books, whichever client the request names. */
  readonly isPersonal?: boolean;
  /** May be asked on live books without the second factor that they need: whoever sets one up has none yet. */
  readonly isBeforeSecondFactor?: boolean;
  /** Instead of the usual bound of a body's size. */
  readonly bodyBytesMax?: number;
  /** Its query has `format`, which the `Accept` header decides where the query does not: `text/csv` is `csv`. */
  readonly csvByAccept?: boolean;
  /** As `csvByAccept`: `application/pdf` is `pdf`. */
  readonly pdfByAccept?: boolean;
  readonly params?: P;
  readonly query?: Q;
  /** A strict object: unknown fields are refused by name. */
  readonly body?: B;
  /** The success answers by status. */
  readonly responses: Readonly<
    Record<
      number,
      {
        description: string;
        schema: z.ZodType;
        example: unknown;
        contentType?: string;
        /** Of the same answer as CSV, where it comes so too. */
        csvExample?: string;
      }
    >
  >;
  readonly requestExample?: unknown;
  readonly errors: readonly ErrorCode[];
  verb(ctx: Context, input: { params: Parsed<P>; query: Parsed<Q>; body: Parsed<B> }): Promise<R>;
  render(result: R): Reply | Response;
  /** What is kept under an Idempotency-Key, where that must be less than what is sent: secrets are shown once. */
  renderStored?(result: R): Reply;
}

type Method = Operation<Shape, Shape, Shape, unknown>['method'];
type Responses = Operation<Shape, Shape, Shape, unknown>['responses'];

/** Method, path and answers keep their own types: the console's client is typed by them (`api-types.ts`). */
export function defineOperation<
  const M extends Method,
  const Path extends string,
  const Answers extends Responses,
  R,
  P extends Shape = undefined,
  Q extends Shape = undefined,
  B extends Shape = undefined,
>(
  operation: Operation<P, Q, B, R> & { readonly method: M; readonly path: Path; readonly responses: Answers },
): Defined<P, Q, B, R, M, Path, Answers> {
  return operation;
}

type Defined<P extends Shape, Q extends Shape, B extends Shape, R, M, Path, Answers> = Omit<
  Operation<P, Q, B, R>,
  'method' | 'path' | 'responses'
> & { readonly method: M; readonly path: Path; readonly responses: Answers };

/** An operation whose own types are forgotten, as the frame handles them all. */
export type AnyOperation = Omit<Operation<Shape, Shape, Shape, unknown>, 'verb' | 'render' | 'renderStored'> & {
  verb(ctx: Context, input: { params: never; query: never; body: never }): Promise<unknown>;
  render(result: never): Reply | Response;
  renderStored?(result: never): Reply;
};

/** Whether an Idempotency-Key counts: keys are kept apart by whose they are, so a request of nobody's has none. */
export function takesKey({ method, isPublic }: Pick<AnyOperation, 'method' | 'isPublic'>): boolean {
  return method === 'post' && isPublic !== true;
}
