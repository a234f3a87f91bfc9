import type { Metadata } from 'next';
import { Prefetched, read } from '@/components/api/prefetch';
import { EndpointPage } from '@/components/developers/endpoint-page';
import { deliveriesRequest, historyOf } from '@/components/developers/requests';
import { eventTypes } from '../../../../../event-types';
import { openPage, type ScopeParams } from '../../../../../open-page';
import { readRecord } from '../../../../../read-record';

export const metadata: Metadata = { title: 'Webhook endpoint' };

export default async function EndpointPageRoute({
  params,
  searchParams,
}: {
  readonly params: Promise<ScopeParams & { readonly id: string }>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { api } = await openPage(params);
  const { id } = await params;
  const { reads } = await readRecord(api, '/v1/webhook_endpoints/{id}', { params: { id } });
  return (
    <Prefetched
      api={api}
      reads={reads}
      optional={[
        read('/v1/webhook_endpoints/{id}/deliveries', deliveriesRequest(id, await searchParams)),
        read('/v1/audit', historyOf(id)),
      ]}
    >
      <EndpointPage id={id} types={eventTypes} />
    </Prefetched>
  );
}
