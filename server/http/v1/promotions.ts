import { formatId, parseId } from '@/contracts/ids';
import { listOf } from '@/contracts/lists';
import {
  calendarQuery,
  calendarSchema,
  createImportBody,
  createPromotionBody,
  IMPORT_BYTES_MAX,
  importListSchema,
  importParams,
  importSchema,
  listImportsQuery,
  listPromotionLotsQuery,
  listPromotionsQuery,
  listRowsQuery,
  promotionListSchema,
  promotionLotListSchema,
  promotionParams,
  promotionSchema,
  rowListSchema,
  updatePromotionBody,
} from '@/contracts/promotions';
import { reasonBody } from '@/contracts/wallets';
import { cancelImport } from '@/server/promotions/cancel-import';
import { createImport } from '@/server/promotions/create-import';
import { createPromotion } from '@/server/promotions/create-promotion';
import { findImport } from '@/server/promotions/import-row';
import { issueImport } from '@/server/promotions/issue-import';
import { type GivenRow, givenRow, type ImportField, parseImportFile } from '@/server/promotions/parse-import';
import { readImport, readImportRows, readImports } from '@/server/promotions/read-import';
import { readExpiryCalendar, readPromotionLots } from '@/server/promotions/read-lots';
import { readPromotion, readPromotions } from '@/server/promotions/read-promotions';
import { updatePromotion } from '@/server/promotions/update-promotion';
import { defineOperation } from '../operation';
import { afterInteger } from './arguments';
import { listExample } from './examples';
import { CALENDAR, IMPORT, IMPORT_ROW, PROMOTION, PROMOTION_LOT, ROWS_CSV } from './promotion-examples';
import { renderImport, renderImportRow, renderPromotion, renderPromotionLot, rowsCsv } from './render-promotion';

const tag = 'Promotions';
const LIST_ERRORS = ['parameter_invalid', 'parameter_unknown', 'parameter_repeated'] as const;
const BODY_ERRORS = ['parameter_missing', 'parameter_invalid', 'parameter_unknown'] as const;
const minor = (amount: number): bigint => BigInt(amount);
const minorOrNull = (amount: number | null | undefined): bigint | null =>
  amount === null || amount === undefined ? null : BigInt(amount);

const createPromotionOperation = defineOperation({
  operationId: 'createPromotion',
  method: 'post',
  path: '/v1/promotions',
  tag,
  summary: 'Create a promotion',
  description: 'A campaign that credits are issued under: what they have in common, and what it may cost in all.',
  scope: 'wallets:write',
  body: createPromotionBody,
  requestExample: { code: 'june-loyalty', name: 'June loyalty', currency: 'GHS', amount: 1000, budget: 2_000_000 },
  responses: { 201: { description: 'The promotion.', schema: promotionSchema, example: PROMOTION } },
  errors: [...BODY_ERRORS, 'promotion_exists'],
  verb: async (ctx, { body }) => {
    const promotion = await createPromotion(ctx, {
      code: body.code,
      name: body.name,
      currency: body.currency,
      amountMinor: minorOrNull(body.amount),
      expiresAtMs: body.expires_at ?? null,
      priority: body.priority,
      budgetMinor: minorOrNull(body.budget),
    });
    return { ...promotion, figures: null, countedUntilMs: null };
  },
  render: (promotion) => ({ status: 201, body: renderPromotion(promotion) }),
});

const listPromotions = defineOperation({
  operationId: 'listPromotions',
  method: 'get',
  path: '/v1/promotions',
  tag,
  summary: 'List promotions',
  description:
    'Newest first, each with what was issued, used and expired, and what is still open. By day: `GET /v1/reports/promotions`.',
  scope: 'wallets:read',
  query: listPromotionsQuery,
  responses: {
    200: { description: 'A page of promotions.', schema: promotionListSchema, example: listExample(PROMOTION) },
  },
  errors: LIST_ERRORS,
  verb: async (ctx, { query: { status, limit, after } }) => ({
    promotions: await readPromotions(ctx, { status }, { limit, afterId: afterInteger(after) }),
    limit,
  }),
  render: ({ promotions, limit }) => ({
    status: 200,
    body: listOf(promotions, limit, renderPromotion, ({ id }) => [id]),
  }),
});

const getPromotion = defineOperation({
  operationId: 'getPromotion',
  method: 'get',
  path: '/v1/promotions/{id}',
  tag,
  summary: 'Retrieve a promotion',
  description: 'By its id or its code.',
  scope: 'wallets:read',
  params: promotionParams,
  responses: { 200: { description: 'The promotion.', schema: promotionSchema, example: PROMOTION } },
  errors: ['resource_missing'],
  verb: (ctx, { params }) => readPromotion(ctx, params.id),
  render: (promotion) => ({ status: 200, body: renderPromotion(promotion) }),
});

