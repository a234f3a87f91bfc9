'use client';

import { ChevronRight, Send } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { ActDialog } from '@/components/patterns/act-dialog';
import { Card, Facts } from '@/components/patterns/card';
import { CopyId, shortId } from '@/components/patterns/copy-id';
import { PageHead } from '@/components/patterns/page-head';
import { Empty, Failed } from '@/components/patterns/states';
import { Timestamp } from '@/components/patterns/timestamp';
import { Code, prettyJson } from './code';
import { DeliveryStatus } from './delivery-status';
import { DELIVERY_REASONS, type DeliveryDetail, deliverySentence, failureInWords } from './delivery-words';
import { HttpStatus } from './http-status';
import { milliseconds } from './request-words';

const SOON_MS = 2_000;

/** One event on its way to one endpoint: what was sent, and what came of every attempt. */
export function DeliveryPage({ id }: { readonly id: string }) {
  const { me } = useConsole();
  const href = useHref();
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  const [watching, setWatching] = useState(true);
  const read = useApi('/v1/webhook_deliveries/{id}', { params: { id } }, watching ? { refreshEveryMs: SOON_MS } : {});
  const delivery = read.data;
  const isOver = delivery !== undefined && delivery.status !== 'pending';
  if (isOver === watching) setWatching(!isOver);
  if (delivery === undefined) return read.error === null ? null : <Failed error={read.error} />;
  const { endpoint_id: endpointId, event_id: eventId } = delivery;
  return (
    <>
      <PageHead
        title={deliverySentence(delivery)}
        crumbs={[
          { label: 'Developers', href: href('/developers') },
          { label: 'Webhooks', href: href('/developers/webhooks') },
          ...(endpointId === null
            ? []
            : [{ label: shortId(endpointId), href: href(`/developers/webhooks/${endpointId}`) }]),
          { label: shortId(delivery.id) },
        ]}
        badges={<DeliveryStatus delivery={delivery} />}
        facts={[
          <Timestamp key="at" at={delivery.created_at} as="exact" />,
          DELIVERY_REASONS[delivery.reason],
          <CopyId key="id" id={delivery.id} what="delivery id" />,
        ]}
        actions={
          may(me, 'webhooks:write') && (
            <button type="button" className="btn" onClick={() => setAsking(true)}>
              <Send aria-hidden="true" />
              Resend
            </button>
          )
        }
      />
      <div className="detail">
        <div className="stack-gap">
          <Attempts delivery={delivery} />
          {delivery.request_body !== null && (
            <Code
              title="Body, byte for byte at every attempt; set out here"
              label="the body"
              code={prettyJson(delivery.request_body)}
              dialect="json"
            />
          )}
        </div>
        <aside className="rail card">
          <section>
            <header>
              <h2>Delivery</h2>
            </header>
            <div className="body">
              <Facts
                of={[
                  [
                    'Event',
                    eventId === null ? (
                      delivery.type
                    ) : (
                      <Link key="event" className="lined" href={href(`/developers/events/${eventId}`)} prefetch={false}>
                        {delivery.type}
                      </Link>
                    ),
                  ],
                  [
                    'Endpoint',
                    endpointId === null ? (
                      'the URL of the request'
                    ) : (
                      <Link
                        key="to"
                        className="lined"
                        href={href(`/developers/webhooks/${endpointId}`)}
                        prefetch={false}
                      >
                        <code>{shortId(endpointId)}</code>
                      </Link>
                    ),
                  ],
                  ['webhook-id', <code key="id">{shortId(eventId ?? delivery.id)}</code>],
                  [
                    'Next',
                    delivery.next_attempt_at === null ? (
                      'no more attempts'
                    ) : (
                      <Timestamp key="next" at={delivery.next_attempt_at} as="exact" />
                    ),
                  ],
                  ...(delivery.ended_at === null
                    ? []
                    : ([['Ended', <Timestamp key="ended" at={delivery.ended_at} as="exact" />]] as const)),
                ]}
              />
            </div>
          </section>
        </aside>
      </div>
      <ActDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Resend ${delivery.type}`}
        description="Sends the same bytes once more, with the same webhook-id and a fresh signature, to where the endpoint is now. A new delivery, with attempts of its own."
        verb="Resend delivery"
        act={(api, { idempotencyKey }) =>
          api.post('/v1/webhook_deliveries/{id}/resend', { params: { id }, body: {} }, { idempotencyKey })
        }
        done={() => 'On its way again'}
        onDone={(again) => router.push(href(`/developers/deliveries/${again.id}`))}
      />
    </>
  );
}

function Attempts({ delivery }: { readonly delivery: DeliveryDetail }) {
  const { attempt_log: log, status } = delivery;
  return (
    <Card title="Attempts" note={log.length === 0 ? undefined : String(log.length)} className="attempts">
      {log.length === 0 ? (
        <Empty kind="none" title={status === 'pending' ? 'Not tried yet' : 'Never tried'}>
          {status === 'pending'
            ? 'The first attempt follows within a second or two.'
            : 'It ended before its first attempt.'}
        </Empty>
      ) : (
        log.toReversed().map((attempt) => (
          <details key={attempt.number} open={attempt.number === log.length}>
            <summary>
              <ChevronRight className="s twist" aria-hidden="true" />
              <span className="nr">{attempt.number}</span>
              {attempt.http_status === null ? (
                <span className="http bad">
                  <i aria-hidden="true" />
                  {failureInWords(attempt.failure ?? '')}
                </span>
              ) : (
                <HttpStatus status={attempt.http_status} />
              )}
              <code className="cut">{attempt.url}</code>
              <span className="dim took">{milliseconds(attempt.duration_ms)}</span>
              <Timestamp at={attempt.started_at} as="exact" />
            </summary>
            <div className="answer">
              <h3>{attempt.http_status === null ? 'No answer' : 'Answer'}</h3>
              {attempt.response_body === null || attempt.response_body === '' ? (
                <p className="soft text-[13px]">
                  {attempt.http_status === null
                    ? `Why: ${failureInWords(attempt.failure ?? 'not known')}.`
                    : 'It had no body.'}
                </p>
              ) : (
                // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard too
                <pre tabIndex={0}>{prettyJson(attempt.response_body)}</pre>
              )}
            </div>
          </details>
        ))
      )}
    </Card>
  );
}
