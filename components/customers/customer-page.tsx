'use client';

import { Pencil } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useState } from 'react';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { useClientName } from '@/components/console/client-name';
import { titleOf } from '@/components/journals/sentence';
import { Card } from '@/components/patterns/card';
import { CopyId } from '@/components/patterns/copy-id';
import { type Column, DataTable } from '@/components/patterns/data-table';
import { Money } from '@/components/patterns/money';
import { PageHead } from '@/components/patterns/page-head';
import { Empty, Failed, Skeleton } from '@/components/patterns/states';
import { Status } from '@/components/patterns/status';
import { Timestamp } from '@/components/patterns/timestamp';
import { Promotional } from '@/components/wallets/promotional';
import { walletsOfRequest } from '@/components/wallets/requests';
import { sumsInWords } from '@/components/wallets/sums';
import type { Customer, ListedWallet } from '@/components/wallets/types';
import { spokenPhone } from '@/components/wallets/words';
import type { JournalSummaryObject } from '@/contracts/journals';
import type { PaymentMethodObject } from '@/contracts/payment-methods';
import { latestRequest, methodsRequest } from './requests';

const CreateWallet = dynamic(
  () => import('@/components/wallets/dialogs/create-wallet').then((file) => file.CreateWallet),
  { ssr: false },
);
const EditCustomer = dynamic(() => import('./customer-dialogs').then((file) => file.EditCustomer), { ssr: false });
const EditMetadata = dynamic(() => import('./customer-dialogs').then((file) => file.EditMetadata), { ssr: false });
const DetachMethod = dynamic(() => import('./customer-dialogs').then((file) => file.DetachMethod), { ssr: false });

/** Ids are the client’s own words: short ones are read as they are. */
const WHOLE_MAX = 24;

type Open = 'edit' | 'metadata' | 'wallet' | PaymentMethodObject | null;

/** One person: their wallets, how they pay, and what you know of them. */
export function CustomerPage({ id }: { readonly id: string }) {
  const { data: customer, error, refetch } = useApi('/v1/customers/{id}', { params: { id } });
  if (customer !== undefined) return <Loaded customer={customer} />;
  return error === null ? <Skeleton /> : <Failed error={error} retry={() => void refetch()} />;
}

function Loaded({ customer }: { readonly customer: Customer }) {
  const { me, scope } = useConsole();
  const href = useHref();
  const client = useClientName(scope.client);
  const [open, setOpen] = useState<Open>(null);
  const close = (): void => setOpen(null);
  const wallets = useApi('/v1/wallets', walletsOfRequest(customer.id));
  const name = customer.name ?? customer.id;
  const held = (wallets.data?.data ?? []).filter(({ status }) => status !== 'closed');
  return (
    <>
      <PageHead
        className="wallet-head"
        crumbs={[{ label: 'Customers', href: href('/customers') }, { label: name }]}
        title={name}
        facts={[
          <CopyId key="id" id={customer.id} what="customer id" whole={customer.id.length <= WHOLE_MAX} />,
          ...(customer.phone === null ? [] : [spokenPhone(customer.phone)]),
          <span key="since">
            since <Timestamp at={customer.created_at} as="day" />
          </span>,
          me.is_operator ? (
            <Link key="client" className="l" href={href(`/clients/${scope.client}`, 'all')} prefetch={false}>
              {client}
            </Link>
          ) : (
            client
          ),
        ]}
        actions={
          <>
            {may(me, 'customers:write') && (
              <button type="button" className="btn" onClick={() => setOpen('edit')}>
                <Pencil aria-hidden="true" />
                Edit…
              </button>
            )}
            {may(me, 'wallets:write') && (
              <button type="button" className="btn primary" onClick={() => setOpen('wallet')}>
                Open a wallet
              </button>
            )}
          </>
        }
      />
      <div className="detail">
        <div className="stack-gap">
          <Card
            title="Wallets"
            {...(held.length > 0 && {
              note: `available ${sumsInWords(held.map(({ available, currency }) => ({ minor: available, currency })))}`,
            })}
          >
            <Wallets wallets={wallets.data?.data} />
          </Card>
          {may(me, 'payments:read') && <Methods customer={customer} detach={setOpen} />}
          <Activity customer={customer} />
        </div>
        <Profile customer={customer} edit={setOpen} />
      </div>
      {open === 'edit' && <EditCustomer customer={customer} close={close} />}
      {open === 'metadata' && <EditMetadata customer={customer} close={close} />}
      {open === 'wallet' && <CreateWallet customerId={customer.id} close={close} />}
      {typeof open === 'object' && open !== null && <DetachMethod method={open} close={close} />}
    </>
  );
}

