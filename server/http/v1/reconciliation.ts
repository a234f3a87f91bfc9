import type { z } from 'zod';
import { parseId } from '@/contracts/ids';
import { listOf } from '@/contracts/lists';
import {
  createReconciliationBody,
  listReconciliationLinesQuery,
  listReconciliationsQuery,
  type ReconciliationDetailObject,
  type ReconciliationLineObject,
  type ReconciliationObject,
  reconciliationDetailSchema,
  reconciliationLineListSchema,
  reconciliationLineParams,
  reconciliationLineSchema,
  reconciliationListSchema,
  reconciliationParams,
  reconciliationSchema,
  resolveBreakBody,
  STATEMENT_BYTES_MAX,
} from '@/contracts/reconciliation';
import { importStatement } from '@/server/reconciliation/import-statement';
import {
  exportLines,
  importNotFound,
  readImport,
  readImports,
  readLines,
  readTotals,
} from '@/server/reconciliation/read';
import { resolveBreak } from '@/server/reconciliation/resolve-break';
import type { StatementField } from '@/server/reconciliation/statement-formats';
import { defineOperation } from '../operation';
import { csvHeaders, textStream } from '../text-stream';
import { afterInteger } from './arguments';
import { listExample } from './examples';
import {
  reconciliationCsv,
  renderReconciliation,
  renderReconciliationDetail,
  renderReconciliationLine,
} from './render-reconciliation';

const tag = 'Reconciliation';

const example: ReconciliationObject = {
  id: 'rec_a1b2c3',
  object: 'reconciliation',
  provider: 'hubtel',
  provider_account: null,
  client: { code: 'VOLk3J9sQa', name: 'Volta Data' },
  covers: 'client',
  file_name: 'hubtel-2026-06-06.csv',
  file_bytes: 24_820,
  file_hash: '9f2c4e0b7a6d5c1e8f3a2b4c6d7e8f9a0b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e',
  time_zone: 'Africa/Accra',
  period_start: '2026-06-06T00:00:00Z',
  period_end: '2026-06-07T00:00:00Z',
  currencies: ['GHS'],
  lines: 248,
  breaks: 1,
  open_breaks: 1,
  imported_by: { id: 'usr_a1b2c3', name: 'Efua Asante' },
  created_at: '2026-06-07T08:00:00Z',
  livemode: false,
};

const detailExample: ReconciliationDetailObject = {
  ...example,
  outcomes: [
    { outcome: 'matched', lines: 247, open: 0 },
    { outcome: 'missing_here', lines: 1, open: 1 },
  ],
  totals: [
    {
      currency: 'GHS',
      theirs: 1_984_000,
      ours: 1_976_000,
      difference: 8_000,
      explained_by: [
        { outcome: 'matched', lines: 247, theirs: 1_976_000, ours: 1_976_000, difference: 0 },
        { outcome: 'missing_here', lines: 1, theirs: 8_000, ours: 0, difference: 8_000 },
      ],
    },
  ],
};

const lineExample: ReconciliationLineObject = {
  object: 'reconciliation_line',
  reconciliation_id: example.id,
  number: 17,
  outcome: 'missing_here',
  is_break: true,
  kind: 'payment',
  theirs: {
    line: 18,
    receipt: '2116938399',
    reference: null,
    payer: '233200000000',
    status: 'succeeded',
    amount: 8_000,
    currency: 'GHS',
    occurred_at: '2026-06-06T12:00:44Z',
    problem: null,
    raw: '["2026-06-06 12:00:44","2116938399","","80.00","Success"]',
  },
  ours: null,
  counted_theirs: 8_000,
  counted_ours: 0,
  difference: 8_000,
  can_resolve_payment: false,
  resolution: null,
};

const createReconciliation = defineOperation({
  operationId: 'createReconciliation',
  method: 'post',
  path: '/v1/reconciliations',
  tag,
  summary: 'Import a statement',
  description:
    'Reads a provider’s statement and holds it against our payments and refunds. Nothing else changes. The same file, read in the same way, is the same reconciliation: it is answered again with `Idempotent-Replayed: true`. Lines that cannot be read come to `unreadable` with field and reason. The body may have 17 MB.',
  scope: 'payments:write',
  bodyBytesMax: STATEMENT_BYTES_MAX + 1024 * 1024,
  body: createReconciliationBody,
  requestExample: {
    provider: 'hubtel',
    file_name: 'hubtel-2026-06-06.csv',
    content:
      'Date,External Transaction Id,Client Reference,Amount,Status\r\n2026-06-06 12:00:44,2116938399,3jL2KlUy3vt21,80.00,Success\r\n',
  },
  responses: { 201: { description: 'What came of it.', schema: reconciliationSchema, example } },
  errors: ['statement_unreadable'],
  verb: (ctx, { body }) =>
    importStatement(ctx, {
      provider: body.provider,
      format: body.format ?? null,
      providerAccount: body.provider_account ?? null,
      fileName: body.file_name,
      content: body.content,
      currency: body.currency ?? null,
      timeZone: body.time_zone ?? null,
      columns: namesOf(body.columns ?? {}),
      firstDay: body.first_day ?? null,
      lastDay: body.last_day ?? null,
    }),
  render: ({ imported }) => ({ status: 201, body: renderReconciliation(imported) }),
});

