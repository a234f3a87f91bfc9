'use client';

import { FileSpreadsheet } from 'lucide-react';
import { useApi } from '@/components/api/queries';
import { useHref } from '@/components/api/scope';
import { CopyId } from '@/components/patterns/copy-id';
import { PageHead } from '@/components/patterns/page-head';
import { Failed } from '@/components/patterns/states';
import { Timestamp } from '@/components/patterns/timestamp';
import { DryRun } from './dry-run';
import { ImportStatus } from './import-status';
import { Progress } from './progress';
import { Results } from './results';
import { Steps } from './steps';

/** A file of credits, from its dry run to the result of every row. */
export function ImportPage({ id }: { readonly id: string }) {
  const href = useHref();
  const request = { params: { id } };
  const seen = useApi('/v1/promotion_imports/{id}', request).data;
  const isUnderWay = seen?.state === 'issuing' || seen?.state === 'stopping';
  const isHeld = seen?.state === 'checked' && seen.approval_id !== null;
  const imported = useApi(
    '/v1/promotion_imports/{id}',
    request,
    isUnderWay ? { refreshEveryMs: 1_000 } : isHeld ? { refreshEveryMs: 10_000 } : {},
  );
  const one = imported.data;
  if (one === undefined) return imported.error === null ? null : <Failed error={imported.error} />;
  const isChecked = one.state === 'checked';
  const isEnded = !(isChecked || isUnderWay);
  return (
    <>
      <div className="stepped">
        <PageHead
          crumbs={[
            { label: 'Promotions', href: href('/promotions') },
            { label: 'Files', href: href('/promotions/imports') },
            { label: one.file_name ?? one.description },
          ]}
          title="Issue promotional credits"
          badges={<ImportStatus of={one} />}
          facts={[
            <span key="file" className="inline-flex items-center gap-1.5">
              <FileSpreadsheet className="s" aria-hidden="true" />
              {one.file_name === null ? one.description : <span className="mono">{one.file_name}</span>}
            </span>,
            <>
              Checked <Timestamp at={one.created_at} as="exact" />
              {one.created_by !== null && ` by ${one.created_by}`}
            </>,
            ...(one.promotion_code === null
              ? []
              : [
                  <>
                    Promotion <code>{one.promotion_code}</code>
                  </>,
                ]),
            <CopyId key="id" id={one.id} what="import id" />,
          ]}
        />
        <Steps current={isChecked ? 1 : isUnderWay ? 2 : one.state === 'discarded' ? 1 : 3} />
      </div>
      {isChecked && <DryRun of={one} />}
      {isUnderWay && <Progress of={one} seenAtMs={imported.dataUpdatedAt} />}
      {isEnded && <Results of={one} />}
    </>
  );
}
