import { STATUS_CODES } from 'node:http';
import { OpenAPIHono, type RouteConfig, z } from '@hono/zod-openapi';
import { apiV1ErrorSchema, ERROR_CODES, ERRORS, type ErrorCode, errorSchema } from '@/contracts/errors';
import { paymentErrorSchema } from '@/contracts/payments';
import { type AnyOperation, takesKey } from './operation';
import { operations as everyOperation } from './operations';
import { type Family, familyOf, statusOf } from './problems';
import { errorExample } from './v1/error-examples';
import { TAGS } from './v1/tags';

export type OpenApiDocument = ReturnType<OpenAPIHono['getOpenAPI31Document']>;

const API_VERSION = '1.0.0';

/** Every operation can answer with these, for reasons of the frame and not its own. */
const COMMON: readonly ErrorCode[] = [
  'authentication_required',
  'credentials_invalid',
  'key_expired',
  'key_revoked',
  'token_expired',
  'client_inactive',
  'scope_missing',
  'rate_limited',
  'parameter_unknown',
  'parameter_repeated',
  'database_unavailable',
  'internal_error',
];
/** What only an operation that takes credentials can answer. */
const OF_CREDENTIALS: ReadonlySet<ErrorCode> = new Set([
  'authentication_required',
  'key_expired',
  'key_revoked',
  'token_expired',
  'scope_missing',
]);
const WITH_PARAMS: readonly ErrorCode[] = ['resource_missing'];
const WITH_BODY: readonly ErrorCode[] = [
  'parameter_missing',
  'parameter_invalid',
  'body_not_json',
  'json_too_deep',
  'content_type_unsupported',
  'body_too_large',
];
const WITH_KEY: readonly ErrorCode[] = [
  'idempotency_key_invalid',
  'idempotency_key_reused',
  'idempotency_in_progress',
  'ledger_busy',
  'outcome_unknown',
];

const DESCRIPTION = `Prepaid wallets on a double-entry ledger. Amounts are integers in the currency's minor unit: 500 is
GH₵5.00. Every answer has a \`Request-Id\`; quote it when you report something. Repeat a request whose answer you did not
get with the same \`reference\` or \`Idempotency-Key\`: it has one effect, however often it is sent.`;

/** The OpenAPI 3.1 document of the operations. Pure: no database, no environment. */
export function openApiDocument(
  operations: readonly AnyOperation[] = everyOperation,
  baseUrl: string | null = null,
): OpenApiDocument {
  const app = new OpenAPIHono();
  const registry = app.openAPIRegistry;
  registry.registerComponent('securitySchemes', 'basic', {
    type: 'http',
    scheme: 'basic',
    description: 'The client id as user name and a secret key as password.',
  });
  registry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    description: 'A secret key (sec_live_…, sec_test_…), or the access token of a log-in (acc_…).',
  });
  registry.registerComponent('headers', 'RequestId', {
    description: 'Names this request in the log; quote it when you report something.',
    schema: { type: 'string' },
    example: 'req_a1b2c3',
  });
  // A copy: the schema itself was made before zod-openapi could extend it.
  registry.register('Error', errorSchema.clone());
  registry.register('ApiV1Error', apiV1ErrorSchema.clone());
  registry.register('PaymentError', paymentErrorSchema.clone());
  for (const { name, code, value } of examplesOf(operations)) {
    registry.registerComponent('examples', name, { summary: ERRORS[code].title, value });
  }
  const shared = sharedRefusals(operations);
  for (const { name, response } of shared.values()) registry.registerComponent('responses', name, response);
  operations.forEach((operation, index) => {
    registry.registerPath(routeOf(operation, shared, index));
  });
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Pesewa',
      version: API_VERSION,
      description: DESCRIPTION,
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [{ url: baseUrl ?? '/', description: 'This deployment.' }],
    tags: [...new Set(operations.map((operation) => operation.tag))].map((name) => ({
      name,
      ...(TAGS[name] !== undefined && { description: TAGS[name] }),
    })),
    security: [{ basic: [] }, { bearer: [] }],
  });
  return { ...document, 'x-errors': ERRORS } as OpenApiDocument;
}

/** Every error code an operation can answer with, the frame's included. */
export function errorsOf(operation: AnyOperation): readonly ErrorCode[] {
  const takesBody = operation.method === 'post' || operation.method === 'put' || operation.method === 'patch';
  return [
    ...new Set([
      ...operation.errors,
      ...(operation.path.includes('{') ? WITH_PARAMS : []),
      ...(takesBody ? WITH_BODY : []),
      ...(operation.query === undefined ? [] : (['parameter_invalid'] as const)),
      ...(takesKey(operation) ? WITH_KEY : []),
      ...(operation.isPublic === true ? COMMON.filter((code) => !OF_CREDENTIALS.has(code)) : COMMON),
      ...(operation.operatorOnly === true ? (['operator_required'] as const) : []),
    ]),
  ];
}

