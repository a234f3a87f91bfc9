'use client';

import { Check, ChevronLeft, ChevronRight, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Moved } from '@/components/accounts/side';
import { pathOfParty, typeWords } from '@/components/accounts/types';
import { useHref } from '@/components/api/scope';
import { useClientName } from '@/components/console/client-name';
import { formatAmount, Total } from '@/components/patterns/money';
import { Timestamp } from '@/components/patterns/timestamp';
import type { JournalObject } from '@/contracts/journals';
import { feeArithmetic } from './fee-words';
import { balancesInWords, groupsOf, type Leg, type Pair } from './legs';
import { nameOf } from './sentence';

/** A table that is drawn as blocks on a phone stays a table to a screen reader. */
const ROLE = {
  table: { role: 'table' },
  group: { role: 'rowgroup' },
  row: { role: 'row' },
  cell: { role: 'cell' },
  column: { role: 'columnheader' },
  rowHead: { role: 'rowheader' },
} as const;

/** Both sides as a T: debits left, credits right, fees under a band that says why, equal totals under the double rule. */
export function TAccount({ journal }: { readonly journal: JournalObject }) {
  const { currency, legs, total } = journal;
  const { principal, charges } = groupsOf(legs);
  return (
    <section className="card tcard" aria-labelledby="h-ent">
      <h2 id="h-ent" className="sr">
        Entries
      </h2>
      <table className="tac" aria-labelledby="h-ent" {...ROLE.table}>
        <colgroup>
          <col className="ca" />
          <col className="cm" />
          <col className="ca" />
          <col className="cm" />
        </colgroup>
        <thead {...ROLE.group}>
          <tr {...ROLE.row}>
            <th scope="col" {...ROLE.column}>
              Debit
            </th>
            <th scope="col" className="num" {...ROLE.column}>
              {currency}
            </th>
            <th scope="col" className="mid" {...ROLE.column}>
              Credit
            </th>
            <th scope="col" className="num" {...ROLE.column}>
              {currency}
            </th>
          </tr>
        </thead>
        <tbody {...ROLE.group}>
          {principal.map((pair) => (
            <PairRow key={pair.key} pair={pair} journal={journal} />
          ))}
        </tbody>
        {charges.length > 0 && (
          <tbody {...ROLE.group}>
            <FeeBand journal={journal} />
            {charges.map((pair) => (
              <PairRow key={pair.key} pair={pair} journal={journal} />
            ))}
          </tbody>
        )}
        <tfoot {...ROLE.group}>
          <tr {...ROLE.row}>
            <th scope="row" {...ROLE.rowHead}>
              Total debits
            </th>
            <td className="amt" {...ROLE.cell}>
              <Total minor={sumOf(legs, 'debit')} currency={currency} />
            </td>
            <th scope="row" className="mid" {...ROLE.rowHead}>
              Total credits
            </th>
            <td className="amt" {...ROLE.cell}>
              <Total minor={sumOf(legs, 'credit')} currency={currency} />
            </td>
          </tr>
        </tfoot>
      </table>
      <p className="cf tfoot-note">
        {sumOf(legs, 'debit') === total && sumOf(legs, 'credit') === total ? (
          <span className="flat ok">
            <Check aria-hidden="true" />
            Debits equal credits
          </span>
        ) : (
          <span className="flat bad">
            <TriangleAlert aria-hidden="true" />
            Debits do not equal credits
          </span>
        )}
        <span className="dim">Dr and Cr name the side a balance stands on. {balancesInWords(legs)}</span>
      </p>
    </section>
  );
}

function PairRow({ pair, journal }: { readonly pair: Pair; readonly journal: JournalObject }) {
  return (
    <tr className="leg" {...ROLE.row}>
      <Entry leg={pair.debit} side="Debit" journal={journal} />
      <Entry leg={pair.credit} side="Credit" journal={journal} />
    </tr>
  );
}

