import type { Metadata } from 'next';
import { Prefetched, read } from '@/components/api/prefetch';
import { JournalList } from '@/components/journals/journal-list';
import { journalListRequest } from '@/components/journals/list-request';
import { openPage, type ScopeParams } from '../../../open-page';

export const metadata: Metadata = { title: 'Journals' };

export default async function JournalsPage({
  params,
  searchParams,
}: {
  readonly params: Promise<ScopeParams>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { api } = await openPage(params);
  return (
    <Prefetched api={api} reads={[]} optional={[read('/v1/journals', journalListRequest(await searchParams))]}>
      <JournalList />
    </Prefetched>
  );
}
