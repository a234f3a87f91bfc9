'use client';

import { Check, CircleHelp, Clock, Smartphone } from 'lucide-react';
import { Card } from '@/components/patterns/card';
import { useZoneName } from '@/components/patterns/timestamp';
import { useNow } from '@/components/patterns/use-now';
import { formatDuration } from './duration';
import { answerOf, asksOf, whatIsKnown } from './known';
import { providerName } from './names';
import type { Payment } from './request';
import { useClock } from './use-clock';

/** Known, not known, next: what can be said while nobody tells the truth. */
export function Known({
  payment,
  arrived,
}: {
  readonly payment: Payment;
  readonly arrived: { readonly amount: number; readonly currency: string } | null;
}) {
  const nowMs = useNow();
  const { time } = useClock();
  const { known, unknown, next } = whatIsKnown(payment, { nowMs, time, arrived });
  return (
    <Card
      label="What is known"
      {...(payment.topup_id !== null && {
        footer: (
          <>
            <Smartphone className="s" aria-hidden="true" />
            <span className="soft">
              The checkout page says <q>Do not pay again yet.</q> A second attempt is refused meanwhile.
            </span>
          </>
        ),
      })}
    >
      <div className="pay-know">
        <div>
          <h2>
            <Check className="s" aria-hidden="true" />
            Known
          </h2>
          <p>{known}</p>
        </div>
        <div className="open">
          <h2>
            <CircleHelp className="s" aria-hidden="true" />
            Not known
          </h2>
          <p>{unknown}</p>
        </div>
        <div>
          <h2>
            <Clock className="s" aria-hidden="true" />
            Next
          </h2>
          <p>{next}</p>
        </div>
      </div>
    </Card>
  );
}

const SHOWN = 3;

/** Each question to the provider and what it said; the newest in view, the rest behind. */
export function Asks({ payment }: { readonly payment: Payment }) {
  const { time } = useClock();
  const asks = asksOf(payment);
  if (asks.length === 0) return null;
  const earlier = asks.slice(SHOWN);
  const isSame = new Set(asks.map(answerOf)).size === 1;
  const times = asks.length === 1 ? 'Asked once' : `Asked ${asks.length} times`;
  return (
    <Card
      title={times}
      {...(payment.next_ask_at !== null && { note: `Next at ${time(Date.parse(payment.next_ask_at))}` })}
    >
      <AskTable payment={payment} asks={asks.slice(0, SHOWN)} caption={times} />
      {earlier.length > 0 && (
        <details className="pay-more">
          <summary>
            {earlier.length} earlier{isSame ? ', the same answer' : ''}
          </summary>
          <AskTable payment={payment} asks={earlier} caption="Earlier answers" />
        </details>
      )}
    </Card>
  );
}

function AskTable({
  payment,
  asks,
  caption,
}: {
  readonly payment: Payment;
  readonly asks: readonly Payment['timeline'][number][];
  readonly caption: string;
}) {
  const zone = useZoneName();
  const { time } = useClock();
  return (
    <div className="tablewrap">
      <table className="pay-asks">
        <caption className="sr">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">At, {zone}</th>
            <th scope="col" className="num">
              After
            </th>
            <th scope="col">{providerName(payment.provider)} answered</th>
          </tr>
        </thead>
        <tbody>
          {asks.map((ask) => (
            <tr key={ask.at}>
              <td>{time(Date.parse(ask.at))}</td>
              <td className="num dim">{formatDuration(Date.parse(ask.at) - Date.parse(payment.requested_at))}</td>
              <td>
                {ask.provider_code !== null && <code className="dim">{ask.provider_code}</code>}{' '}
                {answerOf(ask) !== ask.provider_code && answerOf(ask)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
