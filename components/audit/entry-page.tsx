'use client';

import Link from 'next/link';
import { useApi } from '@/components/api/queries';
import { useHref } from '@/components/api/scope';
import { Card } from '@/components/patterns/card';
import { CopyId } from '@/components/patterns/copy-id';
import { PageHead } from '@/components/patterns/page-head';
import { Failed } from '@/components/patterns/states';
import { Timeline } from '@/components/patterns/timeline';
import { Timestamp } from '@/components/patterns/timestamp';
import { Target } from './audit-table';
import { Changes } from './changes';
import { historyRequest, sameRequest } from './entry-request';
import { Proof } from './proof';
import { type ProvenEntry, useEntry } from './use-entry';
import { Who } from './who';
import { type AuditEntry, actorName, did, hasId, objectWord, sentenceOf } from './words';

/** One row of the trail: what it changed, who did it, what vouches for it, and what else happened to the same thing. */
export function EntryPage({ id }: { readonly id: string }) {
  const href = useHref();
  const { data: entry, error } = useEntry(id);
  if (entry === undefined) return error === null ? null : <Failed error={error} />;
  return (
    <>
      <PageHead
        title={sentenceOf(entry)}
        crumbs={[{ label: 'Audit trail', href: href('/audit') }, { label: rowOf(entry) }]}
        facts={[
          <Timestamp key="at" at={entry.created_at} as="exact" />,
          <span key="object">
            {objectWord(entry.target.type)} <Target entry={entry} />
          </span>,
          <CopyId key="id" id={entry.id} what="entry id" />,
        ]}
      />
      <div className="detail">
        <div className="stack-gap">
          <Card label="What changed" padded className="entry">
            <Changes entry={entry} heading="h2" />
          </Card>
          <Hashed entry={entry} />
        </div>
        <aside className="rail card">
          <section className="entry">
            <header>
              <h2>Who, and from where</h2>
            </header>
            <div className="body">
              <Who entry={entry} />
            </div>
          </section>
          <section className="entry">
            <div className="body">
              <Proof entry={entry} heading="h2" />
            </div>
          </section>
          <Around title="In the same request" request={sameRequest(entry)} entry={entry} />
          {hasId(entry) && <Around title="Done to the same" request={historyRequest(entry)} entry={entry} />}
        </aside>
      </div>
    </>
  );
}

function rowOf({ sequence }: ProvenEntry): string {
  return sequence === null ? 'Row without a place' : `Row ${sequence.toLocaleString('en-GB')}`;
}

/** What anybody can recompute with any SHA-256: from the fields to the digest, from there to the link. */
function Hashed({ entry }: { readonly entry: ProvenEntry }) {
  const { content, digest, link } = entry.proof;
  return (
    <Card
      title="Recompute it yourself"
      note={<span className="wide-only">with any SHA-256</span>}
      padded
      className="hashed"
    >
      <dl>
        <dt>The row as it is hashed: layout, then every field with its length</dt>
        <dd>
          <code>{content}</code>
        </dd>
        <dt>Its digest, the SHA-256 of that</dt>
        <dd>
          <code>{digest}</code>
        </dd>
        {link !== null && (
          <>
            <dt>The link: layout, hash of the row before, books, row, stored id, digest</dt>
            <dd>
              <code>{link}</code>
            </dd>
          </>
        )}
        {entry.hash !== null && (
          <>
            <dt>The row’s hash, the SHA-256 of the link</dt>
            <dd>
              <code>{entry.hash}</code>
            </dd>
          </>
        )}
      </dl>
    </Card>
  );
}

function Around({
  title,
  request,
  entry,
}: {
  readonly title: string;
  readonly request: ReturnType<typeof historyRequest>;
  readonly entry: AuditEntry;
}) {
  const href = useHref();
  const rows = useApi('/v1/audit', request);
  const others = (rows.data?.data ?? []).filter((row) => row.id !== entry.id);
  if (others.length === 0) return null;
  return (
    <section>
      <header>
        <h2>{title}</h2>
      </header>
      <div className="body">
        <Timeline
          of={others.map((row) => ({
            key: row.id,
            title: (
              <Link className="lined" href={href(`/audit/${row.id}`)} prefetch={false}>
                {did(row.action)}
              </Link>
            ),
            when: <Timestamp at={row.created_at} />,
            more: actorName(row),
          }))}
        />
      </div>
    </section>
  );
}
