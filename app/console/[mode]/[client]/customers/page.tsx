import type { Metadata } from 'next';
import { Prefetched, read } from '@/components/api/prefetch';
import { CustomerList } from '@/components/customers/customer-list';
import { customerListRequest } from '@/components/customers/requests';
import { openPage, type ScopeParams } from '../../../open-page';

export const metadata: Metadata = { title: 'Customers' };

export default async function CustomersPage({
  params,
  searchParams,
}: {
  readonly params: Promise<ScopeParams>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { api, scope } = await openPage(params);
  return (
    <Prefetched api={api} reads={[]} optional={[read('/v1/customers', customerListRequest(await searchParams, scope))]}>
      <CustomerList />
    </Prefetched>
  );
}
