import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ApiError } from '@/components/api/error';
import { known, Prefetched, read } from '@/components/api/prefetch';
import { attemptsRequest, namesRequest, topUpRequest } from '@/components/top-ups/request';
import { TopUpDetail } from '@/components/top-ups/top-up-detail';
import { openPage, type ScopeParams } from '../../../../open-page';

export const metadata: Metadata = { title: 'Top-up' };

export default async function TopUpPage({
  params,
}: {
  readonly params: Promise<ScopeParams & { readonly id: string }>;
}) {
  const { api } = await openPage(params);
  const id = decodeURIComponent((await params).id);
  const topUp = await api.get('/v1/topups/{id}', topUpRequest(id)).catch((error: unknown) => {
    if (error instanceof ApiError && error.status === 404) notFound();
    if (error instanceof ApiError && error.status === 403) return null;
    throw error;
  });
  if (topUp === null) return <TopUpDetail id={id} />;
  return (
    <Prefetched
      api={api}
      reads={[known('/v1/topups/{id}', topUpRequest(id), topUp)]}
      optional={[read('/v1/topups', namesRequest(topUp)), read('/v1/payments', attemptsRequest(id))]}
    >
      <TopUpDetail id={id} />
    </Prefetched>
  );
}
