import type { Metadata } from 'next';
import { Prefetched, read } from '@/components/api/prefetch';
import { ApprovalsPage } from '@/components/approvals/approvals-page';
import { approvalListRequest, approvalRequest, shownOf } from '@/components/approvals/requests';
import { openPage, type ScopeParams } from '../../../../open-page';

export const metadata: Metadata = { title: 'Approval' };

export default async function Approval({
  params,
  searchParams,
}: {
  readonly params: Promise<ScopeParams & { readonly id: string }>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { api } = await openPage(params);
  const { id } = await params;
  const search = await searchParams;
  const request = approvalListRequest({ show: shownOf(search), after: search['after'] });
  return (
    <Prefetched
      api={api}
      reads={[]}
      optional={[read('/v1/approvals', request), read('/v1/approvals/{id}', approvalRequest(id))]}
    >
      <ApprovalsPage id={id} />
    </Prefetched>
  );
}
