import type { Metadata } from 'next';
import { Prefetched, read } from '@/components/api/prefetch';
import { ChooseClient } from '@/components/console/choose-client';
import { RequestList } from '@/components/developers/request-list';
import { hasPeriod, requestsRequest } from '@/components/developers/requests';
import { openPage, type ScopeParams } from '../../../../open-page';

export const metadata: Metadata = { title: 'Request log' };

export default async function RequestListPage({
  params,
  searchParams,
}: {
  readonly params: Promise<ScopeParams>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { api, scope } = await openPage(params);
  if (scope.client === 'all') return <ChooseClient title="Request log" what="Requests" />;
  const search = await searchParams;
  const first = hasPeriod(search) ? [] : [read('/v1/request_log', requestsRequest(search, 'UTC'))];
  return (
    <Prefetched api={api} reads={[]} optional={first}>
      <RequestList />
    </Prefetched>
  );
}
