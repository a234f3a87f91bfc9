import type { Metadata } from 'next';
import { may } from '@/components/api/me';
import { known, Prefetched, read } from '@/components/api/prefetch';
import {
  activeHoldsRequest,
  lotsRequest,
  notesRequest,
  statementRequest,
  tabOf,
  walletAuditRequest,
  walletsOfRequest,
} from '@/components/wallets/requests';
import { WalletPage } from '@/components/wallets/wallet-page';
import { inItsClient } from '../../../../in-its-client';
import { openPage, type ScopeParams } from '../../../../open-page';

export const metadata: Metadata = { title: 'Wallet' };

export default async function WalletDetailPage({
  params,
  searchParams,
}: {
  readonly params: Promise<ScopeParams & { readonly id: string }>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { api, me, scope } = await openPage(params);
  const { id } = await params;
  const search = await searchParams;
  if (scope.client === 'all') await inItsClient(api, 'wallet', id, search);
  const wallet = await api.get('/v1/wallets/{id}', { params: { id } }).catch(() => null);
  const first = read('/v1/wallets/{id}', { params: { id } });
  // Read once more, so that what refused it is said where it belongs.
  if (wallet === null) {
    return (
      <Prefetched api={api} reads={[first]}>
        <WalletPage id={id} />
      </Prefetched>
    );
  }
  const optional = [
    read('/v1/customers/{id}', { params: { id: wallet.customer_id } }),
    read('/v1/wallets', walletsOfRequest(wallet.customer_id)),
    ...(may(me, 'notes:read') ? [read('/v1/wallets/{id}/notes', notesRequest(id))] : []),
    ...(may(me, 'audit:read') ? [read('/v1/audit', walletAuditRequest(id))] : []),
    ...(wallet.promotional > 0 || wallet.held > 0 ? [read('/v1/wallets/{id}/lots', lotsRequest(id))] : []),
    ...(wallet.held > 0 ? [read('/v1/wallets/{id}/holds', activeHoldsRequest(id))] : []),
    ...(wallet.auto_topup !== null ? [read('/v1/wallets/{id}/auto_topup', { params: { id } })] : []),
    ...(tabOf(search) === 'statement' ? [read('/v1/wallets/{id}/transactions', statementRequest(id, search))] : []),
  ];
  return (
    <Prefetched api={api} reads={[known('/v1/wallets/{id}', { params: { id } }, wallet)]} optional={optional}>
      <WalletPage id={id} />
    </Prefetched>
  );
}
