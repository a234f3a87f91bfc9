'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { pathOfParty } from '@/components/accounts/types';
import { useHref } from '@/components/api/scope';
import { ClientName } from '@/components/console/client-name';
import { Card, Facts } from '@/components/patterns/card';
import { CopyId } from '@/components/patterns/copy-id';
import type { JournalObject } from '@/contracts/journals';
import { shortHash } from './proof';

/** What belongs to it and stands nowhere else on the page. */
export function JournalDetails({ journal }: { readonly journal: JournalObject }) {
  const href = useHref();
  const {
    kind,
    operation,
    description,
    account,
    counter_account: counter,
    client_code,
    fingerprint,
    metadata,
  } = journal;
  const party = account.wallet_id === null && counter.wallet_id !== null ? counter : account;
  const facts: (readonly [string, ReactNode])[] = [['Kind', <code key="kind">{kind}</code>]];
  if (operation !== kind) facts.push(['Operation', <code key="operation">{operation}</code>]);
  if (description !== null) facts.push(['Description', description]);
  facts.push(['Client', <ClientName key="client" code={client_code} />]);
  if (party.customer !== null) {
    const { id, name } = party.customer;
    facts.push([
      'Customer',
      <span key="customer">
        <Link className="l" href={href(`/customers/${encodeURIComponent(id)}`, client_code)} prefetch={false}>
          {name ?? id}
        </Link>{' '}
        {name !== null && <code className="dim">{id}</code>}
      </span>,
    ]);
  }
  facts.push([
    party.wallet_id === null ? 'Account' : 'Wallet',
    <CopyId
      key="party"
      id={party.wallet_id ?? party.id}
      what={party.wallet_id === null ? 'account id' : 'wallet id'}
      href={href(pathOfParty(party), client_code)}
    />,
  ]);
  facts.push([
    'Fingerprint',
    <CopyId key="print" id={fingerprint} shown={shortHash(fingerprint)} what="fingerprint" />,
  ]);
  const entries = Object.entries(metadata);
  if (entries.length > 0) {
    facts.push([
      'Metadata',
      <ul key="metadata" className="mono">
        {entries.map(([key, value]) => (
          <li key={key}>
            {key}: {typeof value === 'string' ? value : JSON.stringify(value)}
          </li>
        ))}
      </ul>,
    ]);
  }
  return (
    <Card title="Details" padded className="details">
      <Facts of={facts} />
    </Card>
  );
}
