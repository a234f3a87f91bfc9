import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { ApiError } from '@/components/api/error';
import { hrefIn } from '@/components/api/href';
import { Prefetched, read } from '@/components/api/prefetch';
import { ImportPage } from '@/components/promotions/import-page';
import { rowsRequest } from '@/components/promotions/requests';
import { openPage, type ScopeParams } from '../../../../../open-page';

interface Params extends ScopeParams {
  readonly id: string;
}

/** Once per request: the title and the page ask for the same. */
const find = cache(async (mode: string, client: string, id: string) => {
  const { api } = await openPage(Promise.resolve({ mode, client }));
  try {
    return await api.get('/v1/promotion_imports/{id}', { params: { id } });
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    if (error instanceof ApiError && error.status === 403) return undefined;
    throw error;
  }
});

export async function generateMetadata({ params }: { readonly params: Promise<Params> }): Promise<Metadata> {
  const { mode, client, id } = await params;
  return { title: (await find(mode, client, id))?.file_name ?? 'File of credits' };
}

export default async function ImportRoute({
  params,
  searchParams,
}: {
  readonly params: Promise<Params>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { mode, client, id } = await params;
  const { api, scope } = await openPage(params);
  const imported = await find(mode, client, id);
  if (imported === null) notFound();
  if (imported !== undefined && scope.client === 'all') {
    redirect(hrefIn({ ...scope, client: imported.client_code }, `/promotions/imports/${id}`));
  }
  const reads = [read('/v1/promotion_imports/{id}', { params: { id } }), read('/v1/approval_policy', {})];
  if (imported !== undefined) {
    const isChecked = imported.state === 'checked';
    reads.push(read('/v1/promotion_imports/{id}/rows', rowsRequest(id, isChecked, await searchParams)));
  }
  return (
    <Prefetched api={api} reads={[]} optional={reads}>
      <ImportPage id={id} />
    </Prefetched>
  );
}
