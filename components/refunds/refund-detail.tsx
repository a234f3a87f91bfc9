'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { Card, Facts } from '@/components/patterns/card';
import { CopyId, shortId } from '@/components/patterns/copy-id';
import { Total } from '@/components/patterns/money';
import { PageHead } from '@/components/patterns/page-head';
import { Failed } from '@/components/patterns/states';
import { Status } from '@/components/patterns/status';
import { Timestamp } from '@/components/patterns/timestamp';
import { providerName } from '@/components/payments/names';
import { PostedAs } from '@/components/payments/posted-as';
import { paymentRequest } from '@/components/payments/request';
import { Settle } from '@/components/payments/settle';
import { formatMinor } from '@/contracts/money';
import { History } from './history';
import { journalOf, type Refund, refundRequest } from './request';
import { payeeOf, refundSentence, wayOf } from './sentence';

const FOLLOWED_EVERY_MS = 5_000;

export function RefundDetail({ id }: { readonly id: string }) {
  const { data: refund, error, refetch } = useApi('/v1/refunds/{id}', refundRequest(id));
  if (refund === undefined) return error === null ? null : <Failed error={error} retry={() => void refetch()} />;
  return (
    <>
      {(refund.status === 'pending' || refund.status === 'submitted') && <Follow id={id} />}
      <Story refund={refund} />
    </>
  );
}

function Follow({ id }: { readonly id: string }): null {
  useApi('/v1/refunds/{id}', refundRequest(id), { refreshEveryMs: FOLLOWED_EVERY_MS });
  return null;
}

function Story({ refund }: { readonly refund: Refund }) {
  const href = useHref();
  const { me } = useConsole();
  const payment = useApi('/v1/payments/{reference}/details', paymentRequest(refund.payment_id ?? ''), {
    enabled: refund.payment_id !== null,
  }).data;
  const payer = refund.payment_id === null ? null : (payment?.customer_name ?? null);
  const { before, amount, after, more } = refundSentence(refund, payer);
  const taken = journalOf(refund.transaction_id);
  const returned = journalOf(refund.return_transaction_id);
  const canResolve = refund.status === 'in_reconciliation' && me.is_operator && may(me, 'payments:write');
  return (
    <>
      <PageHead
        crumbs={[
          { label: 'Refunds', href: href('/refunds') },
          { label: `${payeeOf(refund, payer)}, ${formatMinor(BigInt(refund.amount), refund.currency)}` },
        ]}
        above={
          <>
            <span className="pay-kind">Refund</span>
            <Status of={refund.status} />
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
          <CopyId key="id" id={refund.id} what="refund id" />,
          <span key="at">
            <span className="dim">Made</span> <Timestamp at={refund.created_at} as="exact" />
          </span>,
          <span key="reference">
            <span className="dim">Reference</span> <code>{refund.reference}</code>
          </span>,
        ]}
      />
      <div className="pay-cols">
        <History refund={refund} phone={payment?.phone ?? null} />
        <div className="stack-gap">
          {canResolve && <SettleRefund refund={refund} payee={payeeOf(refund, payer)} />}
          <Sum refund={refund} />
          {taken !== null && <PostedAs journalId={taken} />}
          {returned !== null && <PostedAs journalId={returned} title="Put back as" />}
          <About refund={refund} payer={payer} />
        </div>
      </div>
    </>
  );
}

function Sum({ refund }: { readonly refund: Refund }) {
  const { currency } = refund;
  return (
    <Card
      title="Given back"
      end={<span className="dim">{currency}</span>}
      className="pay-receipt"
      footer={<span className="dim">{wayOf(refund)}.</span>}
    >
      <table>
        <caption className="sr">What is given back, in {currency}</caption>
        <tfoot>
          <tr>
            <th scope="row">{refund.status === 'succeeded' ? 'Paid out' : 'To pay out'}</th>
            <td className="num">
              <Total minor={refund.amount} currency={currency} />
            </td>
          </tr>
        </tfoot>
      </table>
    </Card>
  );
}

function About({ refund, payer }: { readonly refund: Refund; readonly payer: string | null }) {
  const href = useHref();
  const link = (path: string, text: ReactNode) => (
    <Link className="link" href={href(path)} prefetch={false}>
      {text}
    </Link>
  );
  const facts: (readonly [string, ReactNode])[] = [['Reason', `“${refund.reason}”`]];
  if (refund.payment_id !== null) {
    facts.push([
      'Payment',
      link(`/payments/${refund.payment_id}`, payer === null ? <code>{shortId(refund.payment_id)}</code> : `${payer}’s`),
    ]);
  }
  if (refund.topup_id !== null)
    facts.push(['Top-up', link(`/topups/${refund.topup_id}`, <code>{shortId(refund.topup_id)}</code>)]);
  if (refund.wallet_id !== null)
    facts.push(['Wallet', link(`/wallets/${refund.wallet_id}`, <code>{shortId(refund.wallet_id)}</code>)]);
  if (refund.provider_reference !== null) facts.push(['Theirs', <code key="theirs">{refund.provider_reference}</code>]);
  if (refund.receipt !== null) facts.push(['Receipt', <code key="receipt">{refund.receipt}</code>]);
  return (
    <Card title="Details" padded className="pay-about">
      <Facts of={facts} />
    </Card>
  );
}

function SettleRefund({ refund, payee }: { readonly refund: Refund; readonly payee: string }) {
  const amount = formatMinor(BigInt(refund.amount), refund.currency);
  const place =
    refund.source === 'wallet' ? 'the wallet' : refund.source === 'collections' ? 'the collections' : 'what is due';
  return (
    <Settle
      answers={{
        paid: {
          title: `${payee} has it`,
          what: `Marks it paid out. ${amount} stays out of ${place}.`,
          verb: 'Mark as paid out',
          done: 'Marked as paid out',
        },
        unpaid: {
          title: 'Nobody has it',
          what: `Puts ${amount} back into ${place}.`,
          verb: `Put ${amount} back`,
          done: `${amount} put back`,
        },
      }}
      receipt={[
        `${refund.provider === null ? 'Provider’s' : providerName(refund.provider)} receipt, as you saw it`,
        refund.receipt,
      ]}
      act={(api, body, idempotencyKey) =>
        api.post('/v1/refunds/{id}/resolve', { params: { id: refund.id }, body }, { idempotencyKey })
      }
      hint="The receipt and the reason stand in the audit trail with your name."
    />
  );
}
