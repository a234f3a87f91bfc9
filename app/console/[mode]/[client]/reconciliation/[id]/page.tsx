import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ApiError } from '@/components/api/error';
import { one } from '@/components/api/one';
import { known, Prefetched, read } from '@/components/api/prefetch';
import { ReconciliationDetail } from '@/components/reconciliation/reconciliation-detail';
import { linesRequest, reconciliationRequest, shownOf } from '@/components/reconciliation/request';
import { openPage, type ScopeParams } from '../../../../open-page';

export const metadata: Metadata = { title: 'Reconciliation' };

export default async function ReconciliationPage({
  params,
  searchParams,
}: {
  readonly params: Promise<ScopeParams & { readonly id: string }>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { api } = await openPage(params);
  const id = decodeURIComponent((await params).id);
  const search = await searchParams;
  const statement = await api.get('/v1/reconciliations/{id}', reconciliationRequest(id)).catch((error: unknown) => {
    if (error instanceof ApiError && error.status === 404) notFound();
    if (error instanceof ApiError && error.status === 403) return null;
    throw error;
  });
  if (statement === null) return <ReconciliationDetail id={id} />;
  const shown = shownOf(one(search['show']), statement);
  return (
    <Prefetched
      api={api}
      reads={[known('/v1/reconciliations/{id}', reconciliationRequest(id), statement)]}
      optional={[read('/v1/reconciliations/{id}/lines', linesRequest(id, shown, one(search['after'])))]}
    >
      <ReconciliationDetail id={id} />
    </Prefetched>
  );
}
