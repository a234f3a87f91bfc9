import type { RequestOf } from '@/server/http/api-types';

export const APPROVAL_POLICY_REQUEST: RequestOf<'get', '/v1/approval_policy'> = {};
export const COLLECTION_POLICY_REQUEST: RequestOf<'get', '/v1/collection_policy'> = {};
