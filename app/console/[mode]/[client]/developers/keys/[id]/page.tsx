import type { Metadata } from 'next';
import { Prefetched, read } from '@/components/api/prefetch';
import { KeyPage } from '@/components/developers/key-page';
import { historyOf, requestsOfKey } from '@/components/developers/requests';
import { openPage, type ScopeParams } from '../../../../../open-page';
import { readRecord } from '../../../../../read-record';

export const metadata: Metadata = { title: 'API key' };

export default async function KeyPageRoute({
  params,
}: {
  readonly params: Promise<ScopeParams & { readonly id: string }>;
}) {
  const { api } = await openPage(params);
  const { id } = await params;
  const { reads } = await readRecord(api, '/v1/api_keys/{id}', { params: { id } });
  return (
    <Prefetched
      api={api}
      reads={reads}
      optional={[
        read('/v1/api_keys/{id}/allowed_ips', { params: { id } }),
        read('/v1/request_log', requestsOfKey(id)),
        read('/v1/audit', historyOf(id)),
      ]}
    >
      <KeyPage id={id} />
    </Prefetched>
  );
}
