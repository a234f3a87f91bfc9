'use client';

import { BadgeCheck, CircleDashed, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { may } from '@/components/api/me';
import { useConsole, useHref } from '@/components/api/scope';
import { useAttention } from '@/components/console/use-attention';
import { Skeleton } from '@/components/patterns/states';
import { Timestamp } from '@/components/patterns/timestamp';

/** Whether the ledger is balanced, when that was last proved, and since when it has been so. */
export function BooksStrip() {
  const { me } = useConsole();
  const href = useHref();
  const books = useAttention()?.books;
  if (books === undefined) {
    return (
      <section className="card health" aria-label="Ledger health">
        <Skeleton width={60} />
      </section>
    );
  }
  const proof = may(me, 'audit:read') && (
    <span className="end">
      <Link className="btn quiet sm" href={href('/audit')} prefetch={false}>
        Proof
      </Link>
    </span>
  );
  if (books.proved_at === null) {
    return (
      <section className="card health pending" aria-label="Ledger health">
        <CircleDashed aria-hidden="true" />
        <strong>Books not proved yet</strong>
        <ul>
          <li>the first proof runs by itself, every night at 02:07 UTC at the latest</li>
        </ul>
        {proof}
      </section>
    );
  }
  const held = books.invariants - books.broken.length;
  const Icon = books.is_balanced ? BadgeCheck : TriangleAlert;
  return (
    <section className={`card health ${books.is_balanced ? '' : 'broken'}`} aria-label="Ledger health">
      <Icon aria-hidden="true" />
      <strong>{books.is_balanced ? 'Books balanced' : 'Books are broken'}</strong>
      <ul>
        <li>
          checked <Timestamp at={books.proved_at} />
        </li>
        <li>
          {held} of {books.invariants} invariants
          <span className="tally" aria-hidden="true">
            {Array.from({ length: books.invariants }, (_, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: an invariant is its number
              <i key={index} className={books.broken.includes(index + 1) ? 'off' : undefined} />
            ))}
          </span>
        </li>
        {books.unbroken_since !== null && (
          <li>
            unbroken since <Timestamp at={books.unbroken_since} as="day" />
          </li>
        )}
        {books.broken.length > 0 && <li className="bad">broken: {books.broken.join(', ')}</li>}
        <li>{books.entries.toLocaleString('en-GB')} entries</li>
      </ul>
      {proof}
    </section>
  );
}
