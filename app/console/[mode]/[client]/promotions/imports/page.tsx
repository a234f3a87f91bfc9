import type { Metadata } from 'next';
import { Prefetched, read } from '@/components/api/prefetch';
import { ImportList } from '@/components/promotions/import-list';
import { importListRequest } from '@/components/promotions/requests';
import { openPage, type ScopeParams } from '../../../../open-page';

export const metadata: Metadata = { title: 'Files of credits' };

export default async function ImportsPage({
  params,
  searchParams,
}: {
  readonly params: Promise<ScopeParams>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { api } = await openPage(params);
  const search = await searchParams;
  return (
    <Prefetched api={api} reads={[]} optional={[read('/v1/promotion_imports', importListRequest(search))]}>
      <ImportList />
    </Prefetched>
  );
}
