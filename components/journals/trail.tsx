'use client';

import { BookOpenText, CodeXml, Cog, type LucideIcon, MessageSquareText, Smartphone, Webhook } from 'lucide-react';
import Link from 'next/link';
import { Fragment, lazy, type ReactNode, Suspense, useState } from 'react';
import { may } from '@/components/api/me';
import { useConsole, useHref } from '@/components/api/scope';
import { CopyId } from '@/components/patterns/copy-id';
import { wordsOf } from '@/components/patterns/status';
import { formatDuration } from '@/components/payments/duration';
import { CHANNEL_NAMES, providerName } from '@/components/payments/names';
import { useClock } from '@/components/payments/use-clock';
import type { JournalObject } from '@/contracts/journals';
import { actorWords } from './actors';

const RawMessage = lazy(() => import('./raw-message'));

interface Step {
  readonly key: string;
  readonly icon: LucideIcon;
  readonly title: string;
  readonly atMs: number | null;
  readonly lines: readonly ReactNode[];
  readonly more: ReactNode;
  readonly isHere?: boolean;
}

/** How it came about, from left to right, with the time that lay between on the line. */
export function Trail({ journal }: { readonly journal: JournalObject }) {
  const steps = useSteps(journal);
  const { exact } = useClock();
  return (
    <section aria-labelledby="h-trail" className="trailbox">
      <h2 id="h-trail" className="sr">
        How it came about
      </h2>
      <ol className="trail" style={{ '--steps': steps.length } as React.CSSProperties}>
        {steps.map(({ key, icon: Icon, title, atMs, lines, more, isHere }, index) => (
          <li key={key} className={isHere ? 'here' : undefined} aria-current={isHere ? 'step' : undefined}>
            <span className="dot">
              <Icon aria-hidden="true" />
            </span>
            <Gap from={atMs} to={steps[index + 1]?.atMs ?? null} />
            <h3>
              {title} {atMs !== null && <time dateTime={new Date(atMs).toISOString()}>{exact(atMs)}</time>}
            </h3>
            {lines.map((line, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a step have no identity but their place
              <p key={place} className={place > 0 ? 'm' : undefined}>
                {line}
              </p>
            ))}
            <p className="lk">{more}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Gap({ from, to }: { readonly from: number | null; readonly to: number | null }) {
  if (from === null || to === null) return null;
  return (
    <span className="gap">
      <span className="sr">then </span>
      {formatDuration(Math.max(0, to - from))}
    </span>
  );
}

function useSteps(journal: JournalObject): readonly Step[] {
  const request = useRequestStep(journal);
  const payment = usePaymentStep(journal);
  const answer = useAnswerStep(journal);
  const { legs, trail } = journal;
  const accounts = new Set(legs.map(({ account }) => account.id)).size;
  const here: Step = {
    key: 'journal',
    icon: BookOpenText,
    title: 'This journal',
    atMs: Date.parse(trail.journal.at),
    isHere: true,
    lines: ['Posted', `${legs.length} entries on ${accounts} account${accounts === 1 ? '' : 's'}`],
    more: <CopyId id={journal.id} what="journal id" />,
  };
  return [request, payment, answer, here, toldStep(journal)].filter((step) => step !== null);
}

function useRequestStep({ trail, origin }: JournalObject): Step {
  const { me } = useConsole();
  const href = useHref();
  const { request } = trail;
  if (request === null) {
    return {
      key: 'job',
      icon: Cog,
      title: 'By itself',
      atMs: null,
      lines: [actorWords(origin.actor), 'No request began it'],
      more: null,
    };
  }
  const { method, path, address, actor, at, id } = request;
  return {
    key: 'request',
    icon: CodeXml,
    title: 'API request',
    atMs: at === null ? null : Date.parse(at),
    lines: [
      method === null ? 'No longer in the log' : <code key="path">{`${method} ${path}`}</code>,
      `${actorWords(actor)}${address === null ? '' : ` from ${address}`}`,
    ],
    more: (
      <CopyId id={id} what="request id" {...(may(me, 'logs:read') && { href: href(`/developers/requests/${id}`) })} />
    ),
  };
}

function usePaymentStep({ trail: { payment, topup } }: JournalObject): Step | null {
  const href = useHref();
  if (payment === null) return null;
  const from = [CHANNEL_NAMES[payment.channel], payment.phone].filter((part) => part !== null).join(', ');
  return {
    key: 'payment',
    icon: Smartphone,
    title: 'Payment',
    atMs: Date.parse(payment.at),
    lines: [
      wordsOf(payment.status),
      topup === null ? (
        from
      ) : (
        <Fragment key="of">
          {from}, of <CopyId id={topup.id} what="top-up id" href={href(`/topups/${topup.id}`)} />
        </Fragment>
      ),
    ],
    more: <CopyId id={payment.id} what="payment id" href={href(`/payments/${payment.id}`)} />,
  };
}

function useAnswerStep({ trail: { payment, observation } }: JournalObject): Step | null {
  const [open, setOpen] = useState(false);
  if (payment === null || observation === null) return null;
  const { source, outcome, provider_code: code, receipt, at } = observation;
  return {
    key: 'answer',
    icon: MessageSquareText,
    title: source === 'callback' ? 'Callback' : 'Provider’s answer',
    atMs: Date.parse(at),
    lines: [
      <code key="code">{code ?? outcome}</code>,
      receipt === null ? (
        `From ${providerName(payment.provider)}`
      ) : (
        <Fragment key="receipt">
          {providerName(payment.provider)} receipt <code>{receipt}</code>
        </Fragment>
      ),
    ],
    more: (
      <>
        <button type="button" className="l aslink" onClick={() => setOpen(true)}>
          View message
        </button>
        {open && (
          <Suspense>
            <RawMessage raw={observation.raw} provider={providerName(payment.provider)} close={() => setOpen(false)} />
          </Suspense>
        )}
      </>
    ),
  };
}

function toldStep({ trail: { deliveries } }: JournalObject): Step | null {
  const first = deliveries[0];
  if (first === undefined) return null;
  const done = deliveries.filter(({ status }) => status === 'succeeded').length;
  const types = [...new Set(deliveries.map(({ is_callback, type }) => (is_callback ? 'callback' : type)))];
  return {
    key: 'told',
    icon: Webhook,
    title: 'Webhooks',
    atMs: Math.min(...deliveries.map(({ at }) => Date.parse(at))),
    lines: [
      `${done} of ${deliveries.length} delivered`,
      types.map((type, index) => (
        <Fragment key={type}>
          {index > 0 && ', '}
          {type === 'callback' ? type : <code>{type}</code>}
        </Fragment>
      )),
    ],
    more: (
      <Link className="l small" href="#hooks">
        {deliveries.length === 1 ? '1 delivery' : `${deliveries.length} deliveries`}
      </Link>
    ),
  };
}
