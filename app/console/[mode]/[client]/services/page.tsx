import type { Metadata } from 'next';
import { Prefetched, read } from '@/components/api/prefetch';
import { FEES_REQUEST, serviceListRequest } from '@/components/services/list-request';
import { ServiceList } from '@/components/services/service-list';
import { openPage, type ScopeParams } from '../../../open-page';

export const metadata: Metadata = { title: 'Services' };

export default async function ServicesPage({
  params,
  searchParams,
}: {
  readonly params: Promise<ScopeParams>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { api } = await openPage(params);
  const reads = [
    read('/api/v1/client-services', serviceListRequest(await searchParams)),
    read('/v1/reports/fees', FEES_REQUEST),
  ];
  return (
    <Prefetched api={api} reads={[]} optional={reads}>
      <ServiceList />
    </Prefetched>
  );
}
