'use client';

import { useApi } from '@/components/api/queries';
import { useHref } from '@/components/api/scope';
import { Card } from '@/components/patterns/card';
import { type Column, DataTable } from '@/components/patterns/data-table';
import { Pager, useCursor } from '@/components/patterns/pager';
import { Empty } from '@/components/patterns/states';
import { Timestamp } from '@/components/patterns/timestamp';
import type { AnswerOf } from '@/server/http/api-types';
import { actionWords, auditActor } from '../audit-words';
import { walletAuditRequest } from '../requests';
import type { Wallet } from '../types';

type Entry = AnswerOf<'get', '/v1/audit'>['data'][number];

const COLUMNS: readonly Column<Entry>[] = [
  { id: 'what', head: 'What', primary: true, cell: ({ action }) => actionWords(action) },
  { id: 'who', head: 'Who', cell: ({ actor }) => auditActor(actor) },
  {
    id: 'why',
    head: 'Why',
    className: 'wrap',
    cell: ({ reason }) => (reason === null ? <span className="nil">–</span> : `“${reason}”`),
  },
  {
    id: 'changes',
    head: 'Changed',
    wide: true,
    cell: ({ changes }) => changes.map(({ field }) => field.replaceAll('_', ' ')).join(', ') || '–',
  },
  { id: 'when', head: 'When', cell: ({ created_at }) => <Timestamp at={created_at} as="minute" /> },
];

/** Everything besides money that was done to this wallet, by whom and why. */
export function AuditRecords({ wallet }: { readonly wallet: Wallet }) {
  const href = useHref();
  const { after } = useCursor();
  const entries = useApi('/v1/audit', walletAuditRequest(wallet.id, after));
  return (
    <Card label="Audit" className="records">
      <DataTable
        caption="Audit entries of this wallet, newest first"
        columns={COLUMNS}
        rows={entries.data?.data}
        keyOf={({ id }) => id}
        hrefOf={({ id }) => href(`/audit/${id}`)}
        error={entries.error}
        retry={() => void entries.refetch()}
        empty={<Empty kind="first" title="Nothing was done to it besides moving money" />}
      />
      {entries.data?.data.length !== 0 && (
        <Pager count={entries.data?.data.length} nextCursor={entries.data?.next_cursor} of="newest first" />
      )}
    </Card>
  );
}
