import type { Metadata } from 'next';
import { Prefetched, read } from '@/components/api/prefetch';
import { HomePage } from '@/components/home/home-page';
import { JOURNALS_REQUEST, LIABILITIES_REQUEST, PAYMENTS_REQUEST, TOP_UPS_REQUEST } from '@/components/home/requests';
import { openPage, type ScopeParams } from '../../open-page';

export const metadata: Metadata = { title: 'Home' };

export default async function Home({ params }: { readonly params: Promise<ScopeParams> }) {
  const { api } = await openPage(params);
  const optional = [
    read('/v1/reports/liabilities', LIABILITIES_REQUEST),
    read('/v1/reports/top_ups', TOP_UPS_REQUEST),
    read('/v1/reports/payments', PAYMENTS_REQUEST),
    read('/v1/journals', JOURNALS_REQUEST),
  ];
  return (
    <Prefetched api={api} reads={[]} optional={optional}>
      <HomePage />
    </Prefetched>
  );
}
