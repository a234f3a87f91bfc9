'use client';

import Link from 'next/link';
import type { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { formatMoney } from '@/components/patterns/money';
import { Pager } from '@/components/patterns/pager';
import { Skeleton } from '@/components/patterns/states';
import { Status } from '@/components/patterns/status';
import { relativeTime, Timestamp } from '@/components/patterns/timestamp';
import { useNow } from '@/components/patterns/use-now';
import type { ApprovalObject } from '@/contracts/approvals';
import { isPromotional, sumsOf, titleOf } from './act-words';
import type { Shown } from './requests';

const HEADS: Readonly<Record<Shown, string>> = {
  mine: 'Waiting for you',
  asked: 'Asked by you',
  all: 'Waiting for somebody',
  done: 'Decided, taken back or lapsed',
};

/** Less than this left is said with more weight. */
const SOON_MS = 12 * 3_600_000;

export function Inbox({
  shown,
  list,
  openId,
}: {
  readonly shown: Shown;
  readonly list: ReturnType<typeof useApi<'/v1/approvals'>>;
  readonly openId: string | null;
}) {
  const rows = list.data?.data;
  return (
    <section className="inbox" aria-labelledby="inbox-head">
      <h2 id="inbox-head">{HEADS[shown]}</h2>
      {rows === undefined && list.error === null && (
        <ul>
          {[70, 55, 62].map((width) => (
            <li key={width} className="grid gap-2 p-4">
              <Skeleton width={width} />
              <Skeleton width={width - 20} />
            </li>
          ))}
        </ul>
      )}
      {rows?.length === 0 && <p className="none">{shown === 'mine' ? 'Nothing waits for you.' : 'Nothing.'}</p>}
      {rows !== undefined && rows.length > 0 && (
        <ul>
          {rows.map((approval) => (
            <Item key={approval.id} approval={approval} shown={shown} isOpen={approval.id === openId} />
          ))}
        </ul>
      )}
      {list.data?.has_more === true && (
        <Pager count={rows?.length} nextCursor={list.data.next_cursor} of="newest first" />
      )}
    </section>
  );
}

function Item({
  approval,
  shown,
  isOpen,
}: {
  readonly approval: ApprovalObject;
  readonly shown: Shown;
  readonly isOpen: boolean;
}) {
  const { me } = useConsole();
  const href = useHref();
  const { maker, client, created_at: createdAt } = approval;
  const suffix = shown === 'mine' ? '' : `?show=${shown}`;
  return (
    <li>
      <Link
        href={href(`/approvals/${approval.id}${suffix}`)}
        prefetch={false}
        scroll={false}
        aria-current={isOpen ? 'true' : undefined}
      >
        <span className="a1">
          <b>{titleOf(approval)}</b>
        </span>
        <span className={`a2 ${isPromotional(approval) ? 'promo' : ''}`}>
          {sumsOf(approval).map(({ minor, currency }) => (
            <span key={currency}>{formatMoney(minor, currency)}</span>
          ))}
        </span>
        <span className="a3">
          {client.name}, by {maker.id === me.user.id ? 'you' : maker.name} <Timestamp at={createdAt} />
        </span>
        <span className="a4">
          {approval.status === 'pending' ? <Lapses approval={approval} /> : <Status of={approval.status} />}
        </span>
      </Link>
    </li>
  );
}

function Lapses({ approval: { expires_at: expiresAt, maker } }: { readonly approval: ApprovalObject }) {
  const { me } = useConsole();
  const nowMs = useNow();
  const endsMs = Date.parse(expiresAt);
  return (
    <>
      <span className={endsMs - nowMs < SOON_MS ? 'soon' : undefined}>Lapses {relativeTime(endsMs, nowMs)}</span>
      {maker.id === me.user.id && <span>waits for someone else</span>}
    </>
  );
}