function Entry({
  leg,
  side,
  journal,
}: {
  readonly leg: Leg | null;
  readonly side: 'Debit' | 'Credit';
  readonly journal: JournalObject;
}) {
  const href = useHref();
  const place = side === 'Credit' ? 'acct mid' : 'acct';
  if (leg === null) {
    return (
      <>
        <td className={place} {...ROLE.cell} />
        <td className="amt" {...ROLE.cell} />
      </>
    );
  }
  const { account, sequence, amount, balance_before: before, balance_after: after } = leg;
  const { currency, client_code: client } = journal;
  return (
    <>
      <td className={place} data-side={side} id={`leg-${leg.leg}`} {...ROLE.cell}>
        <Link className="nm" href={href(pathOfParty(account), client)} prefetch={false}>
          {account.name}
        </Link>
        <span className="l2">
          <span className="ty">
            {typeWords(account.type).label} <code>{account.number}</code>
          </span>
          <span className="sq">
            <Neighbour leg={leg} journal={journal} step={-1} />
            entry {sequence.toLocaleString('en-GB')}
            <Neighbour leg={leg} journal={journal} step={1} />
          </span>
        </span>
        {leg.lots.length > 0 && <Lots leg={leg} currency={currency} />}
      </td>
      <td className="amt" {...ROLE.cell}>
        <span className="a">
          <span className="sr">{side} </span>
          {formatAmount(amount, currency)}
        </span>
        <span className="bal">
          <span className="sr">balance </span>
          <Moved before={before} after={after} currency={currency} />
        </span>
      </td>
    </>
  );
}

/** To the account’s journal before or after; within this one where it has several entries on the account. */
function Neighbour({
  leg,
  journal,
  step,
}: {
  readonly leg: Leg;
  readonly journal: JournalObject;
  readonly step: 1 | -1;
}) {
  const href = useHref();
  const sequence = leg.sequence + step;
  const own = journal.legs.find((one) => one.account.id === leg.account.id && one.sequence === sequence);
  const id = step === 1 ? leg.next_journal_id : leg.previous_journal_id;
  const Icon = step === 1 ? ChevronRight : ChevronLeft;
  const label = `Entry ${sequence.toLocaleString('en-GB')} of ${leg.account.name}`;
  if (own !== undefined) {
    return (
      <a href={`#leg-${own.leg}`} aria-label={label}>
        <Icon aria-hidden="true" />
      </a>
    );
  }
  if (id === null) return <i className="none" />;
  return (
    <Link href={href(`/journals/${id}`)} prefetch={false} aria-label={label}>
      <Icon aria-hidden="true" />
    </Link>
  );
}

const LOT_WORDS: Readonly<Record<Leg['lots'][number]['use'], string>> = {
  grant: 'promotional, new lot',
  use: 'promotional, from lot',
  undo: 'promotional, back into lot',
  expire: 'expired, of lot',
  forfeit: 'forfeited, of lot',
};

function Lots({ leg, currency }: { readonly leg: Leg; readonly currency: string }): ReactNode {
  return (
    <ul className="lot-uses">
      {leg.lots.map(({ id, use, amount, expires_at }) => (
        <li key={`${id} ${use}`}>
          <span className="lotmark">{formatAmount(amount, currency)}</span> {LOT_WORDS[use]}{' '}
          <code title={id}>…{id.slice(-4)}</code>
          {expires_at !== null && use !== 'expire' && (
            <>
              , ends <Timestamp at={expires_at} as="day" />
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

function FeeBand({ journal }: { readonly journal: JournalObject }) {
  const href = useHref();
  const client = useClientName(journal.client_code);
  const { fee_rules: rules, fee, tax, currency, legs } = journal;
  const what = <b>{hasBoth(legs) ? 'Fee and tax' : legs.some(({ part }) => part === 'fee') ? 'Fee' : 'Tax'}</b>;
  if (rules === null) {
    return (
      <tr className="grp" {...ROLE.row}>
        <th colSpan={2} scope="rowgroup" {...ROLE.rowHead}>
          {what}
        </th>
        <td colSpan={2} className="mid" {...ROLE.cell}>
          {formatAmount(fee, currency)} and {formatAmount(tax, currency)} tax
        </td>
      </tr>
    );
  }
  return (
    <tr className="grp" {...ROLE.row}>
      <th colSpan={2} scope="rowgroup" {...ROLE.rowHead}>
        {what} borne by {rules.bearer === 'customer' ? nameOf(journal) : client}, by{' '}
        <Link className="l" href={href(`/services/${rules.service_code}`, journal.client_code)} prefetch={false}>
          {rules.service_name}, version {rules.version}
        </Link>
      </th>
      <td colSpan={2} className="mid" {...ROLE.cell}>
        {feeArithmetic(rules, currency)}
      </td>
    </tr>
  );
}

function hasBoth(legs: readonly Leg[]): boolean {
  return legs.some(({ part }) => part === 'fee') && legs.some(({ part }) => part === 'tax');
}

function sumOf(legs: readonly Leg[], side: Leg['side']): number {
  return legs.reduce((sum, leg) => (leg.side === side ? sum + leg.amount : sum), 0);
}
