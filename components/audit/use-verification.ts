'use client';

import { useQuery } from '@tanstack/react-query';
import { ApiClient } from '@/components/api/client';
import { ApiError } from '@/components/api/error';
import { useApi } from '@/components/api/queries';
import { useConsole } from '@/components/api/scope';
import type { AnswerOf } from '@/server/http/api-types';

export type Verification = AnswerOf<'get', '/v1/audit/verify'>;

export interface ChainResult {
  readonly client: { readonly code: string; readonly name: string };
  readonly result: Verification | null;
  /** Where it could not be asked. */
  readonly problem: string | null;
}

/**
 * The chains in view, recomputed when somebody asks: one client's, or of every client one after the other, since each is
 * read from its first row.
 */
export function useVerification() {
  const { api, scope, me } = useConsole();
  const isOfAll = scope.client === 'all';
  const listed = useApi('/api/v1/clients', { query: { limit: '100' } }, { enabled: isOfAll });
  const clients = isOfAll
    ? (listed.data?.data ?? []).map(({ client_code: code, client_name: name }) => ({ code, name }))
    : [{ code: scope.client, name: me.is_operator ? scope.client : me.client.name }];
  return useQuery<readonly ChainResult[]>({
    queryKey: [scope.mode, scope.client, 'verification', clients.map(({ code }) => code)],
    enabled: false,
    gcTime: 30 * 60_000,
    queryFn: async ({ signal }) => {
      const results: ChainResult[] = [];
      for (const client of clients) {
        const on = new ApiClient(api.transport, { ...scope, client: client.code });
        try {
          results.push({ client, result: await on.get('/v1/audit/verify', {}, { signal }), problem: null });
        } catch (error) {
          if (!(error instanceof ApiError)) throw error;
          results.push({ client, result: null, problem: error.message });
        }
      }
      return results;
    },
  });
}
