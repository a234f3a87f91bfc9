import { one } from '@/components/api/one';
import type { RequestOf } from '@/server/http/api-types';

type Search = Readonly<Record<string, string | readonly string[] | undefined>>;

export function userListRequest(search: Search): RequestOf<'get', '/v1/users'> {
  return {
    query: {
      role: one(search['role']) as 'admin' | undefined,
      status: one(search['status']) as 'active' | undefined,
      kind: one(search['kind']) as 'staff' | undefined,
      after: one(search['after']),
      limit: '25',
    },
  };
}

export const INVITATIONS_REQUEST: RequestOf<'get', '/v1/invitations'> = { query: { limit: '25' } };

export function userRequest(id: string): RequestOf<'get', '/v1/users/{id}'> {
  return { params: { id } };
}
