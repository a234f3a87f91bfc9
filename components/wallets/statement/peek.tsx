'use client';

import { BadgeCheck, CircleDashed, TriangleAlert } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useState } from 'react';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { actorWords } from '@/components/journals/actors';
import { CopyId, shortId } from '@/components/patterns/copy-id';
import { formatAmount, Total } from '@/components/patterns/money';
import { Failed, Skeleton } from '@/components/patterns/states';
import { Timestamp } from '@/components/patterns/timestamp';
import type { Journal, Transaction } from '../types';

const ReverseDialog = dynamic(() => import('@/components/journals/reverse-dialog').then((file) => file.ReverseDialog), {
  ssr: false,
});

/** The journal of an entry, in place: both sides, where it came from, and its link in the chain. */
export function Peek({
  transaction,
  sequence,
  names,
}: {
  readonly transaction: Transaction;
  readonly sequence: number;
  readonly names: ReadonlyMap<string, string>;
}) {
  const { me } = useConsole();
  const href = useHref();
  const [reversing, setReversing] = useState(false);
  const { data: journal, error, refetch } = useApi('/v1/journals/{id}', { params: { id: transaction.id } });
  if (journal === undefined) {
    return (
      <div className="peek-in">
        {error === null ? (
          <div className="stacked">
            <Skeleton width={60} />
            <Skeleton width={90} />
            <Skeleton width={75} />
          </div>
        ) : (
          <Failed error={error} retry={() => void refetch()} />
        )}
      </div>
    );
  }
  const mayReverse = journal.reversal.possible && may(me, 'reversals:write');
  return (
    <div className="peek-in">
      <div>
        <h3>
          Journal <CopyId id={journal.id} what="journal id" />{' '}
          <span>
            <Timestamp at={journal.posted_at} as="exact" />
          </span>
        </h3>
        <Legs journal={journal} />
      </div>
      <div>
        <h3>Where it came from</h3>
        <Origin journal={journal} transaction={transaction} names={names} />
      </div>
      <div className="peek-foot">
        <Link className="link" href={href(`/journals/${journal.id}`)} prefetch={false}>
          Open journal
        </Link>
        {mayReverse && (
          <button type="button" className="link" onClick={() => setReversing(true)}>
            Reverse entry {sequence}…
          </button>
        )}
        <Chain journal={journal} transaction={transaction} />
      </div>
      {mayReverse && reversing && <ReverseDialog journal={journal} open={reversing} onOpenChange={setReversing} />}
    </div>
  );
}

function Legs({ journal }: { readonly journal: Journal }) {
  const href = useHref();
  const { currency } = journal;
  return (
    <table className="legs">
      <caption className="sr">Legs of the journal in {currency}, debits left, credits right</caption>
      <thead>
        <tr>
          <th scope="col">Account</th>
          <th scope="col" className="num">
            Debit
          </th>
          <th scope="col" className="num">
            Credit
          </th>
        </tr>
      </thead>
      <tbody>
        {journal.legs.map((leg) => (
          <tr key={leg.id}>
            <td>
              <Link className="mono" href={href(`/accounts/${leg.account.number}`)} prefetch={false}>
                {leg.account.number}
              </Link>
              {leg.account.name}
              {leg.part !== 'principal' && <span className="dim">, {leg.part}</span>}
            </td>
            <td className="num">{leg.side === 'debit' && formatAmount(leg.amount, currency)}</td>
            <td className="num">{leg.side === 'credit' && formatAmount(leg.amount, currency)}</td>
          </tr>
        ))}
        <tr className="sum">
          <td>
            <span className="sr">Totals, which are equal</span>
          </td>
          <td className="num">
            <Total minor={journal.total} currency={currency} />
          </td>
          <td className="num">
            <Total minor={journal.total} currency={currency} />
          </td>
        </tr>
      </tbody>
    </table>
  );
}

function Origin({
  journal,
  transaction,
  names,
}: {
  readonly journal: Journal;
  readonly transaction: Transaction;
  readonly names: ReadonlyMap<string, string>;
}) {
  const href = useHref();
  const { currency, fee_rules: service, origin } = journal;
  const used = (transaction.lots ?? []).filter(({ use }) => use === 'use');
  const paid =
    transaction.balance_before - transaction.balance_after - used.reduce((sum, { amount }) => sum + amount, 0);
  return (
    <dl className="kv">
      {used.length > 0 && (
        <>
          <dt>Paid with</dt>
          <dd>
            {used.map(({ id, amount }) => (
              <span key={id} className="block">
                <span className="promo medium">{formatAmount(amount, currency)}</span> {names.get(id) ?? shortId(id)}
              </span>
            ))}
            {paid > 0 && (
              <span className="block">
                <span className="medium">{formatAmount(paid, currency)}</span> paid money
              </span>
            )}
          </dd>
        </>
      )}
      {journal.reference !== null && (
        <>
          <dt>Reference</dt>
          <dd className="mono">{journal.reference}</dd>
        </>
      )}
      {journal.payment_id !== null && (
        <>
          <dt>Payment</dt>
          <dd>
            <CopyId id={journal.payment_id} what="payment id" href={href(`/payments/${journal.payment_id}`)} />
          </dd>
        </>
      )}
      {service !== null && (
        <>
          <dt>Service</dt>
          <dd>
            {service.service_name}, version {service.version}
          </dd>
        </>
      )}
      <dt>Posted by</dt>
      <dd>{actorWords(origin.actor)}</dd>
      {origin.request !== null && (
        <>
          <dt>Request</dt>
          <dd>
            <CopyId id={origin.request.id} what="request id" />
          </dd>
        </>
      )}
    </dl>
  );
}

const shortHash = (hash: string): string => `${hash.slice(0, 4)}…${hash.slice(-4)}`;

/** The entry’s own link, recomputed now: what it hashes to, and what it follows. */
function Chain({ journal, transaction }: { readonly journal: Journal; readonly transaction: Transaction }) {
  const proof = useApi('/v1/journals/{id}/proof', { params: { id: journal.id } });
  const entry = proof.data?.entries.find(({ account }) => account.wallet_id === transaction.wallet_id);
  if (entry === undefined) return <span className="chain">{'\u00a0'}</span>;
  if (!entry.matches) {
    return (
      <span className="chain broken" role="alert">
        <TriangleAlert className="s" aria-hidden="true" />
        The hash does not match. Look at its proof.
      </span>
    );
  }
  const Icon = journal.sealed ? BadgeCheck : CircleDashed;
  return (
    <span className="chain" title={journal.sealed ? 'Covered by a signed seal' : 'Sealed within a quarter of an hour'}>
      <Icon className="s" aria-hidden="true" />
      <span>
        Hash <code>{shortHash(entry.hash)}</code>{' '}
        {/^0+$/.test(entry.previous_hash) ? (
          'begins the chain'
        ) : (
          <>
            follows <code>{shortHash(entry.previous_hash)}</code>
          </>
        )}
      </span>
    </span>
  );
}
