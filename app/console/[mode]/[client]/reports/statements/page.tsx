import type { Metadata } from 'next';
import { StatementsPage } from '@/components/reports/statements-page';
import { openPage, type ScopeParams } from '../../../../open-page';

export const metadata: Metadata = { title: 'Statements' };

export default async function Page({ params }: { readonly params: Promise<ScopeParams> }) {
  await openPage(params);
  return <StatementsPage />;
}
