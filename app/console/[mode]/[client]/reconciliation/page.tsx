import type { Metadata } from 'next';
import { Prefetched, read } from '@/components/api/prefetch';
import { ImportList } from '@/components/reconciliation/import-list';
import { importListRequest } from '@/components/reconciliation/request';
import { openPage, type ScopeParams } from '../../../open-page';

export const metadata: Metadata = { title: 'Reconciliation' };

export default async function ReconciliationsPage({
  params,
  searchParams,
}: {
  readonly params: Promise<ScopeParams>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { api } = await openPage(params);
  return (
    <Prefetched api={api} reads={[]} optional={[read('/v1/reconciliations', importListRequest(await searchParams))]}>
      <ImportList />
    </Prefetched>
  );
}
