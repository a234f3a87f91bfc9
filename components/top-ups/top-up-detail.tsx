'use client';

import { Check, Copy, TimerOff } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { ActDialog } from '@/components/patterns/act-dialog';
import { Card, Facts } from '@/components/patterns/card';
import { CopyId, shortId } from '@/components/patterns/copy-id';
import { type Column, DataTable } from '@/components/patterns/data-table';
import { Money } from '@/components/patterns/money';
import { PageHead } from '@/components/patterns/page-head';
import { Empty, Failed } from '@/components/patterns/states';
import { Status } from '@/components/patterns/status';
import { Timestamp } from '@/components/patterns/timestamp';
import { CHANNEL_NAMES, failureWords } from '@/components/payments/names';
import type { ListedPayment } from '@/components/payments/request';
import { formatMinor } from '@/contracts/money';
import { attemptsRequest, type ListedTopUp, namesRequest, type TopUp, topUpRequest } from './request';
import { canExpire, topUpSentence } from './sentence';

const FOLLOWED_EVERY_MS = 5_000;
const OVER: ReadonlySet<TopUp['status']> = new Set(['succeeded', 'refunded', 'canceled', 'expired']);

export function TopUpDetail({ id }: { readonly id: string }) {
  const { data: topUp, error, refetch } = useApi('/v1/topups/{id}', topUpRequest(id));
  if (topUp === undefined) return error === null ? null : <Failed error={error} retry={() => void refetch()} />;
  return (
    <>
      {!OVER.has(topUp.status) && <Follow id={id} />}
      <Story topUp={topUp} />
    </>
  );
}

function Follow({ id }: { readonly id: string }): null {
  useApi('/v1/topups/{id}', topUpRequest(id), { refreshEveryMs: FOLLOWED_EVERY_MS });
  useApi('/v1/payments', attemptsRequest(id), { refreshEveryMs: FOLLOWED_EVERY_MS });
  return null;
}

function Story({ topUp }: { readonly topUp: TopUp }) {
  const href = useHref();
  const listed = useApi('/v1/topups', namesRequest(topUp)).data?.data.find(({ id }) => id === topUp.id);
  const customer = listed === undefined ? null : (listed.customer_name ?? listed.customer_id);
  const { before, amount, after, more } = topUpSentence(topUp, customer);
  return (
    <>
      <PageHead
        crumbs={[
          { label: 'Top-ups', href: href('/topups') },
          { label: `${customer ?? topUp.payment_number}, ${formatMinor(BigInt(topUp.amount), topUp.currency)}` },
        ]}
        above={
          <>
            <span className="pay-kind">{topUp.source === 'automatic' ? 'Automatic top-up' : 'Top-up'}</span>
            <Status of={topUp.status} {...(topUp.status === 'created' && { word: 'Not paid yet' })} />
          </>
        }
        title={
          <span className="pay-title">
            {before}
            <b>{amount}</b>
            {after} <span>{more}</span>
          </span>
        }
        facts={[
          <CopyId key="id" id={topUp.id} what="top-up id" />,
          <span key="at">
            <span className="dim">Made</span> <Timestamp at={topUp.created_at} as="exact" />
          </span>,
          <span key="number">
            <span className="dim">Payment number</span> <code>{topUp.payment_number}</code>
          </span>,
        ]}
        actions={<Expire topUp={topUp} customer={customer} />}
      />
      <div className="pay-cols">
        <Attempts topUp={topUp} />
        <div className="stack-gap">
          {topUp.checkout_url !== undefined && <CheckoutLink url={topUp.checkout_url} topUp={topUp} />}
          <About topUp={topUp} listed={listed} />
        </div>
      </div>
    </>
  );
}

function Expire({ topUp, customer }: { readonly topUp: TopUp; readonly customer: string | null }) {
  const { me } = useConsole();
  const [open, setOpen] = useState(false);
  if (!canExpire(topUp) || !may(me, 'wallets:write')) return null;
  return (
    <>
      <button type="button" className="btn danger" onClick={() => setOpen(true)}>
        <TimerOff aria-hidden="true" />
        Expire link…
      </button>
      <ActDialog
        open={open}
        onOpenChange={setOpen}
        title={`Expire ${customer ?? 'the customer'}’s top-up link`}
        description="The link stops working at once, and nobody can pay by it any more. No balance changes. There is no way back: make a new one instead."
        verb="Expire link"
        danger
        act={(api, { idempotencyKey }) =>
          api.post('/v1/topups/{id}/expire', { params: { id: topUp.id } }, { idempotencyKey })
        }
        done={() => 'Link expired'}
      />
    </>
  );
}

