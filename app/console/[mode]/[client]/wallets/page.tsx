import type { Metadata } from 'next';
import { Prefetched, read } from '@/components/api/prefetch';
import { walletListRequest } from '@/components/wallets/list-request';
import { WalletList } from '@/components/wallets/wallet-list';
import { openPage, type ScopeParams } from '../../../open-page';

export const metadata: Metadata = { title: 'Wallets' };

export default async function WalletsPage({
  params,
  searchParams,
}: {
  readonly params: Promise<ScopeParams>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { api, scope } = await openPage(params);
  return (
    <Prefetched api={api} reads={[]} optional={[read('/v1/wallets', walletListRequest(await searchParams, scope))]}>
      <WalletList />
    </Prefetched>
  );
}
