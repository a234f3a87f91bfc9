import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ApiError } from '@/components/api/error';
import { known, Prefetched, read } from '@/components/api/prefetch';
import { journalRequest, paymentRequest } from '@/components/payments/request';
import { RefundDetail } from '@/components/refunds/refund-detail';
import { journalOf, refundRequest } from '@/components/refunds/request';
import { openPage, type ScopeParams } from '../../../../open-page';

export const metadata: Metadata = { title: 'Refund' };

export default async function RefundPage({
  params,
}: {
  readonly params: Promise<ScopeParams & { readonly id: string }>;
}) {
  const { api } = await openPage(params);
  const id = decodeURIComponent((await params).id);
  const refund = await api.get('/v1/refunds/{id}', refundRequest(id)).catch((error: unknown) => {
    if (error instanceof ApiError && error.status === 404) notFound();
    if (error instanceof ApiError && error.status === 403) return null;
    throw error;
  });
  if (refund === null) return <RefundDetail id={id} />;
  const { payment_id: paymentId } = refund;
  const journals = [journalOf(refund.transaction_id), journalOf(refund.return_transaction_id)];
  return (
    <Prefetched
      api={api}
      reads={[known('/v1/refunds/{id}', refundRequest(id), refund)]}
      optional={[
        ...(paymentId === null ? [] : [read('/v1/payments/{reference}/details', paymentRequest(paymentId))]),
        ...journals.flatMap((journal) =>
          journal === null ? [] : [read('/v1/journals/{id}', journalRequest(journal))],
        ),
      ]}
    >
      <RefundDetail id={id} />
    </Prefetched>
  );
}
