'use client';

import { ChevronRight } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useHref } from '@/components/api/scope';
import { KINDS } from '@/components/journals/kinds';
import { shortId } from '@/components/patterns/copy-id';
import { formatAmount } from '@/components/patterns/money';
import type { Transaction } from '../types';
import type { Entry } from './entries';
import { EntryTime } from './times';

// Most visits open no row.
const Peek = dynamic(() => import('./peek').then((file) => file.Peek), { ssr: false });

type Kind = keyof typeof KINDS;

/** A drawdown is a debit under another name. */
function kindOf(type: Transaction['type']): Kind {
  return type === 'drawdown' ? 'debit' : type;
}

const GOLD: ReadonlySet<string> = new Set(['expiry']);

/** One line of the statement, and under it its journal while it is open. */
export function EntryRow({
  entry,
  currency,
  names,
  numbers,
  isOpen,
  toggle,
}: {
  readonly entry: Entry;
  readonly currency: string;
  readonly names: ReadonlyMap<string, string>;
  readonly numbers: ReadonlyMap<string, number>;
  readonly isOpen: boolean;
  readonly toggle: () => void;
}) {
  const { transaction, sequence, change, balance } = entry;
  const { label, icon: Icon } = KINDS[kindOf(transaction.type)];
  const isGold = GOLD.has(transaction.type) || (transaction.lots ?? []).some(({ use }) => use === 'grant');
  const amount = formatAmount(change, currency);
  return (
    <>
      <tr className={`entry ${isOpen ? 'open' : ''}`} id={`e${sequence}`}>
        <td className="seq mono">{sequence}</td>
        <td className="when">
          <EntryTime at={transaction.created_at} />
        </td>
        <th scope="row" className="what">
          <div>
            <Icon className={`s ${isGold ? 'gold' : ''}`} aria-hidden="true" />
            <b className="nowrap">{label}</b>
            {transaction.description !== null && transaction.description !== label && (
              <span className="d cut" title={transaction.description}>
                {transaction.description}
              </span>
            )}
            <Reversals transaction={transaction} numbers={numbers} />
          </div>
        </th>
        <LotCell entry={entry} currency={currency} names={names} />
        <td className={`num m-out ${change < 0 ? '' : 'none'}`}>{change < 0 && amount}</td>
        <td className={`num m-in ${change < 0 ? 'none' : ''}`}>
          {change >= 0 && <span className="in">{change > 0 ? `+${amount}` : amount}</span>}
        </td>
        <td className="num bal" data-l="Balance">
          {balance < 0 ? (
            <span className="under">{formatAmount(balance, currency)}</span>
          ) : (
            formatAmount(balance, currency)
          )}
        </td>
        <td className="x">
          <button type="button" aria-expanded={isOpen} aria-label={`Journal of entry ${sequence}`} onClick={toggle}>
            <ChevronRight className="s" aria-hidden="true" />
          </button>
        </td>
      </tr>
      {isOpen && (
        <tr className="peek">
          <td colSpan={8}>
            <Peek transaction={transaction} sequence={sequence} names={names} />
          </td>
        </tr>
      )}
    </>
  );
}

/** `reversed by 36`, `of 35`: by number where both are in view, else by the journal. */
function Reversals({
  transaction,
  numbers,
}: {
  readonly transaction: Transaction;
  readonly numbers: ReadonlyMap<string, number>;
}) {
  const href = useHref();
  const link = (id: string) => {
    const number = numbers.get(id);
    return number === undefined ? (
      <Link href={href(`/journals/${id}`)} prefetch={false}>
        {shortId(id)}
      </Link>
    ) : (
      <a href={`#e${number}`}>{number}</a>
    );
  };
  return (
    <>
      {transaction.reversed_by !== undefined && (
        <span className="reflink">reversed by {link(transaction.reversed_by)}</span>
      )}
      {transaction.reversal_of !== undefined && <span className="reflink">of {link(transaction.reversal_of)}</span>}
    </>
  );
}

/** The lot that was granted or ended by its name; of what was spent or given back the promotional part. */
function LotCell({
  entry: { transaction, promotional, change },
  currency,
  names,
}: {
  readonly entry: Entry;
  readonly currency: string;
  readonly names: ReadonlyMap<string, string>;
}) {
  const lots = transaction.lots ?? [];
  const only = lots.length === 1 ? lots[0] : undefined;
  if (lots.length === 0) return <td className="lot none" />;
  if (only !== undefined && only.use !== 'use' && only.use !== 'undo') {
    const name = names.get(only.id) ?? (only.use === 'grant' ? transaction.reference : null) ?? shortId(only.id);
    return (
      <td className="lot">
        <span className="lotmark" title={name}>
          {name}
        </span>
      </td>
    );
  }
  const isBack = promotional > 0 && change > 0;
  return (
    <td className="lot">
      <span className="lotmark" title={isBack ? 'Given back to its lot' : 'Promotional part'}>
        {isBack ? '+' : ''}
        {formatAmount(Math.abs(promotional), currency)}
        <span className="sr">{isBack ? ' given back to promotional' : ' of it promotional'}</span>
      </span>
    </td>
  );
}
