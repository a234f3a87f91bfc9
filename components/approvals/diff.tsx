'use client';

import { sided } from '@/components/accounts/side';
import { typeWords } from '@/components/accounts/types';
import { may } from '@/components/api/me';
import { useConsole } from '@/components/api/scope';
import { dateLabel } from '@/components/home/days';
import { formatAmount } from '@/components/patterns/money';
import { Timestamp } from '@/components/patterns/timestamp';
import type { ApprovalObject } from '@/contracts/approvals';
import { isPromotional } from './act-words';
import { termRows } from './diff-rows';
import { useClientApi } from './use-client-api';

type Balance = ApprovalObject['effect']['balances'][number];

interface Row {
  readonly key: string;
  readonly label: string;
  readonly before: string;
  readonly after: string;
  readonly change: string;
  readonly isPart?: boolean;
  readonly isPromo?: boolean;
  readonly isSame?: boolean;
}

/** The money, account by account, and every term: before, after, and the change. What stays is said to be the same. */
export function Diff({ approval }: { readonly approval: ApprovalObject }) {
  const { effect } = approval;
  const parts = useParts(approval);
  const currencies = [...new Set(effect.balances.map(({ currency }) => currency))];
  const terms = termRows(approval).filter(({ field }) => parts.length === 0 || field !== 'expires_at');
  return (
    <section className="sec" aria-labelledby="req-diff">
      <h3 id="req-diff">
        {approval.status === 'pending' ? 'Exactly what changes' : 'What it was to change'}{' '}
        <span className="dim">{currencies.length === 1 ? currencies[0] : ''}</span>
      </h3>
      {approval.status !== 'pending' && (
        <p className="small soft">
          As worked out when it was asked, <Timestamp at={effect.as_of} as="exact" />.
        </p>
      )}
      <table className="diff">
        <caption className="sr">Before and after, and the change</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="sr">What</span>
            </th>
            <th scope="col" className="num">
              Before
            </th>
            <th scope="col" className="num">
              After
            </th>
            <th scope="col" className="num">
              Change
            </th>
          </tr>
        </thead>
        <tbody>
          {effect.balances.flatMap((balance, index) => [
            <DiffRow key={balance.account_id} row={balanceRow(balance, effect.balances, currencies.length > 1)} />,
            ...(index === 0 ? parts.map((row) => <DiffRow key={row.key} row={row} />) : []),
          ])}
          {terms.map((term) => (
            <DiffRow
              key={term.field}
              row={{
                key: term.field,
                label: term.label,
                before: term.before ?? 'none',
                after: term.after ?? 'none',
                change: term.change,
                isSame: term.change === 'same',
              }}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function DiffRow({ row }: { readonly row: Row }) {
  const promo = row.isPromo === true && row.isSame !== true ? 'promo' : undefined;
  return (
    <tr className={row.isSame === true ? 'same' : undefined}>
      <th scope="row" className={row.isPart === true ? 'ind' : undefined}>
        {row.label}
      </th>
      <td className="num soft">{row.before}</td>
      <td className="num af">
        <span className={promo}>{row.after}</span>
      </td>
      <td className="num ch2">
        <span className={promo}>{row.change}</span>
      </td>
    </tr>
  );
}

function balanceRow(balance: Balance, all: readonly Balance[], withCurrency: boolean): Row {
  const { currency, before, after, change, type } = balance;
  const isWallet = type === 'CUSTOMER_WALLET';
  const wallets = all.filter((one) => one.type === 'CUSTOMER_WALLET').length;
  const whose = balance.name ?? balance.customer_id ?? balance.account_number;
  const label = isWallet
    ? wallets > 1
      ? `${whose}’s balance`
      : 'Wallet balance'
    : (balance.name ?? typeWords(type).label);
  const tell = (minor: number): string => (isWallet ? formatAmount(minor, currency) : sided(minor, currency));
  return {
    key: balance.account_id,
    label: withCurrency ? `${label}, ${currency}` : label,
    before: tell(before),
    after: tell(after),
    change: change === 0 ? 'same' : isWallet ? signed(change, currency) : sided(change, currency),
    isSame: change === 0,
  };
}

/** Which parts of a wallet a promotional credit would move: read beside it, and left out where the two do not agree. */
function useParts(approval: ApprovalObject): readonly Row[] {
  const { me } = useConsole();
  const { effect, target, client, operation, status } = approval;
  const [first] = effect.balances;
  const isOf =
    isPromotional({ verb: approval.verb, operation }) && operation === 'creditWallet' && status === 'pending';
  const wallet = useClientApi(
    client.code,
    '/v1/wallets/{id}',
    { params: { id: target.id } },
    isOf && may(me, 'wallets:read'),
  );
  if (!isOf || first === undefined || wallet.data === undefined || wallet.data.balance !== first.before) return [];
  const { currency, change } = first;
  const { promotional, balance } = wallet.data;
  const paid = formatAmount(balance - promotional, currency);
  const until = effect.after?.['expires_at'];
  return [
    {
      key: 'promotional',
      label: 'Promotional',
      before: formatAmount(promotional, currency),
      after: formatAmount(promotional + change, currency),
      change: signed(change, currency),
      isPart: true,
      isPromo: true,
    },
    { key: 'paid', label: 'Paid', before: paid, after: paid, change: 'same', isPart: true, isSame: true },
    {
      key: 'lot',
      label: typeof until === 'string' ? `Credit ending ${dateLabel(until)}` : 'Credit without an end',
      before: 'none',
      after: formatAmount(change, currency),
      change: 'new',
      isPart: true,
      isPromo: true,
    },
  ];
}

function signed(minor: number, currency: string): string {
  return `${minor > 0 ? '+' : ''}${formatAmount(minor, currency)}`;
}
