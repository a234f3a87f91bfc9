import type { AnswerOf } from '@/server/http/api-types';

export type ApiKey = AnswerOf<'get', '/v1/api_keys'>['data'][number];

/** Whether a rotation put another in its place, and it goes on working beside it for a while. */
export function isBeingReplaced(key: ApiKey): boolean {
  return key.status === 'active' && key.replaced_by !== null;
}
