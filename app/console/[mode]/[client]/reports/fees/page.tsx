import type { Metadata } from 'next';
import { Prefetched, read } from '@/components/api/prefetch';
import { FeesPage } from '@/components/reports/fees-page';
import { periodOf } from '@/components/reports/period';
import { feesRequest } from '@/components/reports/requests';
import { openPage, type ScopeParams } from '../../../../open-page';

export const metadata: Metadata = { title: 'Fees' };

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
    <Prefetched api={api} reads={[]} optional={[read('/v1/reports/fees', feesRequest(period))]}>
      <FeesPage />
    </Prefetched>
  );
}
