import { redirect } from 'next/navigation';
import type { ApiClient } from '@/components/api/client';
import { hrefIn } from '@/components/api/href';

type Search = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * A record’s own page over all clients: whose it is decides, so the search is asked for its id and the page opened among
 * that client’s. Returns where nothing or several are found; then the page says so itself.
 */
export async function inItsClient(
  api: ApiClient,
  type: 'wallet' | 'customer',
  id: string,
  search: Search,
): Promise<void> {
  const found = await api.get('/v1/search', { query: { q: id, type } }).catch(() => null);
  const exact = (found?.data ?? []).filter((one) => one.is_exact && one.id === id);
  const [only] = exact;
  if (only === undefined || exact.length > 1) return;
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) if (typeof value === 'string') query.set(name, value);
  const path = `/${type}s/${encodeURIComponent(id)}${query.size === 0 ? '' : `?${query}`}`;
  redirect(hrefIn({ ...api.scope, client: only.client.code }, path));
}
