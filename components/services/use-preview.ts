'use client';

import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { ApiError } from '@/components/api/error';
import { useConsole } from '@/components/api/scope';
import { useSettled } from '@/components/console/use-settled';
import type { AnswerOf, RequestOf } from '@/server/http/api-types';

const PATH = '/api/v1/client-services/{client_service_code}/preview';
export type Preview = AnswerOf<'post', typeof PATH>;
type Body = RequestOf<'post', typeof PATH>['body'];

/** What a change would come to, asked once nobody has typed for a moment. The rules are the API's own. */
export function usePreview(code: string, body: Body): UseQueryResult<Preview, ApiError> {
  const { api, scope } = useConsole();
  const settled = useSettled(JSON.stringify(body), 250);
  return useQuery<Preview, ApiError>({
    queryKey: [scope.mode, scope.client, PATH, code, settled],
    queryFn: ({ signal }) =>
      api.post(PATH, { params: { client_service_code: code }, body: JSON.parse(settled) as Body }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}
