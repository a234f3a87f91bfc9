'use client';

import { useQueryState } from 'nuqs';
import type { ReactNode } from 'react';
import { useApi } from '@/components/api/queries';
import { useHref } from '@/components/api/scope';
import { Card, Facts } from '@/components/patterns/card';
import { CopyId } from '@/components/patterns/copy-id';
import { ExportButton } from '@/components/patterns/export-button';
import { PageHead } from '@/components/patterns/page-head';
import { Pager, useCursor } from '@/components/patterns/pager';
import { Empty, Failed } from '@/components/patterns/states';
import { Status } from '@/components/patterns/status';
import { Tabs } from '@/components/patterns/tabs';
import { Timestamp } from '@/components/patterns/timestamp';
import { providerName } from '@/components/payments/names';
import { LineTable } from './line-table';
import {
  lineFilter,
  linesRequest,
  type Outcome,
  type Reconciliation,
  reconciliationRequest,
  type Shown,
  shownOf,
} from './request';
import { Totals } from './totals';
import { daysOf, differenceOf, OUTCOME_MEANS, OUTCOME_WORDS, titleOf } from './words';

export function ReconciliationDetail({ id }: { readonly id: string }) {
  const { data: statement, error, refetch } = useApi('/v1/reconciliations/{id}', reconciliationRequest(id));
  if (statement === undefined) return error === null ? null : <Failed error={error} retry={() => void refetch()} />;
  return <Story statement={statement} />;
}

function Story({ statement }: { readonly statement: Reconciliation }) {
  const href = useHref();
  return (
    <>
      <PageHead
        crumbs={[
          { label: 'Reconciliation', href: href('/reconciliation') },
          { label: `${providerName(statement.provider)}, ${daysOf(statement)}` },
        ]}
        above={
          <>
            <span className="pay-kind">Statement</span>
            {statement.open_breaks > 0 ? (
              <Status of="pending" word={`${statement.open_breaks} to answer`} />
            ) : (
              <Status of="matched" word={statement.breaks === 0 ? 'Agrees' : 'Settled'} />
            )}
          </>
        }
        title={
          <span className="pay-title">
            {titleOf(statement)} <span>{differenceOf(statement)}</span>
          </span>
        }
        facts={[
          <CopyId key="id" id={statement.id} what="reconciliation id" />,
          <span key="at">
            <span className="dim">Imported</span> <Timestamp at={statement.created_at} as="exact" />
          </span>,
          <span key="by">
            <span className="dim">By</span> {statement.imported_by.name ?? 'the API'}
          </span>,
        ]}
      />
      <div className="pay-cols">
        <div className="stack-gap">
          {statement.totals.map((total) => (
            <Totals key={total.currency} total={total} statement={statement} />
          ))}
        </div>
        <About statement={statement} />
      </div>
      <Lines statement={statement} />
    </>
  );
}

function About({ statement }: { readonly statement: Reconciliation }) {
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['File', <code key="file">{statement.file_name}</code>],
    ['Lines', statement.lines.toLocaleString('en-GB')],
    ['Days', `${daysOf(statement)}, ${statement.time_zone}`],
    ['Held against', statement.covers === 'all' ? 'Payments of every client' : `Payments of ${statement.client.name}`],
    ...(statement.provider_account === null
      ? []
      : [['Account', <code key="account">{statement.provider_account}</code>] as const]),
    [
      'SHA-256',
      <code key="hash" title={statement.file_hash}>
        {statement.file_hash.slice(0, 16)}…
      </code>,
    ],
  ];
  return (
    <Card title="File" padded className="pay-about">
      <Facts of={facts} />
    </Card>
  );
}

function Lines({ statement }: { readonly statement: Reconciliation }) {
  const [show] = useQueryState('show');
  const { after } = useCursor();
  const shown = shownOf(show ?? undefined, statement);
  const lines = useApi('/v1/reconciliations/{id}/lines', linesRequest(statement.id, shown, after));
  return (
    <section className="rec-lines" aria-label="Lines">
      <div className="rec-head">
        <LineTabs statement={statement} shown={shown} />
        <ExportButton
          path="/v1/reconciliations/{id}/lines"
          params={{ id: statement.id }}
          query={{ ...lineFilter(shown), format: 'csv' }}
          filename={`${statement.provider}-${shown}.csv`}
        />
      </div>
      {shown in OUTCOME_MEANS && <p className="soft small">{OUTCOME_MEANS[shown as Outcome]}</p>}
      <Card label="Lines">
        {lines.error !== null && lines.data === undefined ? (
          <Failed error={lines.error} retry={() => void lines.refetch()} />
        ) : lines.data?.data.length === 0 ? (
          <Empty kind="none" title={shown === 'open' ? 'Every break has an answer' : 'No line came to this'} />
        ) : (
          <LineTable statement={statement} lines={lines.data?.data} />
        )}
        <Pager count={lines.data?.data.length} nextCursor={lines.data?.next_cursor} of="in the order of the file" />
      </Card>
    </section>
  );
}

function LineTabs({ statement, shown }: { readonly statement: Reconciliation; readonly shown: Shown }) {
  const href = useHref();
  const to = (show: Shown) => href(`/reconciliation/${statement.id}?show=${show}`);
  const all = statement.outcomes.reduce((sum, { lines }) => sum + lines, 0);
  const tab = (show: Shown, label: string, count: number) => ({
    label,
    href: to(show),
    count,
    current: show === shown,
  });
  return (
    <Tabs
      label="Lines by outcome"
      tabs={[
        tab('open', 'To answer', statement.open_breaks),
        ...statement.outcomes.map(({ outcome, lines }) => tab(outcome, OUTCOME_WORDS[outcome], lines)),
        tab('all', 'All', all),
      ]}
    />
  );
}
