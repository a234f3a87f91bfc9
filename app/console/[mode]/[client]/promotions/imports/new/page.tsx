import type { Metadata } from 'next';
import { one } from '@/components/api/one';
import { Prefetched, read } from '@/components/api/prefetch';
import { NewImport } from '@/components/promotions/new-import';
import { openPage, type ScopeParams } from '../../../../../open-page';

export const metadata: Metadata = { title: 'Issue promotional credits' };

export default async function NewImportPage({
  params,
  searchParams,
}: {
  readonly params: Promise<ScopeParams>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { api } = await openPage(params);
  const search = await searchParams;
  return (
    <Prefetched api={api} reads={[]} optional={[read('/v1/promotions', { query: { status: 'active', limit: '100' } })]}>
      <NewImport promotion={one(search['promotion']) ?? ''} />
    </Prefetched>
  );
}
