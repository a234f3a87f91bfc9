import type { Metadata } from 'next';
import { CalendarPage } from '@/components/promotions/calendar-page';
import { openPage, type ScopeParams } from '../../../../open-page';

export const metadata: Metadata = { title: 'Expiry calendar' };

/** The browser asks: from which month depends on the moment that the layout was rendered at. */
export default async function CalendarRoute({ params }: { readonly params: Promise<ScopeParams> }) {
  await openPage(params);
  return <CalendarPage />;
}
