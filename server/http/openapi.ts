import { OpenAPIHono, type RouteConfig, z } from '@hono/zod-openapi';
import { ERRORS, type ErrorBody, type ErrorCode, errorSchema } from '@/contracts/errors';
import type { AnyOperation } from './operation';
import { operations as everyOperation } from './operations';

export type OpenApiDocument = ReturnType<OpenAPIHono['getOpenAPI31Document']>;

const API_VERSION = '1.0.0';

/** Every operation can answer with these, for reasons of the frame and not its own. */
const COMMON: readonly ErrorCode[] = [
  'authentication_required',
  'credentials_invalid',
  'key_expired',
  'key_revoked',
  'client_inactive',
  'scope_missing',
  'rate_limited',
  'parameter_unknown',
  'parameter_repeated',
  'database_unavailable',
  'internal_error',
];
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
    description: 'A secret key: sec_live_… or sec_test_….',
  });
  for (const operation of operations) registry.registerPath(routeOf(operation));
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Pesewa',
      version: API_VERSION,
      description: DESCRIPTION,
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [{ url: baseUrl ?? '/', description: 'This deployment.' }],
    tags: [...new Set(operations.map((operation) => operation.tag))].map((name) => ({ name })),
    security: [{ basic: [] }, { bearer: [] }],
  });
  return { ...document, 'x-errors': ERRORS } as OpenApiDocument;
}

/** Every error code an operation can answer with, the frame's included. */
export function errorsOf(operation: AnyOperation): readonly ErrorCode[] {
  const takesBody = operation.method === 'post' || operation.method === 'patch';
  return [
    ...new Set([
      ...operation.errors,
      ...(operation.path.includes('{') ? WITH_PARAMS : []),
      ...(takesBody ? WITH_BODY : []),
      ...(operation.query === undefined ? [] : (['parameter_invalid'] as const)),
      ...(operation.method === 'post' ? WITH_KEY : []),
      ...COMMON,
    ]),
  ];
}

function routeOf(operation: AnyOperation): RouteConfig {
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
      ...(operation.method === 'post' && { headers: [idempotencyKeyHeader] }),
      ...(body && {
        body: {
          required: !body.safeParse({}).success,
          content: {
            'application/json': { schema: body, ...(requestExample !== undefined && { example: requestExample }) },
          },
        },
      }),
    },
    responses: { ...successesOf(operation), ...refusalsOf(errors) },
    'x-errors': errors,
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

const headers = {
  'Request-Id': { description: 'Quote it when you report something.', schema: { type: 'string' } },
} as const;

function successesOf({ responses }: AnyOperation): RouteConfig['responses'] {
  return Object.fromEntries(
    Object.entries(responses).map(([status, { description, schema, example, contentType }]) => [
      status,
      {
        description,
        headers,
        content: { [contentType ?? 'application/json']: { schema, ...(example !== undefined && { example }) } },
      },
    ]),
  );
}

/** One answer per status, with an example for each code that has it. */
function refusalsOf(codes: readonly ErrorCode[]): RouteConfig['responses'] {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) {
    const { status } = ERRORS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, there]) => [
        status,
        {
          description: there.map((code) => ERRORS[code].title).join(' · '),
          headers,
          content: {
            'application/json': {
              schema: errorSchema,
              examples: Object.fromEntries(
                there.map((code) => [code, { summary: ERRORS[code].title, value: exampleOf(code) }]),
              ),
            },
          },
        },
      ]),
  );
}

function exampleOf(code: ErrorCode): ErrorBody {
  const { type, title } = ERRORS[code];
  return {
    error: {
      type,
      code,
      message: `${title}.`,
      param: null,
      request_id: 'req_01h9zq4vxk2m8',
      doc_url: `/docs/errors#${code}`,
      details: {},
    },
  };
}
