import type { Metadata } from 'next';
import { Prefetched, read } from '@/components/api/prefetch';
import { JournalPage } from '@/components/journals/journal-page';
import { openPage, type ScopeParams } from '../../../../open-page';

export const metadata: Metadata = { title: 'Journal' };

/** A journal by its own id, or by that of one of its entries (`txn_…`). */
export default async function Page({ params }: { readonly params: Promise<ScopeParams & { readonly id: string }> }) {
  const { api } = await openPage(params);
  const id = decodeURIComponent((await params).id);
  return (
    <Prefetched
      api={api}
      reads={[read('/v1/journals/{id}', { params: { id } })]}
      optional={[read('/v1/journals/{id}/proof', { params: { id } })]}
    >
      <JournalPage id={id} />
    </Prefetched>
  );
}
