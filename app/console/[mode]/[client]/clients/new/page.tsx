import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { hrefIn } from '@/components/api/href';
import { NewClient } from '@/components/clients/new-client';
import { openPage, type ScopeParams } from '../../../../open-page';

export const metadata: Metadata = { title: 'New client' };

export default async function NewClientPage({ params }: { readonly params: Promise<ScopeParams> }) {
  const { me, scope } = await openPage(params);
  if (!me.is_operator) notFound();
  if (scope.client !== 'all') redirect(hrefIn({ ...scope, client: 'all' }, '/clients/new'));
  return <NewClient />;
}
