import type { Metadata } from 'next';
import { Prefetched, read } from '@/components/api/prefetch';
import { PoliciesPage } from '@/components/settings/policies/policies-page';
import { APPROVAL_POLICY_REQUEST, COLLECTION_POLICY_REQUEST } from '@/components/settings/policies/requests';
import { openPage, type ScopeParams } from '../../../../open-page';

export const metadata: Metadata = { title: 'Policies' };

export default async function Policies({ params }: { readonly params: Promise<ScopeParams> }) {
  const { api } = await openPage(params);
  const optional = [
    read('/v1/approval_policy', APPROVAL_POLICY_REQUEST),
    read('/v1/collection_policy', COLLECTION_POLICY_REQUEST),
  ];
  return (
    <Prefetched api={api} reads={[]} optional={optional}>
      <PoliciesPage />
    </Prefetched>
  );
}
