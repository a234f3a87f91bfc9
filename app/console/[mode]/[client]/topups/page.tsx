import type { Metadata } from 'next';
import { Prefetched, read } from '@/components/api/prefetch';
import { topUpListRequest } from '@/components/top-ups/request';
import { TopUpList } from '@/components/top-ups/top-up-list';
import { openPage, type ScopeParams } from '../../../open-page';

export const metadata: Metadata = { title: 'Top-ups' };

export default async function TopUpsPage({
  params,
  searchParams,
}: {
  readonly params: Promise<ScopeParams>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { api } = await openPage(params);
  return (
    <Prefetched api={api} reads={[]} optional={[read('/v1/topups', topUpListRequest(await searchParams))]}>
      <TopUpList />
    </Prefetched>
  );
}
