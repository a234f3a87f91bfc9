import type { Metadata, Route } from 'next';
import { notFound, redirect } from 'next/navigation';
import { ApiError } from '@/components/api/error';
import { hrefIn } from '@/components/api/href';
import { known, Prefetched, read } from '@/components/api/prefetch';
import { PaymentDetail } from '@/components/payments/payment-detail';
import { journalRequest, paymentRequest } from '@/components/payments/request';
import { openPage, type ScopeParams } from '../../../../open-page';

export const metadata: Metadata = { title: 'Payment' };

export default async function PaymentPage({
  params,
}: {
  readonly params: Promise<ScopeParams & { readonly reference: string }>;
}) {
  const { api, scope } = await openPage(params);
  const reference = decodeURIComponent((await params).reference);
  const payment = await api
    .get('/v1/payments/{reference}/details', paymentRequest(reference))
    .catch((error: unknown) => {
      if (error instanceof ApiError && error.status === 404) notFound();
      if (error instanceof ApiError && error.status === 403) return null;
      throw error;
    });
  if (payment === null) return <PaymentDetail reference={reference} />;
  // Whatever is done about it is done on its own client's books.
  if (scope.client === 'all') {
    redirect(hrefIn({ ...scope, client: payment.client_code }, `/payments/${payment.id}`) as Route);
  }
  const { journal_id: journalId } = payment;
  return (
    <Prefetched
      api={api}
      reads={[known('/v1/payments/{reference}/details', paymentRequest(reference), payment)]}
      optional={journalId === null ? [] : [read('/v1/journals/{id}', journalRequest(journalId))]}
    >
      <PaymentDetail reference={reference} />
    </Prefetched>
  );
}
