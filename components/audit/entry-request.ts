import type { RequestOf } from '@/server/http/api-types';
import type { AuditEntry } from './words';

type AuditRequest = RequestOf<'get', '/v1/audit'>;

const AROUND = '8';

/** What else was done to an entry's object; the kind too, since different things may share an id. */
export function historyRequest({ target }: AuditEntry): AuditRequest {
  return { query: { object_id: target.id, action: `${target.type}.`, limit: AROUND } };
}

export function sameRequest({ request_id: id }: AuditEntry): AuditRequest {
  return sameRequestOf(id);
}

export function sameRequestOf(requestId: string): AuditRequest {
  return { query: { request_id: requestId, limit: AROUND } };
}
