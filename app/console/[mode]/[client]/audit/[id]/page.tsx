import type { Metadata } from 'next';
import { Prefetched, read } from '@/components/api/prefetch';
import { EntryPage } from '@/components/audit/entry-page';
import { historyRequest, sameRequest } from '@/components/audit/entry-request';
import { openPage, type ScopeParams } from '../../../../open-page';
import { readRecord } from '../../../../read-record';

export const metadata: Metadata = { title: 'Audit entry' };

export default async function AuditEntryPage({
  params,
}: {
  readonly params: Promise<ScopeParams & { readonly id: string }>;
}) {
  const { api } = await openPage(params);
  const { id } = await params;
  const { answer: entry, reads } = await readRecord(api, '/v1/audit/{id}', { params: { id } });
  const around = entry === null ? [] : [historyRequest(entry), sameRequest(entry)];
  return (
    <Prefetched api={api} reads={reads} optional={around.map((one) => read('/v1/audit', one))}>
      <EntryPage id={id} />
    </Prefetched>
  );
}
