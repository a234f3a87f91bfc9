import type { Metadata } from 'next';
import { Prefetched, read } from '@/components/api/prefetch';
import { CollectionsPage } from '@/components/reports/collections-page';
import { periodOf } from '@/components/reports/period';
import { collectionsRequest, paymentsRequest } from '@/components/reports/requests';
import { openPage, type ScopeParams } from '../../../../open-page';

export const metadata: Metadata = { title: 'Collections' };

export default async function Page({
  params,
  searchParams,
}: {
  readonly params: Promise<ScopeParams>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { api } = await openPage(params);
  const period = periodOf(await searchParams, Date.now());
  return (
    <Prefetched
      api={api}
      reads={[]}
      optional={[
        read('/v1/reports/top_ups', collectionsRequest(period, 'topups')),
        read('/v1/reports/payments', paymentsRequest(period)),
      ]}
    >
      <CollectionsPage />
    </Prefetched>
  );
}
