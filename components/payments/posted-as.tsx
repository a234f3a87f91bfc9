'use client';

import { ArrowRight } from 'lucide-react';
import Link from 'next/link';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { Card } from '@/components/patterns/card';
import { shortId } from '@/components/patterns/copy-id';
import { formatAmount } from '@/components/patterns/money';
import { Skeleton } from '@/components/patterns/states';
import type { AnswerOf } from '@/server/http/api-types';
import { journalRequest } from './request';

type Journal = AnswerOf<'get', '/v1/journals/{id}'>;

/** A journal in short: from which account to which, and what it did to the wallet. */
export function PostedAs({
  journalId,
  client,
  title = 'Posted as',
}: {
  readonly journalId: string;
  /** Whose books it is in. */
  readonly client?: string;
  readonly title?: string;
}) {
  const href = useHref();
  const { me } = useConsole();
  const journal = useApi('/v1/journals/{id}', journalRequest(journalId), {
    enabled: may(me, 'transactions:read'),
  }).data;
  const wallet = journal?.legs.find(({ account }) => account.wallet_id !== null);
  return (
    <Card
      title={title}
      end={
        <Link className="link" href={href(`/journals/${journalId}`, client)} prefetch={false}>
          <code>{shortId(journalId)}</code>
        </Link>
      }
      className="pay-posted"
      {...(wallet !== undefined &&
        journal !== undefined && {
          footer: (
            <span className="dim">
              Wallet {formatAmount(wallet.balance_before, journal.currency)} →{' '}
              {formatAmount(wallet.balance_after, journal.currency)} Cr
            </span>
          ),
        })}
    >
      {journal !== undefined ? (
        <Legs journal={journal} />
      ) : (
        <div className="body">
          {may(me, 'transactions:read') ? <Skeleton width={80} /> : 'Its entries are for other roles.'}
        </div>
      )}
    </Card>
  );
}

function Legs({ journal }: { readonly journal: Journal }) {
  return (
    <table>
      <caption className="sr">Legs of the journal, in {journal.currency}</caption>
      <thead className="sr">
        <tr>
          <th scope="col">Debit</th>
          <th scope="col">Credit</th>
          <th scope="col">Amount</th>
        </tr>
      </thead>
      <tbody>
        {pairsOf(journal).map(([debit, credit]) => (
          <tr key={debit.id}>
            <td>{debit.account.name}</td>
            <td>
              <ArrowRight className="s" aria-hidden="true" />
              {credit.account.name}
            </td>
            <td className="num">{formatAmount(debit.amount, journal.currency)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type Leg = Journal['legs'][number];

/** Legs 1 and 2, 3 and 4 face each other: the debit of each pair first. */
function pairsOf({ legs }: Journal): readonly (readonly [Leg, Leg])[] {
  const pairs: (readonly [Leg, Leg])[] = [];
  for (let index = 0; index + 1 < legs.length; index += 2) {
    const one = legs[index] as Leg;
    const other = legs[index + 1] as Leg;
    pairs.push(one.side === 'debit' ? [one, other] : [other, one]);
  }
  return pairs;
}
