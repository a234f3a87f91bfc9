import {
  activityQuery,
  breakageReportSchema,
  feesReportSchema,
  liabilitiesSchema,
  promotionActivityQuery,
  promotionsReportSchema,
  topUpActivityQuery,
  topUpsReportSchema,
} from '@/contracts/activity-reports';
import { readFees } from '@/server/reports/fees';
import { readLiabilities } from '@/server/reports/liabilities';
import { readPromotionalCredit } from '@/server/reports/promotional-credit';
import { readTopUps } from '@/server/reports/top-ups';
import { defineOperation } from '../operation';
import { breakageCsv, csvResponse, feesCsv, liabilitiesCsv, promotionsCsv, topUpsCsv } from './activity-csv';
import { BREAKAGE_REPORT, FEES_REPORT, LIABILITIES, PROMOTIONS_REPORT, TOP_UPS_REPORT } from './activity-examples';
import { renderBreakage, renderFees, renderLiabilities, renderPromotions, renderTopUps } from './render-activity';

const tag = 'Reports';
const errors = ['parameter_invalid', 'parameter_unknown', 'parameter_repeated'] as const;
const EXACT =
  'Exact; `counted_until` says until when it counts. The operator’s people who name no client see every client’s.';

function answer<R extends { readonly from: string; readonly to: string }>(
  report: R,
  format: 'json' | 'csv',
  name: string,
  csvOf: (report: R) => string,
) {
  return format === 'csv' ? csvResponse(csvOf(report), name, report) : { status: 200 as const, body: report };
}

const getLiabilities = defineOperation({
  operationId: 'getLiabilitiesReport',
  method: 'get',
  path: '/v1/reports/liabilities',
  tag,
  summary: 'Liabilities',
  description: `What is owed to customers, clients and the operator, and what providers and banks hold for it, now and at the end of each day. ${EXACT}`,
  scope: 'accounts:read',
  query: activityQuery,
  csvByAccept: true,
  responses: {
    200: {
      description: 'The report.',
      schema: liabilitiesSchema,
      example: LIABILITIES,
      csvExample: liabilitiesCsv(LIABILITIES),
    },
  },
  errors,
  verb: async (ctx, { query: { from, to, currency, format } }) => ({
    report: await readLiabilities(ctx, { from, to, currency }),
    format,
  }),
  render: ({ report, format }) => answer(renderLiabilities(report), format, 'liabilities', liabilitiesCsv),
});

const getFees = defineOperation({
  operationId: 'getFeesReport',
  method: 'get',
  path: '/v1/reports/fees',
  tag,
  summary: 'Fees',
  description: `Fees and the tax on them, by service and day; what reversals gave back is taken off on the day they were posted. ${EXACT}`,
  scope: 'accounts:read',
  query: activityQuery,
  csvByAccept: true,
  responses: {
    200: {
      description: 'The report.',
      schema: feesReportSchema,
      example: FEES_REPORT,
      csvExample: feesCsv(FEES_REPORT),
    },
  },
  errors,
  verb: async (ctx, { query: { from, to, currency, format } }) => ({
    report: await readFees(ctx, { from, to, currency }),
    format,
  }),
  render: ({ report, format }) => answer(renderFees(report), format, 'fees', feesCsv),
});

const getPromotions = defineOperation({
  operationId: 'getPromotionsReport',
  method: 'get',
  path: '/v1/reports/promotions',
  tag,
  summary: 'Promotional credit',
  description: `What was issued, used and expired, and what was open at the end of each day. ${EXACT}`,
  scope: 'accounts:read',
  query: promotionActivityQuery,
  csvByAccept: true,
  responses: {
    200: {
      description: 'The report.',
      schema: promotionsReportSchema,
      example: PROMOTIONS_REPORT,
      csvExample: promotionsCsv(PROMOTIONS_REPORT),
    },
  },
  errors: [...errors, 'resource_missing'],
  verb: async (ctx, { query: { from, to, currency, promotion, format } }) => ({
    report: await readPromotionalCredit(ctx, { from, to, currency, promotion }),
    format,
  }),
  render: ({ report, format }) => answer(renderPromotions(report), format, 'promotions', promotionsCsv),
});

const getBreakage = defineOperation({
  operationId: 'getBreakageReport',
  method: 'get',
  path: '/v1/reports/breakage',
  tag,
  summary: 'Breakage',
  description: `Promotional credit that ended unspent, by promotion, and its share of what came to an end. ${EXACT}`,
  scope: 'accounts:read',
  query: promotionActivityQuery,
  csvByAccept: true,
  responses: {
    200: {
      description: 'The report.',
      schema: breakageReportSchema,
      example: BREAKAGE_REPORT,
      csvExample: breakageCsv(BREAKAGE_REPORT),
    },
  },
  errors: [...errors, 'resource_missing'],
  verb: async (ctx, { query: { from, to, currency, promotion, format } }) => ({
    report: await readPromotionalCredit(ctx, { from, to, currency, promotion }),
    format,
  }),
  render: ({ report, format }) => answer(renderBreakage(report), format, 'breakage', breakageCsv),
});

const getTopUps = defineOperation({
  operationId: 'getTopUpsReport',
  method: 'get',
  path: '/v1/reports/top_ups',
  tag,
  summary: 'Top-ups',
  description: `Money collected, by the day it was paid and by channel, beside as many days before; and of what was begun each day how much has come to something. ${EXACT}`,
  scope: 'payments:read',
  query: topUpActivityQuery,
  csvByAccept: true,
  responses: {
    200: {
      description: 'The report.',
      schema: topUpsReportSchema,
      example: TOP_UPS_REPORT,
      csvExample: topUpsCsv(TOP_UPS_REPORT),
    },
  },
  errors,
  verb: async (ctx, { query: { from, to, currency, of, format } }) => ({
    report: await readTopUps(ctx, { from, to, currency, of }),
    format,
  }),
  render: ({ report, format }) => answer(renderTopUps(report), format, 'top-ups', topUpsCsv),
});

export const activityReportOperations = [getLiabilities, getFees, getPromotions, getBreakage, getTopUps];
