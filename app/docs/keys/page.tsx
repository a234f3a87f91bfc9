import type { Metadata } from 'next';
import { CodeFigure, RequestFigure } from '@/components/docs/code-figure';
import { Intro, Note, Pair } from '@/components/docs/prose';
import { reference } from '../openapi-source';

export const metadata: Metadata = { title: 'Keys and modes' };

export default function KeysPage() {
  const { baseUrl } = reference();
  return (
    <>
      <Intro
        title="Keys and modes"
        lead="A secret key says who you are and which books you mean. Keep it on your server, never in an app or a browser."
      />
      <Pair
        id="sending"
        code={
          <>
            <RequestFigure
              title="With a bearer token"
              label="A request with a bearer token"
              request={{
                method: 'GET',
                url: `${baseUrl}/v1/wallets`,
                headers: [],
                body: undefined,
                answerName: 'page',
              }}
            />
            <CodeFigure
              title="With client id and secret"
              label="A request with client id and secret"
              code={`curl ${baseUrl}/v1/wallets \\\n  -u "$CLIENT_ID:$CLIENT_SECRET"`}
              dialect="curl"
            />
          </>
        }
      >
        <h2>Send the key</h2>
        <p>
          Put it in the <code>Authorization</code> header as a bearer token. Basic authentication works as well, with
          your client id as the name and the same secret as the password.
        </p>
      </Pair>
      <Pair id="modes">
        <h2>Test and live</h2>
        <p>
          Each client has two sets of books that never meet. The key chooses: <code>sec_test_…</code> works on test
          books, <code>sec_live_…</code> on live ones. A wallet made with one does not exist for the other, and every
          object says which it is in <code>livemode</code>.
        </p>
      </Pair>
      <Pair id="care">
        <h2>Look after keys</h2>
        <ul className="dots">
          <li>A secret is shown once, when it is made. We keep only its hash.</li>
          <li>Give a key the scopes its program needs and no more.</li>
          <li>
            <a href="/docs/reference/api-keys#rotate-api-key">Rotate</a> a key rather than replace it in a hurry: the
            old one works on beside the new one for a day, or for the <code>overlap_seconds</code> you say, a week at
            most.
          </li>
          <li>Revoke a key that may have leaked at once. Within a second every request with it answers 401.</li>
        </ul>
        <Note title="What another client owns does not exist for you">
          <p>
            A wallet that your key may not see answers <code>404</code>, never <code>403</code>: an answer must not tell
            whether the id is taken.
          </p>
        </Note>
      </Pair>
    </>
  );
}
