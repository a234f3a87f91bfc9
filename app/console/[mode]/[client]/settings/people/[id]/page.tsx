import type { Metadata } from 'next';
import { Prefetched, read } from '@/components/api/prefetch';
import { PersonPage } from '@/components/settings/people/person-page';
import { userRequest } from '@/components/settings/people/requests';
import { openPage, type ScopeParams } from '../../../../../open-page';

export const metadata: Metadata = { title: 'Person' };

export default async function Person({ params }: { readonly params: Promise<ScopeParams & { readonly id: string }> }) {
  const { api } = await openPage(params);
  const { id } = await params;
  return (
    <Prefetched api={api} reads={[]} optional={[read('/v1/users/{id}', userRequest(id))]}>
      <PersonPage id={id} />
    </Prefetched>
  );
}
