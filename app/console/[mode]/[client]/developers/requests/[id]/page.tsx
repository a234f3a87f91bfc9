import type { Metadata } from 'next';
import { Prefetched, read } from '@/components/api/prefetch';
import { sameRequestOf } from '@/components/audit/entry-request';
import { RequestPage } from '@/components/developers/request-page';
import { openPage, type ScopeParams } from '../../../../../open-page';
import { readRecord } from '../../../../../read-record';

export const metadata: Metadata = { title: 'Request' };

export default async function RequestPageRoute({
  params,
}: {
  readonly params: Promise<ScopeParams & { readonly id: string }>;
}) {
  const { api } = await openPage(params);
  const { id } = await params;
  const { reads } = await readRecord(api, '/v1/request_log/{id}', { params: { id } });
  return (
    <Prefetched api={api} reads={reads} optional={[read('/v1/audit', sameRequestOf(id))]}>
      <RequestPage id={id} />
    </Prefetched>
  );
}
