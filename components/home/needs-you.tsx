'use client';

import {
  CircleHelp,
  CreditCard,
  Gift,
  ListX,
  type LucideIcon,
  ShieldCheck,
  SlidersHorizontal,
  Undo2,
  Webhook,
} from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useHref } from '@/components/api/scope';
import { titleOf } from '@/components/approvals/act-words';
import { useAttention } from '@/components/console/use-attention';
import { Card } from '@/components/patterns/card';
import { formatMoney } from '@/components/patterns/money';
import { Empty, Skeleton } from '@/components/patterns/states';
import { relativeTime, Timestamp } from '@/components/patterns/timestamp';
import { useNow } from '@/components/patterns/use-now';
import { providerName } from '@/components/payments/names';
import type { AttentionObject } from '@/contracts/attention';
import { useClientNames } from './use-client-names';

/** What waits for a person now: each with its button, grouped by what has to be done. */
export function NeedsYou() {
  const attention = useAttention();
  const nowMs = useNow();
  if (attention === undefined) {
    return (
      <Card title="Needs you" className="fill">
        <div className="grid gap-3 p-4">
          <Skeleton width={70} />
          <Skeleton width={50} />
          <Skeleton width={60} />
        </div>
      </Card>
    );
  }
  const groups = [attention.approvals, attention.breaks, attention.webhooks, attention.payments, attention.refunds];
  const count = groups.reduce((sum, group) => sum + group.count, 0);
  const oldest = oldestOf(attention);
  return (
    <Card
      title="Needs you"
      className="fill"
      note={count === 0 ? 'nothing' : oldest === null ? count : `${count}, oldest from ${relativeTime(oldest, nowMs)}`}
    >
      {count === 0 ? (
        <Empty kind="first" title="Nothing needs you">
          No approval, no break, no failing webhook, no payment whose end nobody knows. This page looks again every
          minute.
        </Empty>
      ) : (
        <Groups attention={attention} />
      )}
    </Card>
  );
}

function oldestOf({ approvals, breaks, webhooks, payments, refunds }: AttentionObject): number | null {
  const times = [
    ...[...approvals.items, ...breaks.items, ...payments.items, ...refunds.items].map((item) => item.created_at),
    ...webhooks.items.flatMap(({ failing_since: since }) => (since === null ? [] : [since])),
  ];
  return times.length === 0 ? null : Math.min(...times.map((time) => Date.parse(time)));
}

function Groups({ attention }: { readonly attention: AttentionObject }) {
  const { approvals, breaks, webhooks, payments, refunds } = attention;
  const href = useHref();
  return (
    <>
      <Group title="Approvals" count={approvals.count} all={['All approvals', href('/approvals')]}>
        {approvals.items.map((item) => (
          <ApprovalRow key={item.id} item={item} />
        ))}
      </Group>
      <Group title="Reconciliation breaks" count={breaks.count} all={['All imports', href('/reconciliation')]}>
        {breaks.items.map((item) => (
          <BreakRow key={item.import_id} item={item} />
        ))}
      </Group>
      <Group
        title="Payments nobody knows the end of"
        count={payments.count}
        all={['All of them', href('/payments?status=in_reconciliation')]}
      >
        {payments.items.map((item) => (
          <UnresolvedRow key={item.id} item={item} what="payment" path={`/payments/${item.id}`} />
        ))}
      </Group>
      <Group
        title="Refunds nobody knows the end of"
        count={refunds.count}
        all={['All of them', href('/refunds?status=in_reconciliation')]}
      >
        {refunds.items.map((item) => (
          <UnresolvedRow key={item.id} item={item} what="refund" path={`/refunds/${item.id}`} />
        ))}
      </Group>
      <Group title="Failing webhooks" count={webhooks.count} all={['All endpoints', href('/developers/webhooks')]}>
        {webhooks.items.map((item) => (
          <WebhookRow key={item.id} item={item} />
        ))}
      </Group>
    </>
  );
}

function Group({
  title,
  count,
  all: [label, href],
  children,
}: {
  readonly title: string;
  readonly count: number;
  readonly all: readonly [string, Route];
  readonly children: ReactNode;
}) {
  if (count === 0) return null;
  return (
    <div className="todo-group">
      <h3>
        {title} <span className="count">{count}</span>
        <Link className="link" href={href} prefetch={false}>
          {label}
        </Link>
      </h3>
      <ul>{children}</ul>
    </div>
  );
}

