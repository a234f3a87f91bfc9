import type { Metadata } from 'next';
import { Prefetched } from '@/components/api/prefetch';
import { DeliveryPage } from '@/components/developers/delivery-page';
import { openPage, type ScopeParams } from '../../../../../open-page';
import { readRecord } from '../../../../../read-record';

export const metadata: Metadata = { title: 'Delivery' };

export default async function DeliveryPageRoute({
  params,
}: {
  readonly params: Promise<ScopeParams & { readonly id: string }>;
}) {
  const { api } = await openPage(params);
  const { id } = await params;
  const { reads } = await readRecord(api, '/v1/webhook_deliveries/{id}', { params: { id } });
  return (
    <Prefetched api={api} reads={reads}>
      <DeliveryPage id={id} />
    </Prefetched>
  );
}
