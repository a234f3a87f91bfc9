import type { Metadata } from 'next';
import { Prefetched, read } from '@/components/api/prefetch';
import { LotList } from '@/components/promotions/lot-list';
import { lotListRequest } from '@/components/promotions/requests';
import { openPage, type ScopeParams } from '../../../../open-page';

export const metadata: Metadata = { title: 'Promotional credits' };

export default async function CreditsPage({
  params,
  searchParams,
}: {
  readonly params: Promise<ScopeParams>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { api } = await openPage(params);
  const search = await searchParams;
  return (
    <Prefetched api={api} reads={[]} optional={[read('/v1/promotion_lots', lotListRequest(search))]}>
      <LotList />
    </Prefetched>
  );
}
