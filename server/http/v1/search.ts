import { type SearchObject, type SearchResultObject, searchQuery, searchSchema } from '@/contracts/search';
import type { Found } from '@/server/search/found';
import { search } from '@/server/search/search';
import { defineOperation } from '../operation';

const tag = 'Search';

const example: SearchObject = {
  object: 'search',
  query: 'ama men',
  data: [
    {
      type: 'customer',
      id: 'cus_abc123',
      title: 'Ama Mensah',
      subtitle: '+233241234567, ama@example.com, cus_abc123',
      status: null,
      client: { code: 'KANk3J9sQa', name: 'Kaneshie Motors' },
      path: ['customers', 'cus_abc123'],
      is_exact: false,
    },
  ],
  livemode: false,
};

const searchEverything = defineOperation({
  operationId: 'search',
  method: 'get',
  path: '/v1/search',
  tag,
  summary: 'Search',
  description:
    'An id of any kind opens its record; so do account numbers, client codes, references, top-up numbers and receipts. Otherwise names are found by the beginnings of their words, customers also by their id and phone, however it is written. Each caller finds what its scopes let it read.',
  scope: null,
  query: searchQuery,
  responses: { 200: { description: 'What was found.', schema: searchSchema, example } },
  errors: [],
  verb: async (ctx, { query }) => ({
    query: query.q,
    found: await search(ctx, query.q, query.type),
    livemode: ctx.principal.mode === 'live',
  }),
  render: ({ query, found, livemode }) => ({
    status: 200,
    body: { object: 'search', query, data: found.map(renderFound), livemode } satisfies SearchObject,
  }),
});

function renderFound({ type, id, title, subtitle, status, client, path, isExact }: Found): SearchResultObject {
  return { type, id, title, subtitle, status, client, path: [...path], is_exact: isExact };
}

export const searchOperations = [searchEverything];
