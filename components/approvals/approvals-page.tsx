'use client';

import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useApi } from '@/components/api/queries';
import { useHref } from '@/components/api/scope';
import { useAttention } from '@/components/console/use-attention';
import { PageHead } from '@/components/patterns/page-head';
import { useCursor } from '@/components/patterns/pager';
import { Empty, Failed, Skeleton } from '@/components/patterns/states';
import { Inbox } from './inbox';
import { RequestPane } from './request-pane';
import { approvalListRequest, SHOWN, type Shown } from './requests';

/**
 * What waits for a second person, and one of it in full. On a phone list and request are two screens: without an id it is
 * the list, with one the request.
 */
export function ApprovalsPage({ id = null }: { readonly id?: string | null }) {
  const [shown] = useQueryState('show', parseAsStringLiteral(SHOWN).withDefault('mine'));
  const { after } = useCursor();
  const list = useApi('/v1/approvals', approvalListRequest({ show: shown, after }));
  const rows = list.data?.data;
  const open = id ?? rows?.[0]?.id ?? null;
  return (
    <>
      <Head shown={shown} id={id} />
      <div className={`card split ${id === null ? 'listing' : 'reading'}`}>
        <Inbox shown={shown} list={list} openId={open} />
        <div className="req">
          {open !== null ? (
            <RequestPane key={open} id={open} />
          ) : list.error !== null ? (
            <Failed error={list.error} />
          ) : rows === undefined ? (
            <div className="grid gap-4 p-5">
              <Skeleton width={30} />
              <Skeleton width={60} />
              <Skeleton width={45} />
            </div>
          ) : (
            <NothingOpen shown={shown} />
          )}
        </div>
      </div>
    </>
  );
}

function Head({ shown, id }: { readonly shown: Shown; readonly id: string | null }) {
  const href = useHref();
  const waiting = useAttention()?.approvals.count;
  const tabs: readonly (readonly [Shown, string])[] = [
    ['mine', 'Mine to decide'],
    ['asked', 'Asked by me'],
    ['all', 'All'],
    ['done', 'Done'],
  ];
  return (
    <>
      {id !== null && (
        <p className="back">
          <Link href={href(shown === 'mine' ? '/approvals' : `/approvals?show=${shown}`)} prefetch={false}>
            <ArrowLeft className="s" aria-hidden="true" />
            Approvals
          </Link>
        </p>
      )}
      <PageHead
        title="Approvals"
        sub={
          <>
            Nobody approves their own request.{' '}
            <Link className="link" href={href('/settings/policies')} prefetch={false}>
              Policy
            </Link>
          </>
        }
        actions={
          <nav className="seg" aria-label="Which requests">
            {tabs.map(([name, label]) => (
              <Link
                key={name}
                href={href(name === 'mine' ? '/approvals' : `/approvals?show=${name}`)}
                prefetch={false}
                aria-current={name === shown ? 'true' : undefined}
              >
                {label}
                {name === 'mine' && waiting !== undefined && waiting > 0 && <span className="n"> {waiting}</span>}
              </Link>
            ))}
          </nav>
        }
      />
    </>
  );
}

function NothingOpen({ shown }: { readonly shown: Shown }) {
  if (shown === 'mine') {
    return (
      <Empty kind="first" title="Nothing waits for you">
        When a colleague asks for something that the policy wants two people for, it stands here with exactly what it
        would change.
      </Empty>
    );
  }
  return (
    <Empty kind="none" title={shown === 'asked' ? 'You have asked for nothing' : 'Nothing here'}>
      {shown === 'done'
        ? 'What was decided, taken back or has lapsed is kept here for good.'
        : shown === 'asked'
          ? 'What you do and the policy wants a second person for stands here until somebody has decided.'
          : 'Nothing waits for anybody.'}
    </Empty>
  );
}
