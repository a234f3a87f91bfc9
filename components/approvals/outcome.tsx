'use client';

import Link from 'next/link';
import { useConsole, useHref } from '@/components/api/scope';
import { dateLabel } from '@/components/home/days';
import { type Happening, Timeline } from '@/components/patterns/timeline';
import { Timestamp } from '@/components/patterns/timestamp';
import type { ApprovalObject } from '@/contracts/approvals';

/** What became of it: who decided, with which words, and what came of that. */
export function Outcome({ approval }: { readonly approval: ApprovalObject }) {
  const { me } = useConsole();
  const href = useHref();
  const nameOf = (person: ApprovalObject['maker']): string => (person.id === me.user.id ? 'you' : person.name);
  const { maker, checker, status } = approval;
  const steps: Happening[] = [
    {
      key: 'asked',
      title: `Asked by ${nameOf(maker)}`,
      when: <Timestamp at={approval.created_at} as="exact" />,
    },
  ];
  if (approval.decided_at !== null) {
    const verb = status === 'rejected' ? 'Rejected' : status === 'canceled' ? 'Taken back' : 'Approved';
    steps.push({
      key: 'decided',
      title: `${verb} by ${nameOf(status === 'canceled' || checker === null ? maker : checker)}`,
      when: <Timestamp at={approval.decided_at} as="exact" />,
      tone: status === 'rejected' ? 'bad' : 'now',
      ...(approval.decision_reason !== null && { more: `“${approval.decision_reason}”` }),
    });
  }
  const end = endOf(approval);
  if (end !== null) {
    steps.push({
      key: 'end',
      title: end.text,
      when: approval.ended_at === null ? null : <Timestamp at={approval.ended_at} as="exact" />,
      ...(end.tone !== undefined && { tone: end.tone }),
      ...(end.more !== undefined && { more: end.more }),
    });
  }
  const made = madeBy(approval);
  return (
    <section className="sec" aria-labelledby="req-end">
      <h3 id="req-end">What became of it</h3>
      <Timeline of={steps} />
      {made !== null && (
        <p className="mt-3">
          <Link className="link" href={href(made.path, approval.client.code)} prefetch={false}>
            {made.label}
          </Link>
        </p>
      )}
    </section>
  );
}

function endOf({ status, outcome, expires_at: expiresAt }: ApprovalObject): {
  readonly text: string;
  readonly tone?: 'now' | 'bad';
  readonly more?: string;
} | null {
  switch (status) {
    case 'executed':
      return { text: 'Done, exactly as it was asked', tone: 'now' };
    case 'approved':
      return { text: 'Being done' };
    case 'failed':
      return {
        text: 'No longer possible: nothing was done',
        tone: 'bad',
        more: messageOf(outcome?.body) ?? 'The operation refused it.',
      };
    case 'expired':
      return {
        text: 'Lapsed undecided: nothing was done',
        more: `It could be decided until ${dateLabel(expiresAt)}.`,
      };
    default:
      return null;
  }
}

/** An error's words, in either family's body. */
function messageOf(body: unknown): string | null {
  const loose = body as { error?: { message?: unknown }; message?: unknown } | null;
  const message = loose?.error?.message ?? loose?.message;
  return typeof message === 'string' ? message : null;
}

/** Where what it made is shown. */
function madeBy({ status, outcome, verb }: ApprovalObject): { readonly path: string; readonly label: string } | null {
  const id = (outcome?.body as { id?: unknown } | null)?.id;
  if (status !== 'executed' || typeof id !== 'string') return null;
  if (id.startsWith('txn_')) return { path: `/journals/${id}`, label: 'The journal it posted' };
  if (id.startsWith('rfd_')) return { path: `/refunds/${id}`, label: 'The refund it made' };
  return verb === 'promotion' ? { path: `/promotions/imports/${id}`, label: 'The credits it issues' } : null;
}
