import type { Metadata } from 'next';
import { Prefetched, read } from '@/components/api/prefetch';
import { periodOf } from '@/components/reports/period';
import { PromotionsReportPage } from '@/components/reports/promotions-page';
import { breakageRequest, promotionsRequest } from '@/components/reports/requests';
import { openPage, type ScopeParams } from '../../../../open-page';

export const metadata: Metadata = { title: 'Promotional credit' };

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
        read('/v1/reports/promotions', promotionsRequest(period)),
        read('/v1/reports/breakage', breakageRequest(period)),
      ]}
    >
      <PromotionsReportPage />
    </Prefetched>
  );
}