const WALLETS: readonly Column<ListedWallet>[] = [
  { id: 'currency', head: 'Wallet', primary: true, cell: ({ currency }) => `${currency} wallet` },
  { id: 'id', head: 'Id', className: 'wid', wide: true, cell: ({ id }) => <CopyId id={id} what="wallet id" /> },
  {
    id: 'available',
    head: 'Available',
    numeric: true,
    cell: ({ available, currency }) => <Money minor={available} currency={currency} nil={null} />,
  },
  { id: 'held', head: 'Held', numeric: true, cell: ({ held, currency }) => <Money minor={held} currency={currency} /> },
  {
    id: 'promotional',
    head: 'Promotional',
    numeric: true,
    cell: ({ promotional, currency }) => <Promotional minor={promotional} currency={currency} />,
  },
  { id: 'status', head: 'Status', cell: ({ status }) => <Status of={status} /> },
  {
    id: 'last',
    head: 'Last activity',
    className: 'dim',
    cell: ({ last_entry_at: at }) => (at === null ? 'never' : <Timestamp at={at} />),
  },
];

function Wallets({ wallets }: { readonly wallets: readonly ListedWallet[] | undefined }) {
  const href = useHref();
  return (
    <DataTable
      caption="Wallets of this customer, newest first"
      columns={WALLETS}
      rows={wallets}
      keyOf={({ id }) => id}
      hrefOf={({ id }) => href(`/wallets/${id}`)}
      skeletonRows={2}
      empty={
        <Empty kind="first" title="No wallet yet">
          Open one in the currency that the customer pays in.
        </Empty>
      }
    />
  );
}

function Methods({
  customer,
  detach,
}: {
  readonly customer: Customer;
  readonly detach: (method: PaymentMethodObject) => void;
}) {
  const { me } = useConsole();
  const methods = useApi('/v1/payment_methods', methodsRequest(customer.id));
  const columns: readonly Column<PaymentMethodObject>[] = [
    { id: 'label', head: 'Payment method', primary: true, cell: ({ label }) => label },
    { id: 'status', head: 'Status', cell: ({ status }) => <Status of={status} /> },
    {
      id: 'consent',
      head: 'Agreed',
      cell: ({ consent }) => (
        <span title={consent.statement}>
          <Timestamp at={consent.given_at} as="day" />
        </span>
      ),
    },
    { id: 'currency', head: 'Currency', cell: ({ currency }) => currency },
    ...(may(me, 'payments:write')
      ? [
          {
            id: 'act',
            head: <span className="sr">Actions</span>,
            className: 'acts',
            label: null,
            cell: (method: PaymentMethodObject) =>
              method.status === 'active' ? (
                <button type="button" className="link" onClick={() => detach(method)}>
                  Detach…
                </button>
              ) : null,
          },
        ]
      : []),
  ];
  return (
    <Card title="Saved payment methods" note="for automatic top-ups">
      <DataTable
        caption="Saved payment methods of this customer"
        columns={columns}
        rows={methods.data?.data}
        keyOf={({ id }) => id}
        error={methods.error}
        skeletonRows={1}
        empty={
          <p className="card-blank soft">
            None. One is saved when the customer agrees to it; nothing is taken without their word.
          </p>
        }
      />
    </Card>
  );
}

/** What moved in any of their wallets last; each line is a journal. */
function Activity({ customer }: { readonly customer: Customer }) {
  const href = useHref();
  const journals = useApi('/v1/journals', latestRequest(customer.id));
  return (
    <Card
      title="Latest activity"
      end={
        <Link className="link" href={href(`/journals?customer=${encodeURIComponent(customer.id)}`)} prefetch={false}>
          All journals
        </Link>
      }
    >
      <DataTable
        caption="Latest journals that touch wallets of this customer"
        columns={JOURNALS}
        rows={journals.data?.data}
        keyOf={({ id }) => id}
        hrefOf={({ id }) => href(`/journals/${id}`)}
        error={journals.error}
        skeletonRows={4}
        empty={<p className="card-blank soft">Nothing has moved yet.</p>}
      />
    </Card>
  );
}

