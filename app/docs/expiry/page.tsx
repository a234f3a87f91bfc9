import type { Metadata } from 'next';
import { Books } from '@/components/docs/books';
import { RequestFigure } from '@/components/docs/code-figure';
import { Intro, Pair } from '@/components/docs/prose';
import { reference } from '../openapi-source';
import { quickstartRequests } from '../quickstart';

export const metadata: Metadata = { title: 'Expiry' };

export default function ExpiryPage() {
  const { credit } = quickstartRequests(reference().baseUrl);
  const expiring = {
    ...credit,
    body: {
      amount: 1000,
      description: 'Monthly bonus credits',
      reference: 'monthly_bonus',
      expires_at: '2030-01-01T00:00:00Z',
    },
  };
  return (
    <>
      <Intro title="Expiry" lead="Promotional credit can end on a date you choose. What was paid for never expires." />
      <Pair
        id="setting"
        code={<RequestFigure title="Credit with an expiry" label="Credit with an expiry" request={expiring} />}
      >
        <h2>Set a date</h2>
        <p>
          Give a credit <code>expires_at</code>, an ISO 8601 time with its zone. A time in the past is refused. Without
          it the credit lasts until it is spent.
        </p>
        <p>Each credit is kept apart as a lot: what is left of it, and when it ends.</p>
      </Pair>
      <Pair id="exact">
        <h2>Exact to the instant</h2>
        <p>
          A lot can be spent while the time is before <code>expires_at</code>, and not from then on. The check is made
          in the debit itself and in every balance shown, by the database’s clock alone.
        </p>
        <p>
          A hold that was made before keeps its part: what it has pinned stays valid for that hold, and for nothing
          else.
        </p>
        <p>The books follow with a journal of their own, so what a promotion really cost is never a guess:</p>
        <Books
          caption="Journal of an expiry"
          currency="GHS"
          total="4.00"
          legs={[
            { account: 'Ama’s wallet', note: 'What was left of the lot', debit: '4.00' },
            { account: 'Promotion expense', credit: '4.00' },
          ]}
        />
      </Pair>
      <Pair id="order">
        <h2>What is spent first</h2>
        <p>A debit uses lots in this order, each rule breaking the ties of the one before:</p>
        <ul className="dots">
          <li>
            the lowest <code>priority</code> first, from 0 to 100, 50 unless you set one; paid money stands at 50;
          </li>
          <li>then the soonest expiry;</li>
          <li>then promotional money before paid money;</li>
          <li>then the oldest.</li>
        </ul>
      </Pair>
    </>
  );
}
