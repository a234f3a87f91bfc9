import type { Metadata } from 'next';
import { may } from '@/components/api/me';
import { Prefetched, read } from '@/components/api/prefetch';
import { CustomerPage } from '@/components/customers/customer-page';
import { latestRequest, methodsRequest } from '@/components/customers/requests';
import { walletsOfRequest } from '@/components/wallets/requests';
import { inItsClient } from '../../../../in-its-client';
import { openPage, type ScopeParams } from '../../../../open-page';

export const metadata: Metadata = { title: 'Customer' };

export default async function CustomerDetailPage({
  params,
  searchParams,
}: {
  readonly params: Promise<ScopeParams & { readonly id: string }>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { api, me, scope } = await openPage(params);
  const id = decodeURIComponent((await params).id);
  if (scope.client === 'all') await inItsClient(api, 'customer', id, await searchParams);
  return (
    <Prefetched
      api={api}
      reads={[read('/v1/customers/{id}', { params: { id } })]}
      optional={[
        read('/v1/wallets', walletsOfRequest(id)),
        read('/v1/journals', latestRequest(id)),
        ...(may(me, 'payments:read') ? [read('/v1/payment_methods', methodsRequest(id))] : []),
      ]}
    >
      <CustomerPage id={id} />
    </Prefetched>
  );
}
