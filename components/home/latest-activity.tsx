'use client';

import Link from 'next/link';
import { useApi } from '@/components/api/queries';
import { useHref } from '@/components/api/scope';
import { KINDS } from '@/components/journals/kinds';
import { Card } from '@/components/patterns/card';
import { formatAmount } from '@/components/patterns/money';
import { Empty, Failed, Skeleton } from '@/components/patterns/states';
import { Timestamp } from '@/components/patterns/timestamp';
import { CHANNEL_NAMES } from '@/components/payments/names';
import type { AnswerOf } from '@/server/http/api-types';
import { JOURNALS_REQUEST } from './requests';
import { useClientNames } from './use-client-names';

type Journal = AnswerOf<'get', '/v1/journals'>['data'][number];

/** What it does to the account it is about; what is not named moves either way. */
const WAYS: Partial<Record<Journal['kind'], 'in' | 'out'>> = {
  debit: 'out',
  credit: 'in',
  topup: 'in',
  payment: 'in',
  late_topup: 'in',
  clawback: 'out',
  refund_return: 'in',
  expiry: 'out',
  transfer: 'out',
  close: 'out',
  refund: 'out',
  settlement: 'out',
  funding: 'in',
};

/** The newest of the books, each row the way into its journal. */
export function LatestActivity() {
  const href = useHref();
  const nameOf = useClientNames();
  const journals = useApi('/v1/journals', JOURNALS_REQUEST, { refreshEveryMs: 60_000 });
  const rows = journals.data?.data;
  return (
    <Card
      title="Latest activity"
      end={
        <Link className="link" href={href('/journals')} prefetch={false}>
          All journals
        </Link>
      }
    >
      {journals.error !== null && rows === undefined && (
        <Failed error={journals.error} retry={() => void journals.refetch()} />
      )}
      {rows?.length === 0 && (
        <Empty kind="first" title="Nothing was posted yet">
          Every movement of money stands here, newest first.
        </Empty>
      )}
      {rows?.length !== 0 && journals.error === null && (
        <div className="tablewrap">
          <table className="stack activity">
            <caption className="sr">The latest journals</caption>
            <thead>
              <tr>
                <th scope="col">Posted</th>
                <th scope="col">Event</th>
                <th scope="col">Customer</th>
                {nameOf !== null && <th scope="col">Client</th>}
                <th scope="col">For</th>
                <th scope="col" className="num">
                  Amount
                </th>
              </tr>
            </thead>
            <tbody>
              {rows === undefined
                ? Array.from({ length: 8 }, (_, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: rows that are not there yet are all alike
                    <tr key={index}>
                      <td colSpan={nameOf === null ? 5 : 6}>
                        <Skeleton width={60 + ((index * 7) % 4) * 10} />
                      </td>
                    </tr>
                  ))
                : rows.map((journal) => (
                    <ActivityRow
                      key={journal.id}
                      journal={journal}
                      client={nameOf === null ? null : nameOf(journal.client_code)}
                    />
                  ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}

function ActivityRow({ journal, client }: { readonly journal: Journal; readonly client: string | null }) {
  const href = useHref();
  const { label, icon: Icon } = KINDS[journal.kind];
  const way = WAYS[journal.kind];
  const customer = journal.account.customer ?? journal.counter_account.customer;
  return (
    <tr className="go">
      <td className="a-when dim">
        <Timestamp at={journal.posted_at} />
      </td>
      <th scope="row" className="a-ev">
        <span className="evt">
          <Icon className={`s ${journal.kind === 'credit' ? 'gold' : ''}`} aria-hidden="true" />
          <Link className="row medium" href={href(`/journals/${journal.id}`, journal.client_code)} prefetch={false}>
            {label}
          </Link>
        </span>
      </th>
      <td className="a-who">
        {customer === null ? <span className="dim">{journal.account.name}</span> : (customer.name ?? customer.id)}
      </td>
      {client !== null && <td className="a-cl soft">{client}</td>}
      <td className="a-d soft">
        <span className="cut block max-w-[44ch]">{purposeOf(journal)}</span>
      </td>
      <td className="num a-amt">
        <span className="dim">{journal.currency}</span>{' '}
        <span className={way === 'in' ? 'in' : ''}>
          {way === 'in' ? '+' : way === 'out' ? '−' : ''}
          {formatAmount(journal.amount, journal.currency)}
        </span>
      </td>
    </tr>
  );
}

function purposeOf({ channel, description, reference }: Journal): string {
  const how = channel === null ? null : CHANNEL_NAMES[channel];
  const words = [how, description].filter((part) => part !== null).join(', ');
  return words === '' ? (reference ?? '') : words;
}
