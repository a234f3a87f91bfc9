import type { Metadata } from 'next';
import { Prefetched, read } from '@/components/api/prefetch';
import { ProvidersPage } from '@/components/settings/providers/providers-page';
import { CREDENTIALS_REQUEST, PROVIDERS_REQUEST } from '@/components/settings/providers/requests';
import { openPage, type ScopeParams } from '../../../../open-page';

export const metadata: Metadata = { title: 'Payment providers' };

export default async function Providers({ params }: { readonly params: Promise<ScopeParams> }) {
  const { api } = await openPage(params);
  const optional = [read('/v1/providers', PROVIDERS_REQUEST), read('/v1/provider_credentials', CREDENTIALS_REQUEST)];
  return (
    <Prefetched api={api} reads={[]} optional={optional}>
      <ProvidersPage />
    </Prefetched>
  );
}