type Journal = JournalSummaryObject;

const JOURNALS: readonly Column<Journal>[] = [
  {
    id: 'what',
    head: 'What happened',
    primary: true,
    cell: (journal) => titleOf(journal),
  },
  {
    id: 'for',
    head: 'For',
    className: 'wrap',
    wide: true,
    cell: ({ description }) => description ?? NIL,
  },
  {
    id: 'amount',
    head: 'Amount',
    numeric: true,
    cell: ({ amount, currency }) => <Money minor={amount} currency={currency} code />,
  },
  { id: 'when', head: 'Posted', className: 'dim', cell: ({ posted_at }) => <Timestamp at={posted_at} /> },
];

const NIL = <span className="nil">–</span>;

function Related({ customer }: { readonly customer: Customer }) {
  const { me } = useConsole();
  const href = useHref();
  const named = encodeURIComponent(customer.id);
  const rows: readonly (readonly [string, string])[] = [
    [`/journals?customer=${named}`, 'Journals'],
    ...(may(me, 'payments:read')
      ? ([
          [`/payments?customer_id=${named}`, 'Payments'],
          [`/topups?customer_id=${named}`, 'Top-ups'],
        ] as const)
      : []),
    ...(may(me, 'audit:read') ? ([[`/audit?object_id=${named}`, 'Audit of this record']] as const) : []),
  ];
  return (
    <section aria-labelledby="c-related">
      <header>
        <h2 id="c-related">Related</h2>
      </header>
      <ul className="rows">
        {rows.map(([path, label]) => (
          <li key={path}>
            <Link href={href(path)} prefetch={false}>
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Profile({
  customer,
  edit,
}: {
  readonly customer: Customer;
  readonly edit: (what: 'edit' | 'metadata') => void;
}) {
  const { me } = useConsole();
  const mayWrite = may(me, 'customers:write');
  const facts = Object.entries(customer.metadata as Record<string, unknown>);
  const unknown = <span className="dim">not known</span>;
  return (
    <aside className="rail card" aria-label="About this customer">
      <section aria-labelledby="c-profile">
        <header>
          <h2 id="c-profile">Profile</h2>
          {mayWrite && (
            <div className="end">
              <button type="button" className="link" onClick={() => edit('edit')}>
                Edit…
              </button>
            </div>
          )}
        </header>
        <div className="body">
          <dl className="kv">
            <dt>Name</dt>
            <dd>{customer.name ?? unknown}</dd>
            <dt>Phone</dt>
            <dd>{customer.phone === null ? unknown : spokenPhone(customer.phone)}</dd>
            <dt>Email</dt>
            <dd>{customer.email ?? unknown}</dd>
            <dt>Id</dt>
            <dd>
              <CopyId id={customer.id} what="customer id" whole />
            </dd>
            <dt>Added</dt>
            <dd>
              <Timestamp at={customer.created_at} as="minute" />
            </dd>
            <dt>Changed</dt>
            <dd>
              <Timestamp at={customer.updated_at} as="minute" />
            </dd>
          </dl>
        </div>
      </section>
      <section aria-labelledby="c-metadata">
        <header>
          <h2 id="c-metadata">Metadata</h2>
          {mayWrite && (
            <div className="end">
              <button type="button" className="link" onClick={() => edit('metadata')}>
                Edit…
              </button>
            </div>
          )}
        </header>
        <div className="body">
          {facts.length === 0 ? (
            <p className="soft small">None. Your own facts about the customer can be kept here.</p>
          ) : (
            <dl className="kv">
              {facts.map(([name, value]) => (
                <div key={name} className="contents">
                  <dt className="mono">{name}</dt>
                  <dd className="mono">{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
                </div>
              ))}
            </dl>
          )}
        </div>
      </section>
      <Related customer={customer} />
    </aside>
  );
}
