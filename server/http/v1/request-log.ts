import { formatId, parseId } from '@/contracts/ids';
import { encodeCursor } from '@/contracts/lists';
import {
  type LoggedRequestObject,
  listRequestsQuery,
  loggedRequestDetailSchema,
  loggedRequestListSchema,
  loggedRequestParams,
} from '@/contracts/request-log';
import { type ReadRequest, readRequest, readRequests } from '@/server/request-log/read-requests';
import { resultsOfRequest } from '@/server/request-log/results-of-request';
import { defineOperation } from '../operation';
import { afterInteger } from './arguments';
import { listExample } from './examples';

const tag = 'Request log';

const example: LoggedRequestObject = {
  id: 'req_a1b2c3',
  object: 'request',
  method: 'POST',
  path: '/v1/wallets/wal_a1b2c3/debit',
  status: 402,
  error_code: 'insufficient_funds',
  duration_ms: 4.21,
  caller: { type: 'api_key', id: 'key_a1b2c3', name: 'Billing server' },
  address: '192.0.2.7',
  created_at: '2026-05-24T10:05:00.120Z',
  livemode: false,
};

const CLASSES = {
  '2xx': [200, 300],
  '3xx': [300, 400],
  '4xx': [400, 500],
  '5xx': [500, 600],
  error: [400, 600],
} as const;

const listRequests = defineOperation({
  operationId: 'listRequests',
  method: 'get',
  path: '/v1/request_log',
  tag,
  summary: 'List requests',
  description:
    'What was asked of this set of books, newest first, a second or two after it was answered. Kept for 30 days, without bodies. With a filter that little passes, a page may have fewer rows than `limit`, or none, while `has_more` is true: follow `next_cursor`.',
  scope: 'logs:read',
  query: listRequestsQuery,
  responses: {
    200: { description: 'A page of requests.', schema: loggedRequestListSchema, example: listExample(example) },
  },
  errors: [],
  verb: (ctx, { query }) => {
    const [statusFrom, statusTo] = query.status === undefined ? [] : CLASSES[query.status];
    return readRequests(
      ctx,
      {
        // A key that cannot be one has asked nothing.
        keyId: query.api_key_id === undefined ? undefined : (parseId('key', query.api_key_id) ?? '-1'),
        caller: query.caller,
        statusFrom,
        statusTo,
        method: query.method,
        pathPrefix: query.path,
        fromMs: query.from,
        toMs: query.to,
      },
      { limit: query.limit, afterId: afterInteger(query.after) },
    );
  },
  render: ({ requests, nextAfterId }) => ({
    status: 200,
    body: {
      object: 'list',
      data: requests.map(renderRequest),
      has_more: nextAfterId !== null,
      next_cursor: nextAfterId === null ? null : encodeCursor([nextAfterId]),
    },
  }),
});

const getRequest = defineOperation({
  operationId: 'getRequest',
  method: 'get',
  path: '/v1/request_log/{id}',
  tag,
  summary: 'Retrieve a request',
  description: 'By its `Request-Id`, with what it brought about.',
  scope: 'logs:read',
  params: loggedRequestParams,
  responses: {
    200: {
      description: 'The request.',
      schema: loggedRequestDetailSchema,
      example: { ...example, results: [{ type: 'journal', id: 'jnl_a1b2c3', title: 'debit' }] },
    },
  },
  errors: ['resource_missing'],
  verb: async (ctx, { params }) => {
    const request = await readRequest(ctx, parseId('request', params.id));
    return { request, results: await resultsOfRequest(ctx, request) };
  },
  render: ({ request, results }) => ({ status: 200, body: { ...renderRequest(request), results } }),
});

function renderRequest(request: ReadRequest): LoggedRequestObject {
  return {
    id: request.requestId,
    object: 'request',
    method: request.method,
    path: request.path,
    status: request.status,
    error_code: request.errorCode,
    duration_ms: Math.round(request.durationMs * 100) / 100,
    caller: callerOf(request),
    address: request.address,
    created_at: new Date(request.atMs).toISOString(),
    livemode: request.livemode,
  };
}

function callerOf({ keyId, userId, callerName }: ReadRequest): LoggedRequestObject['caller'] {
  if (keyId !== null) return { type: 'api_key', id: formatId('key', keyId), name: callerName };
  if (userId !== null) return { type: 'user', id: formatId('user', userId), name: callerName };
  return { type: 'nobody', id: null, name: null };
}

export const requestLogOperations = [listRequests, getRequest];
