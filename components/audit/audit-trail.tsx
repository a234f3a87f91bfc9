'use client';

import { useApi } from '@/components/api/queries';
import { useConsole } from '@/components/api/scope';
import { Card } from '@/components/patterns/card';
import { ExportButton } from '@/components/patterns/export-button';
import { PageHead } from '@/components/patterns/page-head';
import { Pager } from '@/components/patterns/pager';
import { Empty, Failed } from '@/components/patterns/states';
import { AuditFilters } from './audit-filters';
import { AuditTable } from './audit-table';
import { auditFilter, auditListRequest } from './list-request';
import { useAuditFilters } from './use-audit-filters';
import { useVerification } from './use-verification';
import { ChainLine, ChainResults, VerifyButton } from './verification';

/** Everything anybody changed, besides money itself, which is in the journals. */
export function AuditTrail() {
  const { scope, timeZone } = useConsole();
  const filters = useAuditFilters();
  const asked = useVerification();
  const entries = useApi('/v1/audit', auditListRequest({ ...filters.values, after: filters.after }, scope, timeZone));
  const exported = { ...auditFilter(filters.values, scope, timeZone), limit: undefined };
  const isOfAll = scope.client === 'all';
  const rows = entries.data?.data;
  const what = filters.isFiltered ? 'Export these' : 'Export all';
  return (
    <>
      <PageHead
        title="Audit trail"
        sub={<ChainLine asked={asked} />}
        actions={
          <>
            <VerifyButton asked={asked} several={isOfAll} />
            <ExportButton path="/v1/audit" query={{ ...exported, format: 'csv' }} filename="audit-trail.csv">
              {`${what} as CSV`}
            </ExportButton>
            <ExportButton
              path="/v1/audit"
              query={{ ...exported, format: 'jsonl' }}
              accept="application/x-ndjson"
              filename="audit-trail.jsonl"
            >
              JSON
            </ExportButton>
          </>
        }
      />
      {isOfAll && asked.data !== undefined && <ChainResults results={asked.data} />}
      <AuditFilters filters={filters} rows={rows} />
      <Card label="Audit trail">
        {entries.error !== null && rows === undefined ? (
          <Failed error={entries.error} retry={() => void entries.refetch()} />
        ) : rows?.length === 0 ? (
          filters.isFiltered ? (
            <Empty kind="none" title="No row matches">
              Take a filter off. Debits and credits by a key are journals, not audit rows.
            </Empty>
          ) : (
            <Empty kind="first" title="Nothing has been changed yet">
              Each change of anything besides money leaves a row here: who, what, why, from what to what.
            </Empty>
          )
        ) : (
          <>
            <h2 className="sr">Rows</h2>
            <AuditTable rows={rows} />
            <Pager
              count={rows?.length}
              nextCursor={entries.data?.next_cursor}
              of={filters.isFiltered ? 'newest first; row numbers skip what the filter hides' : 'newest first'}
            />
          </>
        )}
      </Card>
    </>
  );
}
