import type { Metadata } from 'next';
import { Prefetched, read } from '@/components/api/prefetch';
import { PaymentList } from '@/components/payments/payment-list';
import { paymentListRequest, paymentReportRequest } from '@/components/payments/request';
import { openPage, type ScopeParams } from '../../../open-page';

export const metadata: Metadata = { title: 'Payments' };

export default async function PaymentsPage({
  params,
  searchParams,
}: {
  readonly params: Promise<ScopeParams>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { api } = await openPage(params);
  const search = await searchParams;
  return (
    <Prefetched
      api={api}
      reads={[]}
      optional={[
        read('/v1/payments', paymentListRequest(search)),
        read('/v1/reports/payments', paymentReportRequest(search)),
      ]}
    >
      <PaymentList />
    </Prefetched>
  );
}
