import type { Metadata } from 'next';
import { Prefetched, read } from '@/components/api/prefetch';
import { AccountPage } from '@/components/settings/account/account-page';
import { ME_REQUEST, SESSIONS_REQUEST } from '@/components/settings/account/requests';
import { openPage, type ScopeParams } from '../../../../open-page';

export const metadata: Metadata = { title: 'Your account' };

export default async function Account({ params }: { readonly params: Promise<ScopeParams> }) {
  const { api } = await openPage(params);
  const optional = [read('/v1/me', ME_REQUEST), read('/v1/me/sessions', SESSIONS_REQUEST)];
  return (
    <Prefetched api={api} reads={[]} optional={optional}>
      <AccountPage />
    </Prefetched>
  );
}
