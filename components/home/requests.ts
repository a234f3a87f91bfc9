import type { RequestOf } from '@/server/http/api-types';

/** What the home page reads, in the same words on the server and in the browser. */
export const LIABILITIES_REQUEST: RequestOf<'get', '/v1/reports/liabilities'> = { query: {} };
export const TOP_UPS_REQUEST: RequestOf<'get', '/v1/reports/top_ups'> = { query: {} };
export const PAYMENTS_REQUEST: RequestOf<'get', '/v1/reports/payments'> = { query: {} };
export const JOURNALS_REQUEST: RequestOf<'get', '/v1/journals'> = { query: { limit: '8' } };
