'use client';

import { useHref } from '@/components/api/scope';
import { Tabs } from '@/components/patterns/tabs';

/** Money in, the checkouts it came by, and money given back: three lists of one subject. */
export function PaymentTabs() {
  const href = useHref();
  return (
    <Tabs
      label="Payments, top-ups, refunds"
      tabs={[
        { label: 'Payments', href: href('/payments') },
        { label: 'Top-ups', href: href('/topups') },
        { label: 'Refunds', href: href('/refunds') },
      ]}
    />
  );
}
