import type { Metadata } from 'next';
import { CodeFigure } from '@/components/docs/code-figure';
import { FieldTable } from '@/components/docs/field-table';
import { Intro, Note, Pair } from '@/components/docs/prose';
import { inline } from '@/components/docs/rich-text';
import { json } from '@/components/docs/samples/literals';
import { type CatalogueEvent, laterEvents, sentEvents } from '../event-source';

export const metadata: Metadata = { title: 'Events and webhooks' };

const HEADERS = `webhook-id: evt_06xxtcq841001
webhook-timestamp: 1779617100
webhook-signature: v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=`;

const RETRIES = ['at once', '5 s', '5 min', '30 min', '2 h', '5 h', '10 h', '14 h', '20 h', '24 h'];

export default function EventsPage() {
  const events = sentEvents();
  return (
    <>
      <Intro
        title="Events and webhooks"
        lead="Whatever happens is an event: kept, listed at /v1/events, and sent to the endpoints that listen to it."
      />
      <Pair id="verify" code={<CodeFigure title="Headers" label="Headers" code={HEADERS} dialect="http" />}>
        <h2>Verify what you receive</h2>
        <p>
          Deliveries follow the Standard Webhooks specification, so its libraries verify them. The signature is the
          base64 HMAC-SHA256 of <code>webhook-id.webhook-timestamp.body</code> under the bytes of your secret after{' '}
          <code>whsec_</code>. Compare with the body exactly as it came, and refuse a timestamp older than five minutes.
        </p>
        <p>For 24 hours after a rotation there are two signatures, separated by a space; either is enough.</p>
        <p>
          An event may arrive twice and out of order. <code>webhook-id</code> is the event’s id on every delivery of it:
          remember the ones you have had. Of one wallet’s events the higher <code>sequence</code> is the later.
        </p>
      </Pair>
      <Pair id="answer">
        <h2>Answer with 2xx within 15 seconds</h2>
        <p>
          Anything else is a failure, a redirect included, and is tried again: {RETRIES.join(', ')} after the attempt
          before it. <code>Retry-After</code> is honoured. <code>410</code> disables the endpoint; so do five days of
          nothing but failures. Every attempt is kept for 30 days with the first 4 kB of your answer. Resend one
          delivery, or replay a window, whenever you like.
        </p>
        <p>URLs must be https and lead to a public address; both are checked at every attempt.</p>
        <Note title="Callbacks of payments">
          <p>
            They go to the URL of the request or of your profile, in the format of the payments document, and carry the
            same headers. Their secret is made by <code>POST /v1/callback_secret/rotate</code>, and{' '}
            <code>webhook-id</code> is the delivery’s.
          </p>
        </Note>
      </Pair>
      {events.map((event) => (
        <EventSection key={event.type} event={event} />
      ))}
      <Pair id="later">
        <h2>Kept for later</h2>
        <p>These names can be listened to and are not sent by this release:</p>
        <ul className="dots">
          {laterEvents().map((type) => (
            <li key={type}>
              <code>{type}</code>
            </li>
          ))}
        </ul>
      </Pair>
    </>
  );
}

function EventSection({ event: { type, summary, example, fields, sameAs } }: { event: CatalogueEvent }) {
  const figure = <CodeFigure title={type} label={`An example of ${type}`} code={json(example)} dialect="json" />;
  return (
    <Pair id={type} long code={figure}>
      <h2 id={`${type}-title`}>
        <a className="anchor" href={`#${type}`}>
          <code>{type}</code>
        </a>
      </h2>
      <p>{inline(summary)}</p>
      {sameAs === type ? (
        fields.map((list, at) => (
          <details className="fields" key={list.map(({ name }) => name).join()}>
            <summary>
              {fields.length === 1 ? 'Fields of data' : `Fields of data, form ${at + 1} of ${fields.length}`}
            </summary>
            <FieldTable fields={[...list]} labelledBy={`${type}-title`} answer />
          </details>
        ))
      ) : (
        <p>
          <code>data</code> has the fields of <a href={`#${sameAs}`}>{sameAs}</a>.
        </p>
      )}
    </Pair>
  );
}
