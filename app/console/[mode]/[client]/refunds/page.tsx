import type { Metadata } from 'next';
import { Prefetched, read } from '@/components/api/prefetch';
import { RefundList } from '@/components/refunds/refund-list';
import { refundListRequest } from '@/components/refunds/request';
import { openPage, type ScopeParams } from '../../../open-page';

export const metadata: Metadata = { title: 'Refunds' };

export default async function RefundsPage({
  params,
  searchParams,
}: {
  readonly params: Promise<ScopeParams>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { api, scope } = await openPage(params);
  const search = await searchParams;
  return (
    <Prefetched
      api={api}
      reads={[]}
      optional={scope.client === 'all' ? [] : [read('/v1/refunds', refundListRequest(search))]}
    >
      <RefundList />
    </Prefetched>
  );
}
