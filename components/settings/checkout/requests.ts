import type { RequestOf } from '@/server/http/api-types';

export const CHECKOUT_REQUEST: RequestOf<'get', '/v1/checkout_settings'> = {};
