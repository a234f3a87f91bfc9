'use client';

import { useApi } from '@/components/api/queries';
import { useConsole } from '@/components/api/scope';

/** What a client is called: the operator's people know all, a client's own people their own; else its code. */
export function useClientName(code: string): string {
  const { me } = useConsole();
  const clients = useApi('/api/v1/clients', { query: { limit: '100' } }, { enabled: me.is_operator });
  if (me.client.code === code) return me.client.name;
  return clients.data?.data.find((client) => client.client_code === code)?.client_name ?? code;
}

export function ClientName({ code }: { readonly code: string }) {
  return <>{useClientName(code)}</>;
}
