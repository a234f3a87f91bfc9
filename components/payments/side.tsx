'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { useHref } from '@/components/api/scope';
import { Card, Facts } from '@/components/patterns/card';
import { CopyId, shortId } from '@/components/patterns/copy-id';
import { formatAmount, Money, Total } from '@/components/patterns/money';
import type { AnswerOf } from '@/server/http/api-types';
import { CHANNEL_NAMES, maskPhone, providerName } from './names';
import type { Payment } from './request';

type Journal = AnswerOf<'get', '/v1/journals/{id}'>;

/** What the payer pays and what of it reaches the books, down to the double rule. */
export function Receipt({ payment, journal }: { readonly payment: Payment; readonly journal: Journal | undefined }) {
  const { currency, fee, tax } = payment;
  const onTop = payment.fee_bearer === 'customer';
  const rules = journal?.fee_rules ?? null;
  const rows: readonly (readonly [string, number])[] = onTop
    ? [
        [payment.wallet_id === null ? 'Into your collections' : 'Into the wallet', payment.amount],
        [feeWords(rules), fee],
        [taxWords(rules), tax],
      ]
    : [
        ['Asked for', payment.amount],
        [feeWords(rules), -fee],
        [taxWords(rules), -tax],
      ];
  return (
    <Card
      title="Receipt"
      end={<span className="dim">{currency}</span>}
      className="pay-receipt"
      footer={<ReceiptNote payment={payment} rules={rules} />}
    >
      <table>
        <caption className="sr">What was charged, in {currency}</caption>
        <tbody>
          {rows
            .filter(([, amount], index) => index === 0 || amount !== 0)
            .map(([name, amount]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td className="num">{formatAmount(amount, currency)}</td>
              </tr>
            ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{onTop ? chargedWords(payment) : netWords(payment)}</th>
            <td className="num">
              <Total minor={onTop ? payment.amount_charged : payment.net_amount} currency={currency} />
            </td>
          </tr>
        </tfoot>
      </table>
    </Card>
  );
}

type Rules = Journal['fee_rules'];

function feeWords(rules: Rules): string {
  if (rules === null || rules.type === 'NONE') return 'Fee';
  return rules.type === 'FIXED' ? 'Fee, fixed' : `Fee, ${percentOf(rules.rate_ppm ?? 0)} of the amount`;
}

function taxWords(rules: Rules): string {
  return rules === null || rules.tax_rate_ppm === 0 ? 'Tax' : `Tax, ${percentOf(rules.tax_rate_ppm)} of the fee`;
}

function percentOf(millionths: number): string {
  return `${millionths / 10_000} %`;
}

const UNDER_WAY: ReadonlySet<string> = new Set(['created', 'submitting', 'pending']);
const NEVER_PAID: ReadonlySet<string> = new Set(['failed', 'expired', 'canceled']);

function chargedWords({ status, channel }: Payment): string {
  const account = CHANNEL_NAMES[channel];
  if (status === 'in_reconciliation') return `Asked of ${account}`;
  if (NEVER_PAID.has(status)) return `Would have been charged to ${account}`;
  return UNDER_WAY.has(status) ? `To be charged to ${account}` : `Charged to ${account}`;
}

function netWords({ status, wallet_id }: Payment): string {
  const place = wallet_id === null ? 'your collections' : 'the wallet';
  if (status === 'in_reconciliation') return `Was to reach ${place}`;
  if (NEVER_PAID.has(status)) return `Would have reached ${place}`;
  return UNDER_WAY.has(status) ? `To reach ${place}` : `Reached ${place}`;
}

function ReceiptNote({ payment, rules }: { readonly payment: Payment; readonly rules: Rules }) {
  const href = useHref();
  const bearer = payment.fee_bearer === 'customer' ? 'The payer bears the fee' : 'You bear the fee';
  if (payment.fee === 0 && payment.tax === 0) return <span className="dim">Nothing is charged for it.</span>;
  return (
    <span className="dim">
      {bearer}
      {rules !== null && (
        <>
          , by{' '}
          <Link className="link" href={href(`/services/${rules.service_code}`, payment.client_code)} prefetch={false}>
            {rules.service_name}, version {rules.version}
          </Link>
        </>
      )}
      .
    </span>
  );
}

/** Whose, from where, by which way, and who began it. */
export function PaymentFacts({ payment }: { readonly payment: Payment }) {
  const href = useHref();
  const to = (path: string) => href(path, payment.client_code);
  const facts: (readonly [string, ReactNode])[] = [];
  if (payment.customer_id !== null) {
    facts.push([
      'Customer',
      <span key="customer">
        <Link className="link" href={to(`/customers/${payment.customer_id}`)} prefetch={false}>
          {payment.customer_name ?? payment.customer_id}
        </Link>
        {payment.customer_name !== null && <code className="dim"> {payment.customer_id}</code>}
      </span>,
    ]);
  }
  if (payment.phone !== null) facts.push(['Phone', maskPhone(payment.phone)]);
  if (payment.wallet_id !== null)
    facts.push(['Wallet', linked(to(`/wallets/${payment.wallet_id}`), payment.wallet_id)]);
  if (payment.topup_id !== null) facts.push(['Top-up', linked(to(`/topups/${payment.topup_id}`), payment.topup_id)]);
  facts.push([
    'Channel',
    <span key="channel">
      {channelWords(payment)} <code className="dim">{payment.provider_account}</code>
    </span>,
  ]);
  if (payment.provider_reference !== null) {
    facts.push([
      'Theirs',
      <span key="theirs" className="id">
        <code>{payment.provider_reference}</code>
      </span>,
    ]);
  }
  facts.push(['Says', `“${payment.description}”`]);
  facts.push(['Begun by', <StartedBy key="by" payment={payment} />]);
  if (payment.amount_refunded > 0) {
    facts.push(['Given back', <Money key="back" minor={payment.amount_refunded} currency={payment.currency} code />]);
  }
  return (
    <Card title="Details" padded className="pay-about">
      <Facts of={facts} />
    </Card>
  );
}

function channelWords({ channel, provider }: Payment): string {
  const name = CHANNEL_NAMES[channel];
  const by = providerName(provider);
  return name === by ? name : `${name}, through ${by}`;
}

function linked(href: ReturnType<ReturnType<typeof useHref>>, id: string) {
  return (
    <span className="id">
      <Link className="link" href={href} prefetch={false}>
        <code>{shortId(id)}</code>
      </Link>
    </span>
  );
}

function StartedBy({ payment }: { readonly payment: Payment }) {
  const href = useHref();
  const { type, id } = payment.started_by;
  if (id === null) return <>{type === 'payer' ? 'The payer, on the checkout' : type.replaceAll('_', ' ')}</>;
  if (type === 'api_key') {
    return (
      <>
        Key{' '}
        <Link className="link" href={href(`/developers/keys/${id}`, payment.client_code)} prefetch={false}>
          <code>{shortId(id)}</code>
        </Link>
      </>
    );
  }
  return (
    <>
      {type === 'job' ? 'Pesewa, by itself' : `${type.charAt(0).toUpperCase()}${type.slice(1).replaceAll('_', ' ')}`}{' '}
      {type !== 'job' && <CopyId id={id} />}
    </>
  );
}
