'use client';

import { ChevronRight, Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { Fragment, useState } from 'react';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { ChooseClient } from '@/components/console/choose-client';
import { Card } from '@/components/patterns/card';
import { PageHead } from '@/components/patterns/page-head';
import { Pager, useCursor } from '@/components/patterns/pager';
import { Empty, Failed, Skeleton } from '@/components/patterns/states';
import { Status } from '@/components/patterns/status';
import type { AccountObject } from '@/contracts/accounts';
import { AccountTabs } from './account-tabs';
import { type ByCurrency, chartOf, type SideNode, type TypeNode } from './chart';
import { chartRequest, chartSumsRequest } from './requests';
import { sided } from './side';
import { typeWords } from './types';

const CreateAccount = dynamic(() => import('./create-account'), { ssr: false });

/** The chart of accounts as a tree: side, type, account, with balances by currency. */
export function AccountsPage() {
  const { scope } = useConsole();
  return scope.client === 'all' ? <ChooseClient title="Accounts" what="Accounts" /> : <Accounts />;
}

function Accounts() {
  const { me } = useConsole();
  const [creating, setCreating] = useState(false);
  return (
    <>
      <PageHead
        title="Accounts"
        sub="Every balance in the books, by what it is for."
        actions={
          may(me, 'accounts:write') && (
            <button type="button" className="btn primary" onClick={() => setCreating(true)}>
              <Plus aria-hidden="true" />
              Create account
            </button>
          )
        }
      />
      <AccountTabs />
      <Chart />
      {creating && <CreateAccount close={() => setCreating(false)} />}
    </>
  );
}

function Chart() {
  const { after } = useCursor();
  const sums = useApi('/v1/reports/trial_balance', chartSumsRequest());
  const accounts = useApi('/v1/accounts', chartRequest({ after }));
  const error = sums.error ?? accounts.error;
  if (sums.data === undefined || accounts.data === undefined) {
    return (
      <Card label="Chart of accounts" className="chart-card">
        {error === null ? (
          <Loading />
        ) : (
          <Failed error={error} retry={() => void Promise.all([sums.refetch(), accounts.refetch()])} />
        )}
      </Card>
    );
  }
  const currencies = sums.data.currencies.map(({ currency }) => currency);
  const chart = chartOf(sums.data.currencies, accounts.data.data);
  if (chart.length === 0) {
    return (
      <Card label="Chart of accounts" className="chart-card">
        <Empty kind="first" title="No accounts yet">
          The first wallet, or the first money in a currency, opens those that it needs.
        </Empty>
      </Card>
    );
  }
  return (
    <Card label="Chart of accounts" className="chart-card">
      <div className="tablewrap">
        <table className="coa">
          <caption className="sr">Chart of accounts with balances by currency</caption>
          <thead>
            <tr>
              <th scope="col">Account</th>
              <th scope="col" className="c-no">
                Number
              </th>
              {currencies.map((currency) => (
                <th key={currency} scope="col" className="num">
                  {currency}
                </th>
              ))}
            </tr>
          </thead>
          {chart.map((side) => (
            <Side key={side.nature} side={side} currencies={currencies} />
          ))}
        </table>
      </div>
      {(accounts.data.has_more || after !== undefined) && (
        <Pager count={accounts.data.data.length} nextCursor={accounts.data.next_cursor} of="accounts, newest first" />
      )}
    </Card>
  );
}

function Side({ side, currencies }: { readonly side: SideNode; readonly currencies: readonly string[] }) {
  return (
    <tbody>
      <tr className="c-side">
        <th scope="rowgroup">
          {side.label} <span className="dim wide-only">{side.means}</span>
        </th>
        <td className="c-no" />
        <Balances of={side.balances} currencies={currencies} />
      </tr>
      {side.types.map((node) => (
        <Type key={node.type} node={node} currencies={currencies} />
      ))}
    </tbody>
  );
}

function Type({ node, currencies }: { readonly node: TypeNode; readonly currencies: readonly string[] }) {
  const href = useHref();
  const { type, count, accounts, balances } = node;
  const [open, setOpen] = useState(true);
  const words = typeWords(type);
  const isWallets = type === 'CUSTOMER_WALLET';
  return (
    <Fragment>
      <tr className="c-type">
        <th scope="row">
          {isWallets ? (
            <Link href={href('/wallets')} prefetch={false} className="c-name c-link">
              {words.label}s
            </Link>
          ) : (
            <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
              <ChevronRight className="s" aria-hidden="true" />
              {words.label}
            </button>
          )}
          <span className="dim wide-only">{words.means}</span>
        </th>
        <td className="c-no dim">
          {count.toLocaleString('en-GB')}{' '}
          {isWallets ? (count === 1 ? 'wallet' : 'wallets') : count === 1 ? 'account' : 'accounts'}
        </td>
        <Balances of={balances} currencies={currencies} />
      </tr>
      {open && accounts.map((account) => <Row key={account.id} account={account} currencies={currencies} />)}
    </Fragment>
  );
}

function Row({ account, currencies }: { readonly account: AccountObject; readonly currencies: readonly string[] }) {
  const href = useHref();
  return (
    <tr className="c-acct go">
      <th scope="row">
        <Link className="row" href={href(`/accounts/${account.id}`)} prefetch={false}>
          {account.name}
        </Link>
        {account.status !== 'active' && <Status of={account.status} />}
      </th>
      <td className="c-no">
        <code>{account.number}</code>
      </td>
      <Balances of={{ [account.currency]: account.balance }} currencies={currencies} />
    </tr>
  );
}

/** A side is written where there is a balance; a dash is an account with nothing in it, a blank one of another currency. */
function Balances({ of, currencies }: { readonly of: ByCurrency; readonly currencies: readonly string[] }) {
  return currencies.map((currency) => {
    const minor = of[currency];
    return (
      <td key={currency} className="num">
        {minor === undefined ? '' : minor === 0 ? <span className="nil">–</span> : sided(minor, currency)}
      </td>
    );
  });
}

function Loading() {
  return (
    <div className="grid gap-5 p-4">
      {[30, 70, 62, 66, 30, 58, 64].map((width, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines that are not there yet are all alike
        <Skeleton key={index} width={width} />
      ))}
    </div>
  );
}
