import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { ApiError } from '@/components/api/error';
import { hrefIn } from '@/components/api/href';
import { Prefetched, read } from '@/components/api/prefetch';
import { ClientPage } from '@/components/clients/client-page';
import { keysOfRequest, servicesOfRequest } from '@/components/clients/list-request';
import { openPage, type ScopeParams } from '../../../../open-page';

interface Params extends ScopeParams {
  readonly code: string;
}

/** Once per request: the title and the page ask for the same. */
const find = cache(async (mode: string, client: string, code: string) => {
  const { api } = await openPage(Promise.resolve({ mode, client }));
  try {
    return await api.get('/api/v1/clients/{client_code}', { params: { client_code: code } });
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    if (error instanceof ApiError && error.status === 403) return undefined;
    throw error;
  }
});

export async function generateMetadata({ params }: { readonly params: Promise<Params> }): Promise<Metadata> {
  const { mode, client, code } = await params;
  return { title: (await find(mode, client, code))?.client_name ?? 'Client' };
}

export default async function ClientRoute({ params }: { readonly params: Promise<Params> }) {
  const { mode, client, code } = await params;
  const { api, me, scope } = await openPage(params);
  // Of one client's books no other client is found.
  if (me.is_operator && scope.client !== 'all') redirect(hrefIn({ ...scope, client: 'all' }, `/clients/${code}`));
  if ((await find(mode, client, code)) === null) notFound();
  const reads = [
    read('/api/v1/clients/{client_code}', { params: { client_code: code } }),
    read('/api/v1/client-services', servicesOfRequest(code)),
  ];
  if (me.is_operator) reads.push(read('/api/v1/clients/{client_code}/credentials', keysOfRequest(code, scope.mode)));
  return (
    <Prefetched api={api} reads={[]} optional={reads}>
      <ClientPage code={code} />
    </Prefetched>
  );
}
