'use client';

import { Clock, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { useCallback, useState } from 'react';
import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { dateLabel } from '@/components/home/days';
import { formatMoney } from '@/components/patterns/money';
import { Failed, Skeleton } from '@/components/patterns/states';
import { Status } from '@/components/patterns/status';
import { Timestamp } from '@/components/patterns/timestamp';
import type { ApprovalObject } from '@/contracts/approvals';
import { allOf, isPromotional, nounOf, sumsOf, titleOf } from './act-words';
import { Decide } from './decide';
import { Diff } from './diff';
import { EarlierCredits } from './earlier-credits';
import { Outcome } from './outcome';
import { approvalRequest } from './requests';
import { targetPath } from './target-path';

/** One request in full: what, why, exactly what changes, why two people, and the decision. */
export function RequestPane({ id }: { readonly id: string }) {
  const approval = useApi('/v1/approvals/{id}', approvalRequest(id), { refreshEveryMs: 30_000 });
  const { refetch } = approval;
  const look = useCallback(() => void refetch(), [refetch]);
  const now = approval.data;
  // What was on the screen when somebody began to read: a change since is shown, never slipped under the button.
  const [seen, setSeen] = useState<ApprovalObject | null>(null);
  if (now !== undefined && seen === null) setSeen(now);
  if (approval.error !== null && now === undefined) {
    return <Failed error={approval.error} retry={() => void approval.refetch()} />;
  }
  if (now === undefined) {
    return (
      <div className="grid gap-4 p-5">
        <Skeleton width={30} />
        <Skeleton width={60} />
        <Skeleton width={45} />
        <Skeleton />
        <Skeleton />
      </div>
    );
  }
  return (
    <article aria-labelledby="req-title">
      <div className="rq">
        <Chips approval={now} />
        <Title approval={now} />
        <Asked approval={now} />
      </div>
      <Diff approval={now} />
      <section className="sec" aria-labelledby="req-why">
        <h3 id="req-why">Why two people</h3>
        <Rule approval={now} />
      </section>
      {now.status === 'pending' && <WorthKnowing approval={now} />}
      {now.status === 'pending' ? (
        <Decide approval={now} seen={seen ?? now} look={look} looked={() => setSeen(now)} />
      ) : (
        <Outcome approval={now} />
      )}
    </article>
  );
}

function Chips({ approval: { status, decidable, expires_at: expiresAt } }: { readonly approval: ApprovalObject }) {
  if (status !== 'pending') {
    return (
      <p className="chips">
        <Status of={status} {...(status === 'approved' && { word: 'Approved, being done' })} />
      </p>
    );
  }
  return (
    <p className="chips">
      <span className="status warn">
        <Clock aria-hidden="true" />
        {decidable ? 'Waiting for you' : 'Waiting for someone else'}
      </span>
      <span className="small soft">
        lapses <Timestamp at={expiresAt} as="exact" />
      </span>
    </p>
  );
}

const JOINS: Partial<Record<ApprovalObject['verb'], string>> = { credit: 'with', refund: 'with' };

function Title({ approval }: { readonly approval: ApprovalObject }) {
  const href = useHref();
  const sums = sumsOf(approval);
  const path = targetPath(approval.target);
  return (
    <h2 className="say" id="req-title">
      {titleOf(approval)}
      {sums.length > 0 && (
        <>
          {' '}
          {JOINS[approval.verb] ?? 'of'}{' '}
          <b className={isPromotional(approval) ? 'promo' : undefined}>
            {sums.map(({ minor, currency }) => formatMoney(minor, currency)).join(' and ')}
          </b>
        </>
      )}
      <span>
        {approval.client.name}
        {path !== null && (
          <>
            {' · '}
            <Link className="link" href={href(path, approval.client.code)} prefetch={false}>
              Look at it
            </Link>
          </>
        )}
        {' · '}
        {spendable(approval)}
      </span>
    </h2>
  );
}

/** What a promotional credit is worth to the customer. */
function spendable({ operation, effect, verb }: ApprovalObject): string {
  if (operation !== 'creditWallet') return nounOf(verb);
  const until = effect.after?.['expires_at'];
  return typeof until === 'string'
    ? `promotional money, spendable until ${dateLabel(until)}`
    : 'promotional money, without an end';
}

function Asked({ approval: { reason, maker, created_at: createdAt } }: { readonly approval: ApprovalObject }) {
  const { me } = useConsole();
  const initials = maker.name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join('');
  return (
    <blockquote>
      {reason === null ? <p className="soft">No reason was given.</p> : <p>{reason}</p>}
      <footer>
        <span className="tile round" aria-hidden="true">
          {initials}
        </span>
        <span>
          {maker.id === me.user.id ? 'You' : maker.name}, {maker.is_operator ? 'of the operator' : 'of the client'},{' '}
          <Timestamp at={createdAt} as="exact" />
        </span>
      </footer>
    </blockquote>
  );
}

function Rule({ approval: { verb, rule, currency, client } }: { readonly approval: ApprovalObject }) {
  const href = useHref();
  return (
    <p className="soft">
      {allOf(verb)}
      {rule.above !== null && currency !== null && <> above {formatMoney(rule.above, currency)}</>} at {client.name}.{' '}
      {rule.policy_version === null ? (
        'The built-in policy for the operator’s people on live books.'
      ) : (
        <Link className="link" href={href('/settings/policies', client.code)} prefetch={false}>
          Policy, version {rule.policy_version}
        </Link>
      )}
    </p>
  );
}

function WorthKnowing({ approval }: { readonly approval: ApprovalObject }) {
  const { effect } = approval;
  return (
    <EarlierCredits approval={approval}>
      {effect.problem !== null && (
        <li className="bad">
          <TriangleAlert className="s" aria-hidden="true" />
          <span>It cannot be done as things stand: {effect.problem.message}</span>
        </li>
      )}
    </EarlierCredits>
  );
}
