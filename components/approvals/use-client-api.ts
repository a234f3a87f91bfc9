'use client';

import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { ApiClient } from '@/components/api/client';
import type { ApiError } from '@/components/api/error';
import { queryKey } from '@/components/api/query-key';
import { useConsole } from '@/components/api/scope';
import type { AnswerOf, PathOf, RequestOf } from '@/server/http/api-types';

/** Reads one client's thing on a page that is over all of them. */
export function useClientApi<P extends PathOf<'get'>>(
  client: string,
  path: P,
  request: RequestOf<'get', P>,
  enabled: boolean,
): UseQueryResult<AnswerOf<'get', P>, ApiError> {
  const { api, scope } = useConsole();
  const on = { ...scope, client };
  return useQuery<AnswerOf<'get', P>, ApiError>({
    queryKey: queryKey(on, path, request),
    queryFn: ({ signal }) => new ApiClient(api.transport, on).get(path, request, { signal }),
    enabled,
  });
}
