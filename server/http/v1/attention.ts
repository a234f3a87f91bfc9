import { type AttentionObject, attentionSchema } from '@/contracts/attention';
import { formatId } from '@/contracts/ids';
import type { Approval } from '@/server/approvals/read';
import { renderApproval } from '@/server/approvals/render-approval';
import { type Attention, type BooksState, readAttention, type UnresolvedItem } from '@/server/attention/read';
import { defineOperation } from '../operation';
import { APPROVAL } from './held';

const AT = '2026-05-24T10:00:00.000Z';
const { id, verb, target, client, amount, currency, reason, maker, created_at, expires_at } = APPROVAL;

const EXAMPLE: AttentionObject = {
  object: 'attention',
  approvals: {
    count: 3,
    items: [{ id, verb, target, client, amount, currency, reason, maker, created_at, expires_at }],
  },
  breaks: { count: 0, items: [] },
  webhooks: {
    count: 1,
    items: [
      {
        id: 'we_a1b2c3',
        client_code: 'VOL7K2M9QX',
        url: 'https://hooks.example.com/pesewa',
        status: 'enabled',
        failing_since: AT,
      },
    ],
  },
  payments: { count: 0, items: [] },
  refunds: { count: 0, items: [] },
  books: {
    is_balanced: true,
    proved_at: AT,
    unbroken_since: '2026-03-01T02:07:09.000Z',
    invariants: 19,
    broken: [],
    entries: 1_204_377,
    duration_ms: 8_412,
  },
  livemode: false,
};

const attention = defineOperation({
  operationId: 'getAttention',
  method: 'get',
  path: '/v1/console/attention',
  tag: 'Approvals',
  summary: 'What needs you',
  description:
    'Counts and the first few of what waits for somebody: approvals that you may decide, breaks of reconciliation, failing webhook endpoints, payments and refunds that nobody knows the truth of; and what the last proof of the books said. What you may not see is empty. For the operator’s people who name no client, over every client.',
  scope: null,
  responses: { 200: { description: 'What needs somebody.', schema: attentionSchema, example: EXAMPLE } },
  errors: [],
  verb: (ctx) => readAttention(ctx),
  render: (result) => ({ status: 200, body: renderAttention(result) }),
});

function renderAttention({
  approvals,
  breaks,
  webhooks,
  payments,
  refunds,
  books,
  livemode,
}: Attention): AttentionObject {
  return {
    object: 'attention',
    approvals: { count: approvals.count, items: approvals.items.map(renderWaiting) },
    breaks: {
      count: breaks.count,
      items: breaks.items.map((item) => ({
        import_id: formatId('reconciliation', item.importId),
        client_code: item.clientCode,
        provider: item.provider,
        file_name: item.fileName,
        open_breaks: item.openBreaks,
        created_at: timeOf(item.createdAtMs),
      })),
    },
    webhooks: {
      count: webhooks.count,
      items: webhooks.items.map((item) => ({
        id: formatId('webhook', item.id),
        client_code: item.clientCode,
        url: item.url,
        status: item.status,
        failing_since: timeOrNull(item.failingSinceMs),
      })),
    },
    payments: { count: payments.count, items: payments.items.map(renderUnresolved) },
    refunds: { count: refunds.count, items: refunds.items.map(renderUnresolved) },
    books: renderBooks(books),
    livemode,
  };
}

function renderWaiting(approval: Approval): AttentionObject['approvals']['items'][number] {
  const whole = renderApproval(approval);
  return {
    id: whole.id,
    verb: whole.verb,
    target: whole.target,
    client: whole.client,
    amount: whole.amount,
    currency: whole.currency,
    reason: whole.reason,
    maker: whole.maker,
    created_at: whole.created_at,
    expires_at: whole.expires_at,
  };
}

function renderUnresolved(item: UnresolvedItem): AttentionObject['payments']['items'][number] {
  return {
    id: item.publicHex === null ? formatId('refund', item.id) : `pay_${item.publicHex}`,
    client_code: item.clientCode,
    reference: item.reference,
    amount: Number(item.amountMinor),
    currency: item.currency,
    created_at: timeOf(item.createdAtMs),
  };
}

function renderBooks(books: BooksState): AttentionObject['books'] {
  return {
    is_balanced: books.isBalanced,
    proved_at: timeOrNull(books.provedAtMs),
    unbroken_since: timeOrNull(books.unbrokenSinceMs),
    invariants: books.invariants,
    broken: [...books.broken],
    entries: books.entries,
    duration_ms: books.durationMs,
  };
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}

function timeOrNull(ms: number | null): string | null {
  return ms === null ? null : timeOf(ms);
}

export const attentionOperations = [attention];
