'use client';

import { useApi } from '@/components/api/queries';
import { useConsole } from '@/components/api/scope';

/** A client's name by its code: one's own without asking. */
export function useClientName(code: string): string {
  return useClientNames()(code);
}

/** Names by code, of the list that the client switch has already; a code that is not in it stands for itself. */
export function useClientNames(): (code: string) => string {
  const { me } = useConsole();
  const clients = useApi('/api/v1/clients', { query: { limit: '100' } }, { enabled: me.is_operator });
  const names = new Map((clients.data?.data ?? []).map((client) => [client.client_code, client.client_name]));
  return (code) => (code === me.client.code ? me.client.name : (names.get(code) ?? code));
}
