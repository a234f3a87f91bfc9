import { redirect } from 'next/navigation';
import { hrefIn } from '@/components/api/href';
import { may } from '@/components/api/me';
import { openPage, type ScopeParams } from '../../../open-page';

/** The first part that the reader may see. */
export default async function Settings({ params }: { readonly params: Promise<ScopeParams> }) {
  const { me, scope } = await openPage(params);
  redirect(hrefIn(scope, may(me, 'users:read') ? '/settings/people' : '/settings/account'));
}
