import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { ApiError } from '@/components/api/error';
import { hrefIn } from '@/components/api/href';
import { Prefetched, read } from '@/components/api/prefetch';
import { PromotionPage } from '@/components/promotions/promotion-page';
import { openPage, type ScopeParams } from '../../../../open-page';

interface Params extends ScopeParams {
  readonly id: string;
}

/** Once per request: the title and the page ask for the same. */
const find = cache(async (mode: string, client: string, id: string) => {
  const { api } = await openPage(Promise.resolve({ mode, client }));
  try {
    return await api.get('/v1/promotions/{id}', { params: { id } });
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    if (error instanceof ApiError && error.status === 403) return undefined;
    throw error;
  }
});

export async function generateMetadata({ params }: { readonly params: Promise<Params> }): Promise<Metadata> {
  const { mode, client, id } = await params;
  return { title: (await find(mode, client, id))?.name ?? 'Promotion' };
}

export default async function PromotionRoute({ params }: { readonly params: Promise<Params> }) {
  const { mode, client, id } = await params;
  const { api, scope } = await openPage(params);
  const promotion = await find(mode, client, id);
  if (promotion === null) notFound();
  // What is issued under it is issued on its client's books.
  if (promotion !== undefined && scope.client === 'all') {
    redirect(hrefIn({ ...scope, client: promotion.client_code }, `/promotions/${id}`));
  }
  const reads = [read('/v1/promotions/{id}', { params: { id } })];
  if (promotion !== undefined) {
    reads.push(
      read('/v1/promotion_lots', { query: { promotion: promotion.id, limit: '10' } }),
      read('/v1/reports/promotions', { query: { promotion: promotion.id } }),
    );
  }
  return (
    <Prefetched api={api} reads={[]} optional={reads}>
      <PromotionPage id={id} />
    </Prefetched>
  );
}
