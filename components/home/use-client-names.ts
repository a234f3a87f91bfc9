'use client';

import { useApi } from '@/components/api/queries';
import { useConsole } from '@/components/api/scope';

/** What a client's code stands for, where rows of several clients stand together; null where all are of one. */
export function useClientNames(): ((code: string) => string) | null {
  const { scope, me } = useConsole();
  const isAll = scope.client === 'all' && me.is_operator;
  const clients = useApi('/api/v1/clients', { query: { limit: '100' } }, { enabled: isAll });
  if (!isAll) return null;
  const names = new Map((clients.data?.data ?? []).map((client) => [client.client_code, client.client_name]));
  return (code) => names.get(code) ?? code;
}
