import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { AccountPage } from '@/components/accounts/account-page';
import { entriesRequest } from '@/components/accounts/requests';
import type { ApiClient } from '@/components/api/client';
import { ApiError } from '@/components/api/error';
import { hrefIn } from '@/components/api/href';
import { known, Prefetched, read } from '@/components/api/prefetch';
import { parseId } from '@/contracts/ids';
import { openPage, type ScopeParams } from '../../../../open-page';

export const metadata: Metadata = { title: 'Account' };

/** An account by its `act_…` id or its number; over all clients it opens on the books of whose it is. */
export default async function Page({
  params,
  searchParams,
}: {
  readonly params: Promise<ScopeParams & { readonly id: string }>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { api, scope } = await openPage(params);
  const named = decodeURIComponent((await params).id);
  if (scope.client === 'all') redirect(hrefIn({ ...scope, client: await clientOf(api, named) }, `/accounts/${named}`));
  const account = await found(api.get('/v1/accounts/{id}', { params: { id: named } }));
  return (
    <Prefetched
      api={api}
      reads={[known('/v1/accounts/{id}', { params: { id: named } }, account)]}
      optional={[read('/v1/accounts/{id}/entries', entriesRequest(account.id, await searchParams))]}
    >
      <AccountPage id={named} />
    </Prefetched>
  );
}

async function clientOf(api: ApiClient, named: string): Promise<string> {
  const number = parseId('account', named) ?? named;
  const account = await found(api.get('/api/v1/accounts/{account_number}', { params: { account_number: number } }));
  return account.client_code;
}

async function found<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) notFound();
    throw error;
  }
}
