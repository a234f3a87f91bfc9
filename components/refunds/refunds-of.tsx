'use client';

import Link from 'next/link';
import { useApi } from '@/components/api/queries';
import { useHref } from '@/components/api/scope';
import { Card } from '@/components/patterns/card';
import { formatAmount } from '@/components/patterns/money';
import { Status } from '@/components/patterns/status';
import { Timestamp } from '@/components/patterns/timestamp';
import { refundListRequest } from './request';

/** What was given back of one payment. */
export function RefundsOf({ payment }: { readonly payment: { readonly id: string; readonly client_code: string } }) {
  const href = useHref();
  const refunds = useApi('/v1/refunds', refundListRequest({ payment: payment.id }));
  return (
    <Card title="Given back">
      <div className="rows">
        {(refunds.data?.data ?? []).map((refund) => (
          <Link key={refund.id} href={href(`/refunds/${refund.id}`, payment.client_code)} prefetch={false}>
            <Status of={refund.status} />
            <Timestamp at={refund.created_at} />
            <span className="v">{formatAmount(refund.amount, refund.currency)}</span>
          </Link>
        ))}
      </div>
    </Card>
  );
}
