import type { Metadata } from 'next';
import { Prefetched, read } from '@/components/api/prefetch';
import { PromotionList } from '@/components/promotions/promotion-list';
import { promotionListRequest } from '@/components/promotions/requests';
import { openPage, type ScopeParams } from '../../../open-page';

export const metadata: Metadata = { title: 'Promotions' };

export default async function PromotionsPage({
  params,
  searchParams,
}: {
  readonly params: Promise<ScopeParams>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { api } = await openPage(params);
  const search = await searchParams;
  return (
    <Prefetched
      api={api}
      reads={[]}
      optional={[read('/v1/promotions', promotionListRequest(search)), read('/v1/reports/promotions', { query: {} })]}
    >
      <PromotionList />
    </Prefetched>
  );
}
