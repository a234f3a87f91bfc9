import type { Metadata } from 'next';
import { Prefetched, read } from '@/components/api/prefetch';
import { PeoplePage } from '@/components/settings/people/people-page';
import { INVITATIONS_REQUEST, userListRequest } from '@/components/settings/people/requests';
import { openPage, type ScopeParams } from '../../../../open-page';

export const metadata: Metadata = { title: 'People and roles' };

export default async function People({
  params,
  searchParams,
}: {
  readonly params: Promise<ScopeParams>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { api } = await openPage(params);
  const optional = [
    read('/v1/users', userListRequest(await searchParams)),
    read('/v1/invitations', INVITATIONS_REQUEST),
  ];
  return (
    <Prefetched api={api} reads={[]} optional={optional}>
      <PeoplePage />
    </Prefetched>
  );
}
