'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { Card, Facts } from '@/components/patterns/card';
import { CopyId } from '@/components/patterns/copy-id';
import { formatAmount } from '@/components/patterns/money';
import { PageHead } from '@/components/patterns/page-head';
import { Failed, Skeleton } from '@/components/patterns/states';
import { Status } from '@/components/patterns/status';
import { Timestamp } from '@/components/patterns/timestamp';
import type { AccountObject } from '@/contracts/accounts';
import { AccountActions } from './account-actions';
import { AccountStatement } from './account-statement';
import { sided } from './side';
import { typeWords } from './types';

export function AccountPage({ id }: { readonly id: string }) {
  const { data: account, error, refetch } = useApi('/v1/accounts/{id}', { params: { id } });
  if (account !== undefined) return <Account account={account} />;
  return error === null ? <Skeleton /> : <Failed error={error} retry={() => void refetch()} />;
}

function Account({ account }: { readonly account: AccountObject }) {
  const href = useHref();
  const words = typeWords(account.type);
  return (
    <>
      <PageHead
        crumbs={[{ label: 'Accounts', href: href('/accounts') }, { label: account.name }]}
        title={account.name}
        badges={<Status of={account.status} />}
        facts={[
          <CopyId key="id" id={account.id} what="account id" />,
          <span key="number">
            Account <code>{account.number}</code>
          </span>,
          `${words.label}, ${account.currency}`,
        ]}
        actions={<AccountActions account={account} />}
      />
      <div className="detail">
        <div className="stack-gap">
          <Figures account={account} />
          <AccountStatement account={account} />
        </div>
        <Rail account={account} />
      </div>
    </>
  );
}

function Figures({ account }: { readonly account: AccountObject }) {
  const { currency, balance, available, held, minimum_balance: minimum } = account;
  const figure = (minor: number): ReactNode => formatAmount(minor, currency);
  const [amount = '', side = ''] = sided(balance, currency).split(' ');
  return (
    <Card label="Balance">
      <dl className="balance">
        <div className="lead">
          <dt>Balance</dt>
          <dd className="fig">
            <small>{currency}</small>
            {amount} <small>{side}</small>
          </dd>
          <dd className="why">{balance < 0 ? 'on the debit side' : balance === 0 ? 'empty' : 'on the credit side'}</dd>
        </div>
        {typeWords(account.type).nature === 'owed' && (
          <div>
            <dt>Available</dt>
            <dd className="fig">{figure(available)}</dd>
            <dd className="why">{whyAvailable(account)}</dd>
          </div>
        )}
        <div>
          <dt>Held</dt>
          <dd className="fig">{figure(held)}</dd>
          <dd className="why">set aside by holds</dd>
        </div>
        <div>
          <dt>Minimum</dt>
          <dd className="fig">{figure(minimum)}</dd>
          <dd className="why">must stay in it</dd>
        </div>
      </dl>
    </Card>
  );
}

function whyAvailable({ status, can_overdraw: mayOverdraw }: AccountObject): string {
  if (status === 'frozen') return 'none goes out while frozen';
  if (status !== 'active') return 'nothing moves';
  return mayOverdraw ? 'may be overdrawn' : 'free to move';
}

function Rail({ account }: { readonly account: AccountObject }) {
  const href = useHref();
  const { scope } = useConsole();
  const words = typeWords(account.type);
  const facts: (readonly [string, ReactNode])[] = [
    ['Type', words.label],
    ['For', account.status_description ?? words.means],
  ];
  if (account.wallet_id !== null) {
    facts.push([
      'Wallet',
      <CopyId key="wallet" id={account.wallet_id} what="wallet id" href={href(`/wallets/${account.wallet_id}`)} />,
    ]);
  }
  facts.push(['Opened', <Timestamp key="opened" at={account.created_at} as="exact" />]);
  facts.push([
    'Last moved',
    account.last_activity_at === null ? 'never' : <Timestamp key="moved" at={account.last_activity_at} />,
  ]);
  facts.push(['Kept by', account.is_system ? 'the system: it cannot be changed' : 'the client']);
  return (
    <aside className="card rail" aria-label="About this account">
      <section>
        <header>
          <h2>About</h2>
        </header>
        <div className="body">
          <Facts of={facts} />
        </div>
      </section>
      <section>
        <header>
          <h2>Related</h2>
        </header>
        <div className="rows">
          <Link href={href(`/journals?account=${account.number}`)} prefetch={false}>
            Journals <span className="v">that touch it</span>
          </Link>
          <Link href={href(`/audit?object_id=${account.id}`)} prefetch={false}>
            Audit trail <span className="v">of its settings</span>
          </Link>
          <Link href={href('/accounts/trial-balance')} prefetch={false}>
            Trial balance <span className="v">{scope.mode} books</span>
          </Link>
        </div>
      </section>
    </aside>
  );
}
