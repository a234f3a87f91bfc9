'use client';

import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { ApiClient } from '@/components/api/client';
import type { ApiError } from '@/components/api/error';
import { queryKey } from '@/components/api/query-key';
import { useConsole } from '@/components/api/scope';
import type { AnswerOf } from '@/server/http/api-types';

export type ProvenEntry = AnswerOf<'get', '/v1/audit/{id}'>;

/** An entry with its proof, recomputed for this answer: read on the books of the client whose it is. */
export function useEntry(id: string, client?: string): UseQueryResult<ProvenEntry, ApiError> {
  const { api, scope } = useConsole();
  const own = client === undefined ? scope : { ...scope, client };
  const request = { params: { id } };
  return useQuery<ProvenEntry, ApiError>({
    queryKey: queryKey(own, '/v1/audit/{id}', request),
    queryFn: ({ signal }) => new ApiClient(api.transport, own).get('/v1/audit/{id}', request, { signal }),
  });
}
