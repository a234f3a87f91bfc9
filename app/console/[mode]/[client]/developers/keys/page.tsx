import type { Metadata } from 'next';
import { Prefetched, read } from '@/components/api/prefetch';
import { ChooseClient } from '@/components/console/choose-client';
import { KeyList } from '@/components/developers/key-list';
import { keysRequest } from '@/components/developers/requests';
import { openPage, type ScopeParams } from '../../../../open-page';

export const metadata: Metadata = { title: 'API keys' };

export default async function KeyListPage({
  params,
  searchParams,
}: {
  readonly params: Promise<ScopeParams>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { api, scope } = await openPage(params);
  if (scope.client === 'all') return <ChooseClient title="API keys" what="API keys" />;
  const search = await searchParams;
  const first = [read('/v1/api_keys', keysRequest(search))];
  return (
    <Prefetched api={api} reads={[]} optional={first}>
      <KeyList />
    </Prefetched>
  );
}