const COLUMNS: readonly Column<ListedPayment>[] = [
  {
    id: 'channel',
    head: 'Paid with',
    primary: true,
    cell: ({ channel }) => CHANNEL_NAMES[channel],
  },
  {
    id: 'amount',
    head: 'Charged',
    numeric: true,
    className: 'c-amount',
    cell: (payment) => <Money minor={payment.amount_charged} currency={payment.currency} code />,
  },
  { id: 'status', head: 'Status', className: 'c-status', cell: (payment) => <Status of={payment.status} /> },
  {
    id: 'why',
    head: 'Why not',
    className: 'pay-long c-how',
    cell: ({ failure_code }) => (failure_code === null ? <span className="nil">–</span> : failureWords(failure_code)),
  },
  {
    id: 'at',
    head: 'Asked',
    className: 'c-when',
    cell: (payment) => <Timestamp at={payment.created_at} as="minute" />,
  },
];

function Attempts({ topUp }: { readonly topUp: TopUp }) {
  const href = useHref();
  const { me } = useConsole();
  const mayRead = may(me, 'payments:read');
  const payments = useApi('/v1/payments', attemptsRequest(topUp.id), { enabled: mayRead });
  return (
    <Card title="Tries" note="Each a payment of its own; one at a time is let in.">
      {mayRead ? (
        <DataTable
          caption="Payments of this top-up, newest first"
          layout="pay-cards"
          columns={COLUMNS}
          rows={payments.data?.data}
          keyOf={(payment) => payment.id}
          hrefOf={(payment) => href(`/payments/${payment.id}`)}
          error={payments.error}
          retry={() => void payments.refetch()}
          skeletonRows={2}
          empty={
            <Empty kind="first" title="Nobody has tried to pay">
              Send the customer the link.
            </Empty>
          }
        />
      ) : (
        <Empty kind="forbidden" title="Your role does not include payments" />
      )}
    </Card>
  );
}

function CheckoutLink({ url, topUp }: { readonly url: string; readonly topUp: TopUp }) {
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(url);
    setCopied(true);
    setTimeout(() => setCopied(false), 1_500);
  };
  return (
    <Card
      title="Link"
      padded
      footer={
        <span className="dim">
          Works until <Timestamp at={topUp.expires_at} as="minute" />. It is a secret: whoever has it sees the top-up.
        </span>
      }
    >
      <div className="pay-link">
        <a className="link mono" href={url} target="_blank" rel="noreferrer">
          {url}
        </a>
        <button type="button" className="btn sm" onClick={() => void copy()}>
          {copied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
          {copied ? 'Copied' : 'Copy link'}
        </button>
      </div>
    </Card>
  );
}

function About({ topUp, listed }: { readonly topUp: TopUp; readonly listed: ListedTopUp | undefined }) {
  const href = useHref();
  const facts: (readonly [string, ReactNode])[] = [];
  if (listed !== undefined) {
    facts.push([
      'Customer',
      <Link key="customer" className="link" href={href(`/customers/${listed.customer_id}`)} prefetch={false}>
        {listed.customer_name ?? listed.customer_id}
      </Link>,
    ]);
  }
  facts.push([
    'Wallet',
    <Link key="wallet" className="link" href={href(`/wallets/${topUp.wallet_id}`)} prefetch={false}>
      <code>{shortId(topUp.wallet_id)}</code>
    </Link>,
  ]);
  facts.push(['Into it', <Money key="amount" minor={topUp.amount} currency={topUp.currency} code />]);
  facts.push(['Source', topUp.source === 'automatic' ? 'A rule of the wallet' : 'A checkout']);
  if (topUp.redirect_url !== null) facts.push(['Back to', topUp.redirect_url]);
  facts.push(['Changed', <Timestamp key="changed" at={topUp.updated_at} as="exact" />]);
  return (
    <Card title="Details" padded className="pay-about">
      <Facts of={facts} />
    </Card>
  );
}
