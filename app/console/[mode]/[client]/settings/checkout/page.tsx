import type { Metadata } from 'next';
import { Prefetched, read } from '@/components/api/prefetch';
import { CheckoutPage } from '@/components/settings/checkout/checkout-page';
import { CHECKOUT_REQUEST } from '@/components/settings/checkout/requests';
import { openPage, type ScopeParams } from '../../../../open-page';

export const metadata: Metadata = { title: 'Checkout' };

export default async function Checkout({ params }: { readonly params: Promise<ScopeParams> }) {
  const { api } = await openPage(params);
  const optional = [read('/v1/checkout_settings', CHECKOUT_REQUEST)];
  return (
    <Prefetched api={api} reads={[]} optional={optional}>
      <CheckoutPage />
    </Prefetched>
  );
}
