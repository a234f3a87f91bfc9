import { eventListSchema, eventParams, eventSchema, listEventsQuery } from '@/contracts/events';
import { parseId } from '@/contracts/ids';
import { encodeCursor } from '@/contracts/lists';
import type { Context } from '@/server/kernel/context';
import { bodiesOf } from '@/server/webhooks/event-body';
import { listEvents, readEvent } from '@/server/webhooks/read-events';
import { defineOperation } from '../operation';
import { afterInteger } from './arguments';
import { renderEvent } from './event-data';
import { exampleOfEvent } from './event-examples';
import { listExample } from './examples';

const tag = 'Events';
const example = exampleOfEvent('wallet.debited');

const list = defineOperation({
  operationId: 'listEvents',
  method: 'get',
  path: '/v1/events',
  tag,
  summary: 'List events',
  description:
    'Everything that happened, newest first, exactly as webhooks send it. The catalogue of types is at `/docs/events`.',
  scope: 'events:read',
  query: listEventsQuery,
  responses: {
    200: { description: 'A page of events.', schema: eventListSchema, example: listExample(example) },
  },
  errors: ['parameter_invalid', 'parameter_unknown', 'parameter_repeated'],
  verb: async (ctx, { query }) => {
    const filter = { type: query.type, fromMs: query.from, toMs: query.to };
    const rows = await listEvents(ctx, filter, { limit: query.limit, afterId: afterInteger(query.after) });
    const page = rows.slice(0, query.limit);
    return { bodies: await textsOf(ctx, page), lastId: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null };
  },
  render: ({ bodies, lastId }) => ({
    status: 200,
    body: {
      object: 'list',
      data: bodies.map((body) => JSON.parse(body) as unknown),
      has_more: lastId !== null,
      next_cursor: lastId === null ? null : encodeCursor([lastId]),
    },
  }),
});

const retrieve = defineOperation({
  operationId: 'getEvent',
  method: 'get',
  path: '/v1/events/{id}',
  tag,
  summary: 'Retrieve an event',
  description: 'Exactly as webhooks send it, and the same whenever it is asked for.',
  scope: 'events:read',
  params: eventParams,
  responses: { 200: { description: 'The event.', schema: eventSchema, example } },
  errors: ['resource_missing'],
  verb: async (ctx, { params }) =>
    (await textsOf(ctx, [await readEvent(ctx, parseId('event', params.id))]))[0] as string,
  render: (body) => ({ status: 200, body: JSON.parse(body) as unknown }),
});

export const eventOperations = [retrieve, list];

function textsOf(ctx: Context, rows: Awaited<ReturnType<typeof listEvents>>): Promise<string[]> {
  const { db, ledger, clock } = ctx;
  return bodiesOf({ db, ledger, clock, renderEvent }, rows);
}
