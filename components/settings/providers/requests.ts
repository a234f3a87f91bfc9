import type { RequestOf } from '@/server/http/api-types';

export const PROVIDERS_REQUEST: RequestOf<'get', '/v1/providers'> = {};
export const CREDENTIALS_REQUEST: RequestOf<'get', '/v1/provider_credentials'> = {};
