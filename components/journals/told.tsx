'use client';

import { Check, ChevronRight, Clock, X } from 'lucide-react';
import Link from 'next/link';
import { toast } from 'sonner';
import { may } from '@/components/api/me';
import { useAct } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { useZoneName } from '@/components/patterns/timestamp';
import { formatDuration } from '@/components/payments/duration';
import { useClock } from '@/components/payments/use-clock';
import type { JournalObject } from '@/contracts/journals';

type Delivery = JournalObject['trail']['deliveries'][number];

/** Webhooks of the journal and of its payment, and the payment’s callback: what was said to whom, and what they answered. */
export function Told({ journal }: { readonly journal: JournalObject }) {
  const { me } = useConsole();
  const href = useHref();
  const { exact } = useClock();
  const zone = useZoneName();
  const { client_code: client } = journal;
  const { deliveries } = journal.trail;
  const canResend = may(me, 'webhooks:write');
  const resend = useAct((api, id: string) =>
    api.on(client).post('/v1/webhook_deliveries/{id}/resend', { params: { id }, body: {} }),
  );
  const send = (delivery: Delivery): void =>
    resend.mutate(delivery.id, {
      onSuccess: () => toast.success(`${nameOf(delivery)} is sent once more`),
      onError: (error) => toast.error(error.message),
    });
  return (
    <section className="card" id="hooks" aria-labelledby="h-wh">
      <header className="ch">
        <h2 id="h-wh">Who was told</h2>
        {may(me, 'webhooks:read') && (
          <Link className="btn quiet sm end" href={href('/developers/webhooks', client)} prefetch={false}>
            All deliveries
            <ChevronRight aria-hidden="true" />
          </Link>
        )}
      </header>
      {deliveries.length === 0 ? (
        <p className="nobody">
          Nobody: no webhook endpoint of these books listens to it, and no callback was asked for.
        </p>
      ) : (
        <div className="tablewrap">
          <table className="stk">
            <caption className="sr">Deliveries</caption>
            <thead>
              <tr>
                <th scope="col">Time, {zone}</th>
                <th scope="col">What</th>
                <th scope="col">To</th>
                <th scope="col">Answer</th>
                {canResend && (
                  <th scope="col">
                    <span className="sr">Action</span>
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {deliveries.map((delivery) => (
                <tr key={delivery.id}>
                  <td data-th="Time">{exact(Date.parse(delivery.at))}</td>
                  <td data-th="What">{delivery.is_callback ? 'Callback' : <code>{delivery.type}</code>}</td>
                  <td data-th="To" className="soft to" title={delivery.url ?? undefined}>
                    {hostOf(delivery.url)}
                  </td>
                  <td data-th="Answer">
                    <Answer delivery={delivery} />
                  </td>
                  {canResend && (
                    <td className="r">
                      <button
                        type="button"
                        className="btn quiet sm"
                        disabled={resend.isPending}
                        aria-label={`Resend ${nameOf(delivery)} to ${hostOf(delivery.url)}`}
                        onClick={() => send(delivery)}
                      >
                        Resend
                      </button>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Answer({
  delivery: { status, http_status: http, duration_ms: ms, attempts },
}: {
  readonly delivery: Delivery;
}) {
  const said = http === null ? 'no answer' : `${http}${ms === null ? '' : ` in ${formatDuration(ms)}`}`;
  const tries = attempts > 1 ? `, try ${attempts}` : '';
  if (status === 'succeeded') {
    return (
      <span className="flat ok">
        <Check aria-hidden="true" />
        {said}
        {tries}
      </span>
    );
  }
  if (status === 'pending') {
    return (
      <span className="flat wait">
        <Clock aria-hidden="true" />
        {attempts === 0 ? 'waits to be sent' : `${said}, tried again soon${tries}`}
      </span>
    );
  }
  return (
    <span className="flat bad">
      <X aria-hidden="true" />
      {status === 'canceled' ? 'not sent any more' : `${said}, given up${tries}`}
    </span>
  );
}

function nameOf({ is_callback, type }: Delivery): string {
  return is_callback ? 'The callback' : type;
}

/** `api.kaneshiemotors.example/hooks` */
function hostOf(url: string | null): string {
  return url === null ? 'an endpoint that is gone' : url.replace(/^https?:\/\//, '');
}
