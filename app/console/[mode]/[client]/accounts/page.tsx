import type { Metadata } from 'next';
import { AccountsPage } from '@/components/accounts/accounts-page';
import { chartRequest, chartSumsRequest } from '@/components/accounts/requests';
import { Prefetched, read } from '@/components/api/prefetch';
import { openPage, type ScopeParams } from '../../../open-page';

export const metadata: Metadata = { title: 'Accounts' };

export default async function Page({
  params,
  searchParams,
}: {
  readonly params: Promise<ScopeParams>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { api, scope } = await openPage(params);
  const first = [
    read('/v1/reports/trial_balance', chartSumsRequest()),
    read('/v1/accounts', chartRequest(await searchParams)),
  ];
  return (
    <Prefetched api={api} reads={[]} optional={scope.client === 'all' ? [] : first}>
      <AccountsPage />
    </Prefetched>
  );
}
