import type { RequestOf } from '@/server/http/api-types';

export const ME_REQUEST: RequestOf<'get', '/v1/me'> = {};
export const SESSIONS_REQUEST: RequestOf<'get', '/v1/me/sessions'> = { query: { limit: '50' } };
