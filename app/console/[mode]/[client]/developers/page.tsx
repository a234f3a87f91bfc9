import type { Metadata } from 'next';
import { may } from '@/components/api/me';
import { Prefetched, read } from '@/components/api/prefetch';
import { ChooseClient } from '@/components/console/choose-client';
import { Overview } from '@/components/developers/overview';
import { ENDPOINTS, KEYS, REFUSALS } from '@/components/developers/requests';
import { baseUrl } from '../../../base-url';
import { openPage, type ScopeParams } from '../../../open-page';

export const metadata: Metadata = { title: 'Developers' };

export default async function DevelopersPage({ params }: { readonly params: Promise<ScopeParams> }) {
  const { api, me, scope } = await openPage(params);
  if (scope.client === 'all') return <ChooseClient title="Developers" what="Keys, logs and webhooks" />;
  const first = [];
  if (may(me, 'keys:read')) first.push(read('/v1/api_keys', KEYS));
  if (may(me, 'webhooks:read')) first.push(read('/v1/webhook_endpoints', ENDPOINTS));
  if (may(me, 'logs:read')) first.push(read('/v1/request_log', REFUSALS));
  return (
    <Prefetched api={api} reads={[]} optional={first}>
      <Overview baseUrl={await baseUrl()} />
    </Prefetched>
  );
}
