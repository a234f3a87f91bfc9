import { redirect } from 'next/navigation';
import { hrefIn } from '@/components/api/href';
import { homeOf } from './open-page';

export default async function ConsolePage() {
  redirect(hrefIn(await homeOf(), '/'));
}