function namesOf({ time, ...columns }: NonNullable<z.output<typeof createReconciliationBody>['columns']>) {
  const given = Object.entries({ ...columns, occurred_at: time }).filter(
    (entry): entry is [StatementField, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(given) as Partial<Record<StatementField, string>>;
}

const listReconciliations = defineOperation({
  operationId: 'listReconciliations',
  method: 'get',
  path: '/v1/reconciliations',
  tag,
  summary: 'List reconciliations',
  description: 'Newest first. The operator’s people who name no client see those of every client beside their own.',
  scope: 'payments:read',
  query: listReconciliationsQuery,
  responses: {
    200: { description: 'A page of them.', schema: reconciliationListSchema, example: listExample(example) },
  },
  errors: [],
  verb: async (ctx, { query }) => ({
    imports: await readImports(
      ctx,
      { provider: query.provider, isOpen: query.open },
      { limit: query.limit, afterId: afterInteger(query.after) },
    ),
    limit: query.limit,
  }),
  render: ({ imports, limit }) => ({
    status: 200,
    body: listOf(imports, limit, renderReconciliation, ({ id }) => [id]),
  }),
});

const getReconciliation = defineOperation({
  operationId: 'getReconciliation',
  method: 'get',
  path: '/v1/reconciliations/{id}',
  tag,
  summary: 'Retrieve reconciliation',
  description:
    'With its totals: what the provider says, what we say, and the difference by outcome. The parts sum up to the whole.',
  scope: 'payments:read',
  params: reconciliationParams,
  responses: {
    200: { description: 'The reconciliation.', schema: reconciliationDetailSchema, example: detailExample },
  },
  errors: ['resource_missing'],
  verb: async (ctx, { params }) => {
    const imported = await readImport(ctx, idOf(params.id));
    return { imported, totals: await readTotals(ctx, imported) };
  },
  render: ({ imported, totals }) => ({ status: 200, body: renderReconciliationDetail(imported, totals) }),
});

const listReconciliationLines = defineOperation({
  operationId: 'listReconciliationLines',
  method: 'get',
  path: '/v1/reconciliations/{id}/lines',
  tag,
  summary: 'List statement lines',
  description:
    'In the order of the file; what the statement lacks comes after it. `open=true` is the work that is left. `format=csv` streams every line that matches.',
  scope: 'payments:read',
  csvByAccept: true,
  params: reconciliationParams,
  query: listReconciliationLinesQuery,
  responses: {
    200: {
      description: 'A page of lines.',
      schema: reconciliationLineListSchema,
      example: listExample(lineExample),
      csvExample:
        'number,outcome,kind,file_line,receipt,reference,payer,status,amount,currency,occurred_at,problem_field,problem,client_code,payment_id,our_reference,our_status,our_amount,our_currency,our_time,counted_theirs,counted_ours,resolution,resolution_reason,resolved_at\r\n17,missing_here,payment,18,2116938399,,233200000000,succeeded,8000,GHS,2026-06-06T12:00:44Z,,,,,,,,,,8000,0,,,\r\n',
    },
  },
  errors: ['resource_missing'],
  verb: async (ctx, { params, query }) => {
    const imported = await readImport(ctx, idOf(params.id));
    const filter = { outcome: query.outcome, isOpen: query.open };
    if (query.format === 'csv') {
      return { id: imported.id, lines: reconciliationCsv(imported.id, exportLines(ctx, imported, filter)) };
    }
    const after = afterInteger(query.after);
    // A cursor of a list of ids is beyond every line.
    const afterNumber = after === null ? null : Math.min(Number(after), 2 ** 31 - 1);
    const page = await readLines(ctx, imported, filter, { limit: query.limit, afterNumber });
    return { id: imported.id, page, limit: query.limit };
  },
  render: (result) =>
    'lines' in result
      ? textStream(result.lines, csvHeaders('reconciliation.csv'))
      : {
          status: 200,
          body: listOf(
            result.page,
            result.limit,
            (line) => renderReconciliationLine(result.id, line),
            ({ number }) => [String(number)],
          ),
        },
});

const resolveReconciliationLine = defineOperation({
  operationId: 'resolveReconciliationLine',
  method: 'post',
  path: '/v1/reconciliations/{id}/lines/{number}/resolve',
  tag,
  summary: 'Resolve a break',
  description:
    'A person’s answer to a break, given once, with its reason; the break stays. `resolve_payment` also resolves the payment, where it waits in reconciliation and the statement has the very amount.',
  scope: 'payments:write',
  params: reconciliationLineParams,
  body: resolveBreakBody,
  requestExample: { action: 'note', reason: 'Settled on the 7th, seen on the bank’s account' },
  responses: {
    200: {
      description: 'The line with its answer.',
      schema: reconciliationLineSchema,
      example: {
        ...lineExample,
        resolution: {
          action: 'noted',
          reason: 'Settled on the 7th, seen on the bank’s account',
          by: { id: 'usr_a1b2c3', name: 'Efua Asante' },
          at: '2026-06-07T08:10:00Z',
        },
      },
    },
  },
  errors: [
    'resource_missing',
    'break_not_open',
    'operator_required',
    'payment_not_in_reconciliation',
    'wallet_inactive',
    'ledger_busy',
    'outcome_unknown',
  ],
  verb: (ctx, { params, body }) =>
    resolveBreak(ctx, {
      importId: idOf(params.id),
      number: params.number,
      action: body.action,
      reason: body.reason,
    }),
  render: ({ importId, line }) => ({ status: 200, body: renderReconciliationLine(importId, line) }),
});

function idOf(text: string): string {
  return parseId('reconciliation', text) ?? importNotFound();
}

export const reconciliationOperations = [
  createReconciliation,
  listReconciliations,
  getReconciliation,
  listReconciliationLines,
  resolveReconciliationLine,
];
