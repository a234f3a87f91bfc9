'use client';

import type { ReactNode } from 'react';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { CopyId } from '@/components/patterns/copy-id';
import { PageHead } from '@/components/patterns/page-head';
import { Failed } from '@/components/patterns/states';
import { Status } from '@/components/patterns/status';
import { Timestamp } from '@/components/patterns/timestamp';
import { useNow } from '@/components/patterns/use-now';
import { RefundsOf } from '@/components/refunds/refunds-of';
import { formatMinor } from '@/contracts/money';
import { PaymentActions } from './actions';
import { Messages } from './messages';
import { providerName } from './names';
import { Asks, Known } from './not-known';
import { PostedAs } from './posted-as';
import { journalRequest, type Payment, paymentRequest } from './request';
import { isUnknown, MISMATCHES, sentenceOf, whoOf } from './sentence';
import { Settle } from './settle';
import { PaymentFacts, Receipt } from './side';
import { Timing } from './timing';

const FOLLOWED_EVERY_MS = 5_000;

export function PaymentDetail({ reference }: { readonly reference: string }) {
  const { data: payment, error, refetch } = useApi('/v1/payments/{reference}/details', paymentRequest(reference));
  if (payment === undefined) return error === null ? null : <Failed error={error} retry={() => void refetch()} />;
  return (
    <>
      {!payment.is_final && <Follow reference={reference} />}
      <Story payment={payment} />
    </>
  );
}

/** Reads it again while it is under way: the page tells what happens as it happens. */
function Follow({ reference }: { readonly reference: string }): null {
  useApi('/v1/payments/{reference}/details', paymentRequest(reference), { refreshEveryMs: FOLLOWED_EVERY_MS });
  return null;
}

function Story({ payment }: { readonly payment: Payment }) {
  const { me } = useConsole();
  const nowMs = useNow();
  const { journal_id: journalId } = payment;
  const journal = useApi('/v1/journals/{id}', journalRequest(journalId ?? ''), {
    enabled: journalId !== null && may(me, 'transactions:read'),
  });
  const posted = journalId === null ? undefined : journal.data;
  const isOpen = isUnknown(payment, nowMs);
  const arrived = posted?.kind === 'mismatch' ? posted : null;
  const canResolve = payment.status === 'in_reconciliation' && me.is_operator && may(me, 'payments:write');
  return (
    <>
      <Head payment={payment} nowMs={nowMs} isOpen={isOpen} />
      <div className="pay-cols">
        <div className="stack-gap">
          {isOpen && <Known payment={payment} arrived={arrived} />}
          {isOpen && <Asks payment={payment} />}
          <Timing payment={payment} journal={posted} />
          <Messages payment={payment} />
        </div>
        <div className="stack-gap">
          {canResolve && <SettlePayment payment={payment} arrived={arrived} />}
          <Receipt payment={payment} journal={posted} />
          {journalId !== null && <PostedAs journalId={journalId} client={payment.client_code} />}
          {payment.amount_refunded > 0 && <RefundsOf payment={payment} />}
          <PaymentFacts payment={payment} />
        </div>
      </div>
    </>
  );
}

function Head({
  payment,
  nowMs,
  isOpen,
}: {
  readonly payment: Payment;
  readonly nowMs: number;
  readonly isOpen: boolean;
}) {
  const href = useHref();
  const { before, amount, after, more } = sentenceOf(payment, nowMs);
  const facts: ReactNode[] = [
    <CopyId key="id" id={payment.id} what="payment id" />,
    <Fact key="at" name="Requested">
      <Timestamp at={payment.requested_at} as="exact" />
    </Fact>,
    <Fact key="reference" name="Reference">
      <code>{payment.reference}</code>
    </Fact>,
  ];
  if (payment.receipt !== null) {
    facts.push(
      <Fact key="receipt" name="Receipt">
        <code>{payment.receipt}</code>
      </Fact>,
    );
  }
  return (
    <PageHead
      crumbs={[
        { label: 'Payments', href: href('/payments') },
        { label: `${whoOf(payment)}, ${formatMinor(BigInt(payment.amount_charged), payment.currency)}` },
      ]}
      above={
        <>
          <span className="pay-kind">{payment.wallet_id === null ? 'Collection' : 'Top-up'}</span>
          <Status of={isOpen ? 'in_reconciliation' : payment.status} />
        </>
      }
      title={
        <span className="pay-title">
          {before}
          <b>{amount}</b>
          {after} <span>{more}</span>
        </span>
      }
      facts={facts}
      actions={<PaymentActions payment={payment} isUnknown={isOpen} />}
    />
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <span className="dim">{name}</span> {children}
    </>
  );
}

function SettlePayment({
  payment,
  arrived,
}: {
  readonly payment: Payment;
  readonly arrived: { readonly amount: number; readonly currency: string } | null;
}) {
  const provider = providerName(payment.provider);
  const place = payment.wallet_id === null ? 'the collections' : 'the wallet';
  const sum = formatMinor(BigInt(arrived?.amount ?? payment.amount), arrived?.currency ?? payment.currency);
  const isMismatch = payment.failure_code !== null && MISMATCHES.has(payment.failure_code);
  const answers = isMismatch
    ? {
        paid: {
          title: 'Credit what came',
          what: `Moves ${sum} out of suspense into ${place}, without charges.`,
          verb: `Credit ${sum}`,
          done: `${sum} credited`,
        },
        unpaid: {
          title: 'It is not for this payment',
          what: `Moves ${sum} out of suspense back to ${provider}’s account. Nothing is credited.`,
          verb: `Send ${sum} back`,
          done: 'Marked as not paid',
        },
      }
    : {
        paid: {
          title: 'It was paid',
          what: `Posts ${sum} into ${place}.`,
          verb: `Post ${sum}`,
          done: `${sum} posted`,
        },
        unpaid: {
          title: 'It was not paid',
          what: 'Marks it failed. A receipt that comes later still credits it.',
          verb: 'Mark as not paid',
          done: 'Marked as not paid',
        },
      };
  return (
    <Settle
      answers={answers}
      receipt={[`${provider} receipt, as you saw it`, payment.receipt]}
      act={(api, body, idempotencyKey) =>
        api.post('/v1/payments/{reference}/resolve', { params: { reference: payment.id }, body }, { idempotencyKey })
      }
      hint="The receipt and the reason stand in the audit trail with your name. The customer’s client is told by webhook."
    />
  );
}
