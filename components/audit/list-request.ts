import type { Scope } from '@/components/api/client';
import { one } from '@/components/api/one';
import { instantOfDay } from '@/components/patterns/local-time';
import type { RequestOf } from '@/server/http/api-types';

const PER_PAGE = '25';

/** What the page's address may say. `find` takes any id; `type` is the kind of object. */
export const AUDIT_PARAMS = ['find', 'actor', 'type', 'action', 'from', 'to'] as const;

type Search = Readonly<Record<string, string | readonly string[] | undefined>>;
type AuditRequest = RequestOf<'get', '/v1/audit'>;

/** The address as the API's filters. Days begin where the reader is. */
export function auditFilter(search: Search, { client }: Scope, timeZone: string): NonNullable<AuditRequest['query']> {
  const find = one(search['find'])?.trim();
  const type = one(search['type']);
  const from = one(search['from']);
  const to = one(search['to']);
  return {
    actor: one(search['actor']),
    action: one(search['action']) ?? (type === undefined ? undefined : `${type}.`),
    ...found(find),
    from: from === undefined ? undefined : instantOfDay(from, timeZone),
    to: to === undefined ? undefined : instantOfDay(to, timeZone, 1),
    all_clients: client === 'all' ? 'true' : undefined,
  };
}

export function auditListRequest(search: Search, scope: Scope, timeZone: string): AuditRequest {
  return { query: { ...auditFilter(search, scope, timeZone), after: one(search['after']), limit: PER_PAGE } };
}

/** A request's id finds what it did, anything else what was done to it. */
function found(text: string | undefined): { request_id?: string; object_id?: string } {
  if (text === undefined || text === '') return {};
  return text.startsWith('req_') ? { request_id: text } : { object_id: text };
}
