import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { hrefIn } from '@/components/api/href';
import { Prefetched, read } from '@/components/api/prefetch';
import { ClientList } from '@/components/clients/client-list';
import { clientListRequest } from '@/components/clients/list-request';
import { openPage, type ScopeParams } from '../../../open-page';

export const metadata: Metadata = { title: 'Clients' };

export default async function ClientsPage({
  params,
  searchParams,
}: {
  readonly params: Promise<ScopeParams>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { api, me, scope } = await openPage(params);
  if (!me.is_operator) redirect(hrefIn(scope, `/clients/${me.client.code}`));
  if (scope.client !== 'all') redirect(hrefIn({ ...scope, client: 'all' }, '/clients'));
  return (
    <Prefetched api={api} reads={[]} optional={[read('/api/v1/clients', clientListRequest(await searchParams))]}>
      <ClientList />
    </Prefetched>
  );
}
