import type { Metadata } from 'next';
import { Prefetched, read } from '@/components/api/prefetch';
import { ChooseClient } from '@/components/console/choose-client';
import { EndpointList } from '@/components/developers/endpoint-list';
import { ENDPOINTS } from '@/components/developers/requests';
import { eventTypes } from '../../../../event-types';
import { openPage, type ScopeParams } from '../../../../open-page';

export const metadata: Metadata = { title: 'Webhooks' };

export default async function WebhooksPage({ params }: { readonly params: Promise<ScopeParams> }) {
  const { api, scope } = await openPage(params);
  if (scope.client === 'all') return <ChooseClient title="Webhooks" what="Endpoints" />;
  const first = [read('/v1/webhook_endpoints', ENDPOINTS), read('/v1/callback_secret', {})];
  return (
    <Prefetched api={api} reads={[]} optional={first}>
      <EndpointList types={eventTypes} />
    </Prefetched>
  );
}