const updatePromotionOperation = defineOperation({
  operationId: 'updatePromotion',
  method: 'patch',
  path: '/v1/promotions/{id}',
  tag,
  summary: 'Update a promotion',
  description: 'For what is issued from now on. `status: "ended"` stops it; what was issued stays spendable.',
  scope: 'wallets:write',
  params: promotionParams,
  body: updatePromotionBody,
  requestExample: { budget: 3_000_000 },
  responses: { 200: { description: 'The promotion as it is now.', schema: promotionSchema, example: PROMOTION } },
  errors: [...BODY_ERRORS, 'resource_missing', 'budget_exceeded'],
  verb: async (ctx, { params, body }) => {
    const promotion = await updatePromotion(ctx, params.id, {
      name: body.name,
      amountMinor: body.amount === undefined ? undefined : body.amount === null ? null : minor(body.amount),
      expiresAtMs: body.expires_at,
      priority: body.priority,
      budgetMinor: body.budget === undefined ? undefined : body.budget === null ? null : minor(body.budget),
      status: body.status,
    });
    return readPromotion(ctx, formatId('promotion', promotion.id));
  },
  render: (promotion) => ({ status: 200, body: renderPromotion(promotion) }),
});

const createImportOperation = defineOperation({
  operationId: 'createPromotionImport',
  method: 'post',
  path: '/v1/promotion_imports',
  tag,
  summary: 'Check a file of credits',
  description:
    'A dry run: every row is judged, with its field, value and reason where it cannot be issued, and the totals, expiries and the promotion expense as it will be. Nothing moves until it is issued. One credit is a file of one row.',
  scope: 'wallets:write',
  bodyBytesMax: IMPORT_BYTES_MAX + 65_536,
  body: createImportBody,
  requestExample: {
    promotion_id: 'june-loyalty',
    file_name: 'june-loyalty-credits.csv',
    description: 'June loyalty credit',
    csv: 'customer_id,amount,expires_at\ncus_abc123,10.00,2026-07-17\n',
  },
  responses: { 201: { description: 'The import, checked.', schema: importSchema, example: IMPORT } },
  errors: [...BODY_ERRORS, 'resource_missing', 'promotion_ended'],
  verb: (ctx, { body }) =>
    createImport(ctx, {
      promotion: body.promotion_id ?? null,
      fileName: body.file_name ?? null,
      description: body.description,
      priority: body.priority ?? null,
      rows: typeof body.csv === 'string' ? parseImportFile(body.csv) : rowsOf(body.rows ?? []),
    }),
  render: (view) => ({ status: 201, body: renderImport(view) }),
});

function rowsOf(rows: readonly Readonly<Partial<Record<ImportField, string | null | undefined>>>[]): GivenRow[] {
  return rows.map((row, i) => givenRow(i + 1, Object.entries(row) as [ImportField, string | null | undefined][]));
}

const listImports = defineOperation({
  operationId: 'listPromotionImports',
  method: 'get',
  path: '/v1/promotion_imports',
  tag,
  summary: 'List imports',
  description: 'Newest first.',
  scope: 'wallets:read',
  query: listImportsQuery,
  responses: { 200: { description: 'A page of imports.', schema: importListSchema, example: listExample(IMPORT) } },
  errors: LIST_ERRORS,
  verb: async (ctx, { query: { state, limit, after } }) => ({
    imports: await readImports(ctx, { state }, { limit, afterId: afterInteger(after) }),
    limit,
  }),
  render: ({ imports, limit }) => ({ status: 200, body: listOf(imports, limit, renderImport, ({ id }) => [id]) }),
});

const getImport = defineOperation({
  operationId: 'getPromotionImport',
  method: 'get',
  path: '/v1/promotion_imports/{id}',
  tag,
  summary: 'Retrieve an import',
  description: 'With its progress while it is being issued.',
  scope: 'wallets:read',
  params: importParams,
  responses: { 200: { description: 'The import.', schema: importSchema, example: IMPORT } },
  errors: ['resource_missing'],
  verb: (ctx, { params }) => readImport(ctx, parseId('promotionImport', params.id)),
  render: (view) => ({ status: 200, body: renderImport(view) }),
});

const listRows = defineOperation({
  operationId: 'listPromotionImportRows',
  method: 'get',
  path: '/v1/promotion_imports/{id}/rows',
  tag,
  summary: 'List an import’s rows',
  description: 'In the order of the file, each with what became of it. As CSV every row of the filter at once.',
  scope: 'wallets:read',
  params: importParams,
  query: listRowsQuery,
  csvByAccept: true,
  responses: {
    200: {
      description: 'A page of rows.',
      schema: rowListSchema,
      example: listExample(IMPORT_ROW),
      csvExample: ROWS_CSV,
    },
  },
  errors: ['resource_missing', ...LIST_ERRORS],
  verb: async (ctx, { params, query: { state, neighbours, format, limit, after } }) => {
    const found = await findImport(ctx, parseId('promotionImport', params.id));
    const afterLine = Number(afterInteger(after) ?? 0);
    if (format === 'json') {
      return {
        format,
        rows: await readImportRows(ctx, found, { state, neighbours }, { limit, afterLine }),
        limit,
        found,
      };
    }
    const read = (line: number, size: number) =>
      readImportRows(ctx, found, { state, neighbours }, { limit: size, afterLine: line });
    return { format, read, found };
  },
  render: (answer) =>
    answer.format === 'csv'
      ? rowsCsv(answer.found, answer.read)
      : { status: 200, body: listOf(answer.rows, answer.limit, renderImportRow, ({ line }) => [String(line)]) },
});

