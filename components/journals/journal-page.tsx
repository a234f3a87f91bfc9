'use client';

import { Undo2 } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { useClientName } from '@/components/console/client-name';
import { CopyId } from '@/components/patterns/copy-id';
import { ExportButton } from '@/components/patterns/export-button';
import { PageHead } from '@/components/patterns/page-head';
import { Failed, Skeleton } from '@/components/patterns/states';
import { Status } from '@/components/patterns/status';
import { Timestamp } from '@/components/patterns/timestamp';
import type { JournalObject } from '@/contracts/journals';
import { formatMinor } from '@/contracts/money';
import { JournalDetails } from './details';
import { KINDS } from './kinds';
import { Origins } from './origins';
import { Proof } from './proof';
import { ReversalCard } from './reversal-card';
import { ReverseDialog } from './reverse-dialog';
import { nameOf, sentenceOf } from './sentence';
import { TAccount } from './t-account';
import { Told } from './told';
import { Trail } from './trail';

/** One event in the books, from the request that caused it to the webhooks that told of it. */
export function JournalPage({ id }: { readonly id: string }) {
  const { data: journal, error, refetch } = useApi('/v1/journals/{id}', { params: { id } });
  if (journal !== undefined) return <Journal journal={journal} />;
  return error === null ? <Skeleton /> : <Failed error={error} retry={() => void refetch()} />;
}

function Journal({ journal }: { readonly journal: JournalObject }) {
  const { me } = useConsole();
  const [reversing, setReversing] = useState(false);
  const canReverse = journal.reversal.possible && may(me, 'reversals:write');
  return (
    <>
      <Head journal={journal} canReverse={canReverse} />
      <Trail journal={journal} />
      <TAccount journal={journal} />
      <div className="cols">
        <div className="stack-gap">
          <Proof journal={journal} />
          <Told journal={journal} />
          <Origins journal={journal} />
        </div>
        <div className="stack-gap">
          <ReversalCard journal={journal} {...(canReverse && { reverse: () => setReversing(true) })} />
          <JournalDetails journal={journal} />
        </div>
      </div>
      {canReverse && <ReverseDialog journal={journal} open={reversing} onOpenChange={setReversing} />}
    </>
  );
}

function Head({ journal, canReverse }: { readonly journal: JournalObject; readonly canReverse: boolean }) {
  const href = useHref();
  const { label } = KINDS[journal.kind];
  const facts: ReactNode[] = [
    <CopyId key="id" id={journal.id} what="journal id" />,
    <Fact key="at" name="Posted">
      <Timestamp at={journal.posted_at} as="exact" />
    </Fact>,
    <Fact key="business" name="Business date">
      <Timestamp at={journal.business_date} as="day" />
    </Fact>,
  ];
  if (journal.reference !== null) {
    facts.push(
      <Fact key="reference" name="Reference">
        <code>{journal.reference}</code>
      </Fact>,
    );
  }
  return (
    <PageHead
      crumbs={[{ label: 'Journals', href: href('/journals') }, { label: `${label}, ${nameOf(journal)}` }]}
      above={
        <>
          <span className="jnl-kind">{label}</span>
          {journal.reversed_by === null ? <Status of="posted" /> : <Status of="reversed" />}
          {journal.sealed && <Status of="sealed" />}
        </>
      }
      title={
        <span className="jnl-title">
          {sentenceOf(journal).map(({ text, strong }) => (strong === true ? <b key={text}>{text}</b> : text))}
          <More journal={journal} />
        </span>
      }
      facts={facts}
      actions={
        <>
          <ExportButton
            path="/v1/journals/{id}"
            params={{ id: journal.id }}
            accept="application/pdf"
            filename={`${journal.id}.pdf`}
          >
            PDF
          </ExportButton>
          {canReverse && (
            <a className="btn" href="#reverse">
              <Undo2 aria-hidden="true" />
              Reverse…
            </a>
          )}
        </>
      }
    />
  );
}

/** Who bore the fee; what it undid, or what undid it. */
function More({ journal }: { readonly journal: JournalObject }) {
  const href = useHref();
  const client = useClientName(journal.client_code);
  const { fee, tax, currency, fee_rules: rules, reversal_of, reversed_by } = journal;
  const money = (minor: number) => <b>{formatMinor(BigInt(minor), currency)}</b>;
  const undone = reversed_by ?? reversal_of;
  if (fee + tax === 0 && undone === null) return null;
  return (
    <span>
      {fee + tax > 0 && (
        <>
          {rules?.bearer === 'customer' ? nameOf(journal) : client} bore the fee of {money(fee)}
          {tax > 0 && <> and {money(tax)} tax on it</>}.{' '}
        </>
      )}
      {undone !== null && (
        <>
          {reversed_by === null ? 'It undid ' : 'It was undone by '}
          <Link className="l" href={href(`/journals/${undone}`)} prefetch={false}>
            {reversed_by === null ? 'the journal before' : 'a later journal'}
          </Link>
          .
        </>
      )}
    </span>
  );
}

export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <span className="k">{name}</span> {children}
    </>
  );
}
