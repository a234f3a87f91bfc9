import type { Metadata } from 'next';
import { trialBalanceRequest } from '@/components/accounts/requests';
import { TrialBalancePage } from '@/components/accounts/trial-balance-page';
import { Prefetched, read } from '@/components/api/prefetch';
import { openPage, type ScopeParams } from '../../../../open-page';

export const metadata: Metadata = { title: 'Trial balance' };

export default async function Page({
  params,
  searchParams,
}: {
  readonly params: Promise<ScopeParams>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { api, scope } = await openPage(params);
  const first = [read('/v1/reports/trial_balance', trialBalanceRequest(await searchParams))];
  return (
    <Prefetched api={api} reads={[]} optional={scope.client === 'all' ? [] : first}>
      <TrialBalancePage />
    </Prefetched>
  );
}
