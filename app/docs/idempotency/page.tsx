import type { Metadata } from 'next';
import { CodeFigure, RequestFigure } from '@/components/docs/code-figure';
import { Intro, Note, Pair } from '@/components/docs/prose';
import { reference } from '../openapi-source';
import { quickstartRequests } from '../quickstart';

export const metadata: Metadata = { title: 'Idempotency' };

export default function IdempotencyPage() {
  const { create, debit } = quickstartRequests(reference().baseUrl);
  const keyed = { ...create, headers: [['Idempotency-Key', 'open-wallet-ama'] as [string, string]] };
  return (
    <>
      <Intro
        title="Idempotency"
        lead="Networks lose answers. Ask again with the same reference and the money moves once, however many times you ask."
      />
      <Pair
        id="reference"
        code={
          <>
            <RequestFigure title="The same call, any number of times" label="Debit with a reference" request={debit} />
            <CodeFigure
              title="Headers from the second time on"
              label="Headers from the second time on"
              code={'HTTP/1.1 200 OK\nIdempotent-Replayed: true'}
              dialect="http"
            />
          </>
        }
      >
        <h2>References</h2>
        <p>
          Every debit and credit carries a <code>reference</code>: your own name for it, 1 to 128 printable ASCII
          characters without spaces. It is unique for ever within one wallet and one operation, so one campaign’s
          reference can credit a thousand wallets, each of them once.
        </p>
        <Note title="Send it again, safely">
          <ul className="dots">
            <li>
              Same reference, same amount and terms: the first answer again, with <code>Idempotent-Replayed: true</code>
              .
            </li>
            <li>
              Same reference, another amount, expiry or priority: <code>409 reference_conflict</code>, which names the
              first transaction in <code>details.transaction_id</code>.
            </li>
            <li>
              A refused request does not use its reference up: after <code>402 insufficient_funds</code>, top up and
              send it again.
            </li>
            <li>No answer? Repeat with the same reference. Never make a new one for a retry.</li>
          </ul>
        </Note>
      </Pair>
      <Pair id="key" code={<RequestFigure title="With a key" label="A request with a key" request={keyed} />}>
        <h2>Idempotency keys</h2>
        <p>
          Every POST also takes an <code>Idempotency-Key</code> header. The key, the answer and the books are committed
          together, and kept for at least 24 hours.
        </p>
        <ul className="dots">
          <li>
            Same key, same request: the stored answer, with <code>Idempotent-Replayed: true</code>. What the books
            refused, such as <code>402 insufficient_funds</code>, is stored too: to try that again, use a new key.
          </li>
          <li>A request that failed before it reached the books, such as one with a bad field, leaves its key free.</li>
          <li>
            Same key, another method, path, query or body: <code>422 idempotency_key_reused</code>.
          </li>
          <li>
            First request still running: <code>409 idempotency_in_progress</code> with <code>Retry-After</code>.
          </li>
        </ul>
      </Pair>
      <Pair id="which">
        <h2>Which to use</h2>
        <p>
          For money, the reference: it lasts for ever and appears on the statement. The key is for everything else, such
          as opening a customer.
        </p>
      </Pair>
    </>
  );
}
