import type { Metadata } from 'next';
import { Prefetched, read } from '@/components/api/prefetch';
import { BreakagePage } from '@/components/promotions/breakage-page';
import { breakageRequest } from '@/components/promotions/requests';
import { openPage, type ScopeParams } from '../../../../open-page';

export const metadata: Metadata = { title: 'Breakage' };

export default async function BreakageRoute({
  params,
  searchParams,
}: {
  readonly params: Promise<ScopeParams>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { api } = await openPage(params);
  const search = await searchParams;
  return (
    <Prefetched api={api} reads={[]} optional={[read('/v1/reports/breakage', breakageRequest(search))]}>
      <BreakagePage />
    </Prefetched>
  );
}