const issueImportOperation = defineOperation({
  operationId: 'issuePromotionImport',
  method: 'post',
  path: '/v1/promotion_imports/{id}/issue',
  tag,
  summary: 'Issue an import',
  description:
    'Has the good rows issued: a job does it in groups, a thousand in a few seconds, and goes on where it was after a crash, each row once. Watch `counts`. Above the limit of the approval policy a person’s request waits for a second person first (202).',
  scope: 'wallets:write',
  params: importParams,
  responses: {
    200: {
      description: 'The import, being issued.',
      schema: importSchema,
      example: { ...IMPORT, state: 'issuing', started_at: '2026-05-24T10:12:04Z' },
    },
  },
  errors: ['resource_missing', 'import_not_ready', 'promotion_ended', 'budget_exceeded', 'client_inactive'],
  verb: (ctx, { params }) => issueImport(ctx, parseId('promotionImport', params.id)),
  render: (view) => ({ status: 200, body: renderImport(view) }),
});

const cancelImportOperation = defineOperation({
  operationId: 'cancelPromotionImport',
  method: 'post',
  path: '/v1/promotion_imports/{id}/cancel',
  tag,
  summary: 'Cancel an import',
  description:
    'Discards one that was only checked; stops one that is being issued after the group it is at. What was issued stays.',
  scope: 'wallets:write',
  params: importParams,
  body: reasonBody,
  responses: {
    200: { description: 'The import as it is now.', schema: importSchema, example: { ...IMPORT, state: 'discarded' } },
  },
  errors: ['resource_missing', 'parameter_invalid', 'parameter_unknown', 'import_not_ready'],
  verb: (ctx, { params, body }) => cancelImport(ctx, parseId('promotionImport', params.id), body.reason ?? null),
  render: (view) => ({ status: 200, body: renderImport(view) }),
});

const listLots = defineOperation({
  operationId: 'listPromotionLots',
  method: 'get',
  path: '/v1/promotion_lots',
  tag,
  summary: 'List lots of all wallets',
  description: 'Newest first; with a period of expiry the soonest first. Open ones count as the books have them.',
  scope: 'wallets:read',
  query: listPromotionLotsQuery,
  responses: {
    200: { description: 'A page of lots.', schema: promotionLotListSchema, example: listExample(PROMOTION_LOT) },
  },
  errors: [...LIST_ERRORS, 'resource_missing'],
  verb: async (ctx, { query }) => {
    const { promotion, wallet, state, expires_from: expiresFromMs, expires_to: expiresToMs, limit } = query;
    const filter = { promotion, wallet, state, expiresFromMs, expiresToMs };
    const byExpiry = expiresFromMs !== undefined || expiresToMs !== undefined;
    return { lots: await readPromotionLots(ctx, filter, { limit, after: query.after ?? null }), limit, byExpiry };
  },
  render: ({ lots, limit, byExpiry }) => ({
    status: 200,
    body: listOf(lots, limit, renderPromotionLot, (lot) => (byExpiry ? [String(lot.expiresAtMs), lot.id] : [lot.id])),
  }),
});

const getCalendar = defineOperation({
  operationId: 'getExpiryCalendar',
  method: 'get',
  path: '/v1/promotion_lots/expiry_calendar',
  tag,
  summary: 'Expiry calendar',
  description: 'What is left of open promotional credit, by the day (UTC) on which it ends.',
  scope: 'wallets:read',
  query: calendarQuery,
  responses: { 200: { description: 'The calendar.', schema: calendarSchema, example: CALENDAR } },
  errors: LIST_ERRORS,
  verb: async (ctx, { query: { from, to, currency } }) => ({
    from,
    to,
    days: await readExpiryCalendar(ctx, { from, to, currency: currency ?? null }),
    livemode: ctx.principal.mode === 'live',
  }),
  render: ({ from, to, days, livemode }) => ({
    status: 200,
    body: {
      object: 'expiry_calendar',
      from,
      to,
      days: days.map(({ date, currency, lots, amountMinor }) => ({
        date,
        currency,
        lots,
        amount: Number(amountMinor),
      })),
      livemode,
    },
  }),
});

export const promotionOperations = [
  createPromotionOperation,
  listPromotions,
  getPromotion,
  updatePromotionOperation,
  createImportOperation,
  listImports,
  getImport,
  listRows,
  issueImportOperation,
  cancelImportOperation,
  listLots,
  getCalendar,
];
