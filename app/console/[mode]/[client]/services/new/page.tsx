import type { Metadata } from 'next';
import { NewService } from '@/components/services/new-service';
import { openPage, type ScopeParams } from '../../../../open-page';

export const metadata: Metadata = { title: 'New service' };

export default async function NewServicePage({ params }: { readonly params: Promise<ScopeParams> }) {
  await openPage(params);
  return <NewService />;
}
