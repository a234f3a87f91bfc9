'use client';

import Link from 'next/link';
import { useHref } from '@/components/api/scope';
import { formatAmount } from '@/components/patterns/money';
import type { JournalObject } from '@/contracts/journals';
import { Consequences, NowAndAfter, useNeedsTwo } from './consequences';

/** What undoing it would do, before anybody presses anything. */
export function ReversalCard({
  journal,
  reverse,
}: {
  readonly journal: JournalObject;
  /** Only where the person may. */
  readonly reverse?: () => void;
}) {
  const href = useHref();
  const needsTwo = useNeedsTwo(journal);
  const { reversal, total, currency, reversed_by: by } = journal;
  const { payment } = journal.trail;
  return (
    <section className="card" id="reverse" aria-labelledby="h-rev">
      <header className="ch">
        <h2 id="h-rev">{reversal.possible ? 'If you reverse it now' : 'It cannot be reversed'}</h2>
      </header>
      {reversal.possible ? (
        <>
          <NowAndAfter journal={journal} />
          <Consequences journal={journal} />
        </>
      ) : (
        <p className="nobody">
          {reversal.refusal?.message}{' '}
          {by !== null && (
            <Link className="l" href={href(`/journals/${by}`)} prefetch={false}>
              Open the reversal
            </Link>
          )}
          {by === null && payment !== null && (
            <>
              What a payment brought is given back by a refund:{' '}
              <Link className="l" href={href(`/payments/${payment.id}`, journal.client_code)} prefetch={false}>
                open the payment
              </Link>
              .
            </>
          )}
        </p>
      )}
      {reverse !== undefined && (
        <div className="cf">
          <button type="button" className="btn" onClick={reverse}>
            {needsTwo === null ? 'Reverse…' : 'Request reversal…'}
          </button>
          <span className="dim small end">Once only, for the whole {formatAmount(total, currency)}</span>
        </div>
      )}
    </section>
  );
}