function routeOf(operation: AnyOperation, shared: Shared, order: number): RouteConfig {
  const { params, query, body, requestExample } = operation;
  const errors = errorsOf(operation);
  return {
    operationId: operation.operationId,
    method: operation.method,
    path: operation.path,
    tags: [operation.tag],
    summary: operation.summary,
    description: operation.description,
    request: {
      ...(params && { params }),
      ...(query && { query }),
      ...(takesKey(operation) && { headers: [idempotencyKeyHeader] }),
      ...(body && {
        body: {
          required: !body.safeParse({}).success,
          content: {
            'application/json': { schema: body, ...(requestExample !== undefined && { example: requestExample }) },
            ...(operation.takesForm === true && { 'application/x-www-form-urlencoded': { schema: body } }),
          },
        },
      }),
    },
    responses: { ...successesOf(operation), ...refusalsOf(operation, shared) },
    // Paths alone cannot say that retrieving comes before listing.
    'x-order': order,
    'x-errors': errors,
    ...(operation.isPublic === true && { security: [] }),
    'x-scope': operation.scope,
  } as RouteConfig;
}

const idempotencyKeyHeader = z
  .string()
  .min(1)
  .max(128)
  .optional()
  .openapi({
    param: { name: 'Idempotency-Key', in: 'header' },
    description: 'A random key of yours. The same key and request get the same answer for at least 24 hours.',
    example: '7f9c2ba4-e88f-4a4d-a0c5-3f6f0d9e2b11',
  });

const headers = { 'Request-Id': { $ref: '#/components/headers/RequestId' } } as const;

function successesOf({ responses }: AnyOperation): RouteConfig['responses'] {
  return Object.fromEntries(
    Object.entries(responses).map(([status, { description, schema, example, contentType, csvExample }]) => [
      status,
      {
        description,
        headers,
        content: {
          [contentType ?? 'application/json']: { schema, ...(example !== undefined && { example }) },
          ...(csvExample !== undefined && { 'text/csv': { schema: z.string(), example: csvExample } }),
        },
      },
    ]),
  );
}

type Refusals = {
  readonly description: string;
  readonly headers: typeof headers;
  readonly content: {
    'application/json': { schema: Reference; examples: Record<string, Reference> };
  };
};
type Reference = { $ref: string };
/** By the JSON of the response, where more than one operation has it. */
type Shared = ReadonlyMap<string, { readonly name: string; readonly response: Refusals }>;

/** What an operation refuses with, one response per status; by reference where it is shared. */
function refusalsOf(operation: AnyOperation, shared: Shared): Record<string, Refusals | Reference> {
  return Object.fromEntries(
    inlineRefusalsOf(operation).map(([status, response]) => {
      const known = shared.get(JSON.stringify(response));
      return [status, known === undefined ? response : { $ref: `#/components/responses/${known.name}` }];
    }),
  );
}

/** With an example for each code of the status, kept once in the document's components. */
function inlineRefusalsOf(operation: AnyOperation): [status: number, Refusals][] {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of [...errorsOf(operation)].sort((a, b) => ERROR_CODES.indexOf(a) - ERROR_CODES.indexOf(b))) {
    const status = statusOf(code, familyOf(operation.path));
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return [...byStatus]
    .sort(([a], [b]) => a - b)
    .map(([status, codes]) => [
      status,
      {
        description: codes.map((code) => ERRORS[code].title).join(' · '),
        headers,
        content: {
          'application/json': {
            schema: { $ref: `#/components/schemas/${ERROR_SCHEMAS[familyOf(operation.path)]}` },
            examples: Object.fromEntries(
              codes.map((code) => [code, { $ref: `#/components/examples/${errorExample(code, operation.path).name}` }]),
            ),
          },
        },
      },
    ]);
}

const ERROR_SCHEMAS: Readonly<Record<Family, string>> = { v1: 'Error', api_v1: 'ApiV1Error', payments: 'PaymentError' };

/** Responses that operations share, under their status's name; the usual one first, any other numbered. */
function sharedRefusals(operations: readonly AnyOperation[]): Shared {
  const counts = new Map<string, { status: number; response: Refusals; count: number }>();
  for (const [status, response] of operations.flatMap(inlineRefusalsOf)) {
    const key = JSON.stringify(response);
    counts.set(key, { status, response, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  const shared = new Map<string, { name: string; response: Refusals }>();
  const named = new Map<number, number>();
  for (const [key, { status, response, count }] of [...counts].sort(([, a], [, b]) => b.count - a.count)) {
    if (count < 2) continue;
    const nth = (named.get(status) ?? 0) + 1;
    named.set(status, nth);
    const name = (STATUS_CODES[status] ?? `Status ${status}`).replace(/[^A-Za-z0-9]/g, '');
    shared.set(key, { name: nth === 1 ? name : `${name}${nth}`, response });
  }
  return shared;
}

function examplesOf(operations: readonly AnyOperation[]) {
  const examples = operations.flatMap((operation) =>
    errorsOf(operation).map((code) => ({ code, ...errorExample(code, operation.path) })),
  );
  return new Map(examples.map((example) => [example.name, example])).values();
}
