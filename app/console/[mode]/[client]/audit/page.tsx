import type { Metadata } from 'next';
import { one } from '@/components/api/one';
import { Prefetched, read } from '@/components/api/prefetch';
import { AuditTrail } from '@/components/audit/audit-trail';
import { auditListRequest } from '@/components/audit/list-request';
import { openPage, type ScopeParams } from '../../../open-page';

export const metadata: Metadata = { title: 'Audit trail' };

export default async function AuditPage({
  params,
  searchParams,
}: {
  readonly params: Promise<ScopeParams>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { api, scope } = await openPage(params);
  const search = await searchParams;
  // Days are the reader's, whose zone the browser knows best: with them it asks by itself.
  const hasDays = one(search['from']) !== undefined || one(search['to']) !== undefined;
  const first = hasDays ? [] : [read('/v1/audit', auditListRequest(search, scope, 'UTC'))];
  return (
    <Prefetched api={api} reads={[]} optional={first}>
      <AuditTrail />
    </Prefetched>
  );
}