function Row({
  icon: Icon,
  tone = '',
  title,
  more,
  figure,
  small,
  verb,
  href,
}: {
  readonly icon: LucideIcon;
  readonly tone?: 'warn' | 'bad' | 'gold' | '';
  readonly title: string;
  readonly more: readonly ReactNode[];
  readonly figure?: ReactNode;
  readonly small?: ReactNode;
  readonly verb: string;
  readonly href: Route;
}) {
  return (
    <li className="todo">
      <Icon className={tone} aria-hidden="true" />
      <div className="mid">
        <p className="t">{title}</p>
        <p className="m">
          {more.map((part, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
            <span key={index}>
              {index > 0 && ' · '}
              {part}
            </span>
          ))}
        </p>
      </div>
      <p className="fig">
        {figure}
        {small !== undefined && <small>{small}</small>}
      </p>
      <Link className="btn sm" href={href} prefetch={false} aria-label={`${verb}: ${title}`}>
        {verb}
      </Link>
    </li>
  );
}

const VERB_ICONS: Readonly<Record<AttentionObject['approvals']['items'][number]['verb'], LucideIcon>> = {
  credit: Gift,
  promotion: Gift,
  reversal: Undo2,
  refund: Undo2,
  service_change: SlidersHorizontal,
  payout_destination: CreditCard,
  policy_change: ShieldCheck,
};

function ApprovalRow({ item }: { readonly item: AttentionObject['approvals']['items'][number] }) {
  const href = useHref();
  const nameOf = useClientNames();
  const { verb, amount, currency, client, maker, reason } = item;
  return (
    <Row
      icon={VERB_ICONS[verb]}
      tone={verb === 'credit' || verb === 'promotion' ? 'gold' : ''}
      title={titleOf(item)}
      more={[
        ...(nameOf === null ? [] : [client.name]),
        <>
          {maker.name}, <Timestamp at={item.created_at} />
        </>,
        ...(reason === null ? [] : [`“${reason}”`]),
      ]}
      {...(amount !== null && currency !== null && { figure: formatMoney(amount, currency) })}
      small={
        <>
          lapses <Timestamp at={item.expires_at} />
        </>
      }
      verb="Review"
      href={href(`/approvals/${item.id}`)}
    />
  );
}

function BreakRow({ item }: { readonly item: AttentionObject['breaks']['items'][number] }) {
  const href = useHref();
  const nameOf = useClientNames();
  const { open_breaks: open, provider } = item;
  return (
    <Row
      icon={ListX}
      tone="warn"
      title={`${providerName(provider)}: ${open} ${open === 1 ? 'line does' : 'lines do'} not agree`}
      more={[
        ...(nameOf === null ? [] : [nameOf(item.client_code)]),
        item.file_name,
        <>
          imported <Timestamp at={item.created_at} />
        </>,
      ]}
      figure={open}
      small={open === 1 ? 'break' : 'breaks'}
      verb="Resolve"
      href={href(`/reconciliation/${item.import_id}`, item.client_code)}
    />
  );
}

function UnresolvedRow({
  item,
  what,
  path,
}: {
  readonly item: AttentionObject['payments']['items'][number];
  readonly what: 'payment' | 'refund';
  readonly path: string;
}) {
  const href = useHref();
  const nameOf = useClientNames();
  return (
    <Row
      icon={CircleHelp}
      tone="warn"
      title={`We do not know yet whether ${item.reference} was paid${what === 'refund' ? ' out' : ''}`}
      more={[
        ...(nameOf === null ? [] : [nameOf(item.client_code)]),
        <>
          asked for <Timestamp at={item.created_at} />
        </>,
      ]}
      figure={formatMoney(item.amount, item.currency)}
      small="not known"
      verb="Resolve"
      href={href(path, item.client_code)}
    />
  );
}

function WebhookRow({ item }: { readonly item: AttentionObject['webhooks']['items'][number] }) {
  const href = useHref();
  const nameOf = useClientNames();
  const isOff = item.status === 'disabled';
  return (
    <Row
      icon={Webhook}
      tone="bad"
      title={isOff ? `${hostOf(item.url)} was switched off after failing` : `${hostOf(item.url)} does not take events`}
      more={[
        ...(nameOf === null ? [] : [nameOf(item.client_code)]),
        ...(item.failing_since === null
          ? []
          : [
              <>
                failing since <Timestamp at={item.failing_since} as="minute" />
              </>,
            ]),
        isOff ? 'nothing is sent until somebody enables it' : 'tried again by itself, none lost',
      ]}
      verb="Inspect"
      href={href(`/developers/webhooks/${item.id}`, item.client_code)}
    />
  );
}

function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}
