import { z } from 'zod';
import { errorSchema } from '@/contracts/errors';
import { Problem } from '@/server/kernel/problem';
import { defineOperation, type Operation } from '../operation';

const tag = 'Top-ups';
const params = z.strictObject({ id: z.string() });

/**
 * Top-ups need a payment provider, which this build has none of. The routes are here, so that a program written against
 * the reference hears a clear no instead of a missing address.
 */
function topUpOperation(
  operation: Pick<Operation<typeof params, undefined, undefined, never>, 'operationId' | 'method' | 'path' | 'summary'>,
) {
  return defineOperation<never, typeof params>({
    ...operation,
    tag,
    description: 'Not available yet: answers 501 `not_available_yet` and changes nothing.',
    scope: operation.method === 'get' ? 'wallets:read' : 'wallets:write',
    params,
    responses: { 501: { description: 'Not available yet.', schema: errorSchema, example: EXAMPLE } },
    errors: ['not_available_yet'],
    verb: () => Promise.reject(new Problem('not_available_yet', MESSAGE)),
    render: (result) => result,
  });
}

const MESSAGE =
  'Top-ups are not available yet: this deployment has no payment provider. Use POST /v1/wallets/{id}/credit to grant credit without a payment.';

const EXAMPLE = {
  error: {
    type: 'api_error',
    code: 'not_available_yet',
    message: MESSAGE,
    param: null,
    request_id: 'req_01hyd4r8v2t1b',
    doc_url: '/docs/errors#not_available_yet',
    details: {},
  },
};

export const topUpOperations = [
  topUpOperation({
    operationId: 'createTopUp',
    method: 'post',
    path: '/v1/wallets/{id}/topups',
    summary: 'Create a top-up checkout',
  }),
  topUpOperation({
    operationId: 'listTopUps',
    method: 'get',
    path: '/v1/wallets/{id}/topups',
    summary: 'List top-ups for a wallet',
  }),
  topUpOperation({ operationId: 'getTopUp', method: 'get', path: '/v1/topups/{id}', summary: 'Retrieve a top-up' }),
  topUpOperation({
    operationId: 'expireTopUp',
    method: 'post',
    path: '/v1/topups/{id}/expire',
    summary: 'Expire a top-up checkout',
  }),
];
