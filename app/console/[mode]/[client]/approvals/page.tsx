import type { Metadata } from 'next';
import { Prefetched, read } from '@/components/api/prefetch';
import { ApprovalsPage } from '@/components/approvals/approvals-page';
import { approvalListRequest, shownOf } from '@/components/approvals/requests';
import { openPage, type ScopeParams } from '../../../open-page';

export const metadata: Metadata = { title: 'Approvals' };

export default async function Approvals({
  params,
  searchParams,
}: {
  readonly params: Promise<ScopeParams>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { api } = await openPage(params);
  const search = await searchParams;
  const request = approvalListRequest({ show: shownOf(search), after: search['after'] });
  return (
    <Prefetched api={api} reads={[]} optional={[read('/v1/approvals', request)]}>
      <ApprovalsPage />
    </Prefetched>
  );
}
