import type { RequestOf } from '@/server/http/api-types';
import type { Period } from './period';

/** The reports' requests, in the same words on the server and in the browser. */
export const liabilitiesRequest = ({ from, to }: Period): RequestOf<'get', '/v1/reports/liabilities'> => ({
  query: { from, to },
});

export const feesRequest = ({ from, to }: Period): RequestOf<'get', '/v1/reports/fees'> => ({ query: { from, to } });

export const promotionsRequest = ({ from, to }: Period): RequestOf<'get', '/v1/reports/promotions'> => ({
  query: { from, to },
});

export const breakageRequest = ({ from, to }: Period): RequestOf<'get', '/v1/reports/breakage'> => ({
  query: { from, to },
});

export type Collected = 'topups' | 'payments' | 'all';

export const collectionsRequest = ({ from, to }: Period, of: Collected): RequestOf<'get', '/v1/reports/top_ups'> => ({
  query: { from, to, of },
});

export const paymentsRequest = ({ from, to }: Period): RequestOf<'get', '/v1/reports/payments'> => ({
  query: { from, to },
});
