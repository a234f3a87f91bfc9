'use client';

import Link from 'next/link';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { actorName, did } from '@/components/audit/words';
import { Timeline } from '@/components/patterns/timeline';
import { Timestamp } from '@/components/patterns/timestamp';
import { historyOf } from './requests';

/** Who changed it when, for those who may read the audit trail. */
export function History({ id }: { readonly id: string }) {
  const { me } = useConsole();
  const href = useHref();
  const isShown = may(me, 'audit:read');
  const audit = useApi('/v1/audit', historyOf(id), { enabled: isShown });
  const rows = audit.data?.data ?? [];
  if (!isShown || rows.length === 0) return null;
  return (
    <section>
      <header>
        <h2>History</h2>
        <Link className="link end" href={href(`/audit?find=${id}`)} prefetch={false}>
          Audit trail
        </Link>
      </header>
      <div className="body">
        <Timeline
          of={rows.map((row) => ({
            key: row.id,
            title: (
              <Link className="lined" href={href(`/audit/${row.id}`)} prefetch={false}>
                {did(row.action)}
              </Link>
            ),
            when: <Timestamp at={row.created_at} />,
            more: `${actorName(row)}${row.reason === null ? '' : `: “${row.reason}”`}`,
          }))}
        />
      </div>
    </section>
  );
}
