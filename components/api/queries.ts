'use client';

import {
  keepPreviousData,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { AnswerOf, PathOf, RequestOf } from '@/server/http/api-types';
import type { ApiClient } from './client';
import type { ApiError } from './error';
import { queryKey } from './query-key';
import { useConsole } from './scope';

export interface ReadOptions {
  readonly enabled?: boolean;
  /** Asked again after this long while the page is looked at. */
  readonly refreshEveryMs?: number;
  /** On whose books, where a record of another client than the one in view is shown. */
  readonly client?: string;
}

/** Reads an operation of the API; the last page stays in view while the next one comes. */
export function useApi<P extends PathOf<'get'>>(
  path: P,
  request: RequestOf<'get', P>,
  { enabled = true, refreshEveryMs, client }: ReadOptions = {},
): UseQueryResult<AnswerOf<'get', P>, ApiError> {
  const { api, scope } = useConsole();
  const books = client === undefined ? scope : { ...scope, client };
  const key = queryKey(books, path, request);
  const queries = useQueryClient();
  return useQuery<AnswerOf<'get', P>, ApiError>({
    queryKey: key,
    queryFn: ({ signal }) => {
      // What is there already and is asked again on a timer was asked by nobody.
      const isBackground = refreshEveryMs !== undefined && queries.getQueryData(key) !== undefined;
      return api.on(books.client).get(path, request, { signal, isBackground });
    },
    placeholderData: keepPreviousData,
    enabled,
    ...(refreshEveryMs !== undefined && { refetchInterval: refreshEveryMs }),
  });
}

/**
 * Does something through the API, then reads everything in view again: money and status are never shown before the
 * books say so. One `idempotencyKey` per opened form, so that a second press is the same request.
 */
export function useAct<Input, Result>(
  act: (api: ApiClient, input: Input) => Promise<Result>,
): UseMutationResult<Result, ApiError, Input> {
  const { api } = useConsole();
  const queries = useQueryClient();
  return useMutation<Result, ApiError, Input>({
    mutationFn: (input) => act(api, input),
    onSuccess: () => queries.invalidateQueries(),
  });
}
