'use client';

import { ArrowDownLeft, ArrowUpRight, Check, ChevronRight } from 'lucide-react';
import { Card } from '@/components/patterns/card';
import { formatDuration } from './duration';
import { maskIn, providerName } from './names';
import { pretty } from './pretty';
import { RawText } from './raw-text';
import type { Payment } from './request';
import { useClock } from './use-clock';

type Message = Payment['messages'][number];

const NAMES: Readonly<Record<string, string>> = {
  token: 'Sign in',
  initiate: 'Prompt the payer',
  charge_saved: 'Charge saved method',
  status: 'Ask how it stands',
  otp: 'Pass the code on',
  validate_payer: 'Check the payer',
  callback: 'Callback',
};

const REASONS: Readonly<Record<Payment['believed'][number], string>> = {
  callback_signed: 'Signature holds',
  callback_url_secret: 'Address is secret, and matches',
  amount_agrees: 'Same amount',
  currency_agrees: 'Same currency',
  phone_agrees: 'Same number',
  provider_confirmed: 'Confirmed when asked',
};

/** What went over the wire; under the message that its money rests on stands why it was believed. */
export function Messages({ payment }: { readonly payment: Payment }) {
  const { messages } = payment;
  if (messages.length === 0) return null;
  const believed = payment.believed.length === 0 ? null : believedOf(messages);
  return (
    <Card
      title="Messages"
      note={<span className="wide-only">As sent and received. Secrets and PINs are never kept.</span>}
      className="pay-msgs"
    >
      {messages.map((message, index) => (
        <MessageRow
          // biome-ignore lint/suspicious/noArrayIndexKey: two may begin in the same millisecond; the order never changes
          key={index}
          message={message}
          payment={payment}
          isBelieved={message === believed}
        />
      ))}
    </Card>
  );
}

/** The callback that was taken, else the last answer to a question. */
function believedOf(messages: readonly Message[]): Message | null {
  const callback = messages.findLast(({ direction, status }) => direction === 'received' && status === 200);
  return callback ?? messages.findLast(({ operation }) => operation !== 'token') ?? null;
}

function MessageRow({
  message,
  payment,
  isBelieved,
}: {
  readonly message: Message;
  readonly payment: Payment;
  readonly isBelieved: boolean;
}) {
  const { exact } = useClock();
  const { direction, operation, method, url, status, request, answer, note } = message;
  const Arrow = direction === 'sent' ? ArrowUpRight : ArrowDownLeft;
  const isBad = status === null || status >= 400;
  return (
    <details open={isBelieved}>
      <summary>
        <ChevronRight className="s pay-twist" aria-hidden="true" />
        <Arrow className="s" aria-hidden="true" />
        <span className="sr">{direction === 'sent' ? 'Sent' : 'Received'}: </span>
        <b>{NAMES[operation] ?? operation.replaceAll('_', ' ')}</b>
        <code className="pay-path">
          {method} {pathOf(url)}
        </code>
        <code className={isBad ? 'under' : undefined}>{status ?? 'none'}</code>
        <span className="num dim">{message.duration_ms === null ? '' : formatDuration(message.duration_ms)}</span>
        <time className="num dim" dateTime={message.at}>
          {exact(Date.parse(message.at))}
        </time>
      </summary>
      <div className="pay-panes">
        {request !== null && (
          <Pane label={direction === 'sent' ? 'Request' : 'Body'} text={request} phone={payment.phone} />
        )}
        {answer !== null && <Pane label="Answer" text={answer} phone={payment.phone} />}
        {direction === 'sent' && answer === null && (
          <p className="dim">No answer came{note === null ? '.' : `: ${note}.`}</p>
        )}
        {direction === 'received' && note !== null && !note.startsWith('processed') && <p className="dim">{note}</p>}
        {isBelieved && <Why payment={payment} />}
      </div>
    </details>
  );
}

function Pane({
  label,
  text,
  phone,
}: {
  readonly label: string;
  readonly text: string;
  readonly phone: string | null;
}) {
  return (
    <div>
      <p className="dim small">{label}</p>
      <RawText label={label} text={maskIn(pretty(text), phone)} />
    </div>
  );
}

function Why({ payment }: { readonly payment: Payment }) {
  return (
    <div>
      <p className="dim small">Why it was believed</p>
      <ul className="pay-why">
        {payment.believed.map((reason) => (
          <li key={reason}>
            <Check aria-hidden="true" />
            {reason === 'provider_confirmed'
              ? `${providerName(payment.provider)} confirms when asked`
              : REASONS[reason]}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The path alone: which machine it went to is in the settings. */
function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url;
}
