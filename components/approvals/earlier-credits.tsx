'use client';

import { TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { Children, type ReactNode } from 'react';
import { may } from '@/components/api/me';
import { useConsole, useHref } from '@/components/api/scope';
import { formatMoney } from '@/components/patterns/money';
import type { ApprovalObject } from '@/contracts/approvals';
import { useClientApi } from './use-client-api';

const DAYS = 30;
const DAY_MS = 86_400_000;

/** What somebody should know who decides: that this wallet was credited by hand before, above all. */
export function EarlierCredits({
  approval,
  children,
}: {
  readonly approval: ApprovalObject;
  /** Other things worth knowing. */
  readonly children: ReactNode;
}) {
  const { me } = useConsole();
  const href = useHref();
  const { target, client, currency, created_at: createdAt } = approval;
  const isCredit = approval.verb === 'credit' && target.type === 'wallet' && may(me, 'transactions:read');
  const from = new Date(Date.parse(createdAt) - DAYS * DAY_MS).toISOString().slice(0, 10);
  const journals = useClientApi(
    client.code,
    '/v1/journals',
    { query: { wallet: target.id, kind: 'credit', from, to: createdAt, limit: '100' } },
    isCredit,
  );
  const earlier = (journals.data?.data ?? []).filter((journal) => journal.reversed_by === null);
  const hasEarlier = earlier.length > 0 && currency !== null;
  if (!hasEarlier && Children.toArray(children).length === 0) return null;
  const sum = earlier.reduce((all, journal) => all + journal.amount, 0);
  return (
    <section className="sec" aria-labelledby="req-risk">
      <h3 id="req-risk">Worth knowing</h3>
      <ul className="risk">
        {children}
        {hasEarlier && (
          <li>
            <TriangleAlert className="s" aria-hidden="true" />
            <span>
              {ordinal(earlier.length + 1)} credit to this wallet in {DAYS} days, {formatMoney(sum, currency)} before
              this one.{' '}
              <Link
                className="link"
                href={href(`/journals?wallet=${target.id}&kind=credit&from=${from}`, client.code)}
                prefetch={false}
              >
                See them
              </Link>
            </span>
          </li>
        )}
      </ul>
    </section>
  );
}

function ordinal(count: number): string {
  return ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth'][count - 1] ?? `${count}th`;
}
