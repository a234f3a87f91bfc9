import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { ApiError } from '@/components/api/error';
import { hrefIn } from '@/components/api/href';
import { Prefetched, read } from '@/components/api/prefetch';
import { versionsRequest } from '@/components/services/list-request';
import { ServicePage } from '@/components/services/service-page';
import { openPage, type ScopeParams } from '../../../../open-page';

interface Params extends ScopeParams {
  readonly code: string;
}

/** Once per request: the title and the page ask for the same. */
const find = cache(async (mode: string, client: string, code: string) => {
  const { api } = await openPage(Promise.resolve({ mode, client }));
  try {
    return await api.get('/api/v1/client-services/{client_service_code}', { params: { client_service_code: code } });
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    if (error instanceof ApiError && error.status === 403) return undefined;
    throw error;
  }
});

export async function generateMetadata({ params }: { readonly params: Promise<Params> }): Promise<Metadata> {
  const { mode, client, code } = await params;
  return { title: (await find(mode, client, code))?.client_service_name ?? 'Service' };
}

export default async function ServiceRoute({ params }: { readonly params: Promise<Params> }) {
  const { mode, client, code } = await params;
  const { api, scope, me } = await openPage(params);
  const service = await find(mode, client, code);
  if (service === null) notFound();
  // Its approvals and its policy are its client's.
  if (service !== undefined && scope.client === 'all') {
    redirect(hrefIn({ ...scope, client: service.client_code }, `/services/${code}`));
  }
  const reads = [
    read('/api/v1/client-services/{client_service_code}', { params: { client_service_code: code } }),
    read('/api/v1/client-services/{client_service_code}/versions', versionsRequest(code)),
    read('/v1/approval_policy', {}),
    read('/v1/approvals', { query: { status: 'pending', verb: 'service_change', limit: '100' } }),
  ];
  if (me.is_operator && service !== undefined) {
    reads.push(read('/api/v1/clients', { query: { limit: '100' } }));
  }
  return (
    <Prefetched api={api} reads={[]} optional={reads}>
      <ServicePage code={code} />
    </Prefetched>
  );
}
