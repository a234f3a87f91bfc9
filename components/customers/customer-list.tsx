'use client';

import { Search, X } from 'lucide-react';
import dynamic from 'next/dynamic';
import { parseAsString, useQueryStates } from 'nuqs';
import { type FormEvent, useState } from 'react';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { Card } from '@/components/patterns/card';
import { useColumns } from '@/components/patterns/columns';
import { CopyId } from '@/components/patterns/copy-id';
import { type Column, DataTable } from '@/components/patterns/data-table';
import { PageHead } from '@/components/patterns/page-head';
import { Pager } from '@/components/patterns/pager';
import { Empty } from '@/components/patterns/states';
import { Timestamp } from '@/components/patterns/timestamp';
import type { ListedCustomer } from '@/components/wallets/types';
import { spokenPhone } from '@/components/wallets/words';
import { customerListRequest } from './requests';

const CreateCustomer = dynamic(() => import('./customer-dialogs').then((file) => file.CreateCustomer), { ssr: false });

const NIL = <span className="nil">–</span>;

const NAME: Column<ListedCustomer> = {
  id: 'name',
  head: 'Customer',
  primary: true,
  cell: ({ name, id }) => name ?? id,
};
const CLIENT: Column<ListedCustomer> = {
  id: 'client',
  head: 'Client',
  className: 'by',
  label: null,
  cell: ({ client }) => client?.name ?? '',
};
const REST: readonly Column<ListedCustomer>[] = [
  {
    id: 'id',
    head: 'Customer id',
    className: 'wid',
    cell: ({ id }) => <CopyId id={id} what="customer id" whole={id.length <= 24} />,
  },
  { id: 'phone', head: 'Phone', cell: ({ phone }) => (phone === null ? NIL : spokenPhone(phone)) },
  { id: 'email', head: 'Email', wide: true, cell: ({ email }) => email ?? NIL },
  { id: 'since', head: 'Since', className: 'dim', cell: ({ created_at }) => <Timestamp at={created_at} as="day" /> },
];

/** Who has wallets. Found by the beginnings of a name, by phone or by id. */
export function CustomerList() {
  const { me, scope } = useConsole();
  const href = useHref();
  const [{ search, after }, setQuery] = useQueryStates(
    { search: parseAsString, after: parseAsString },
    { history: 'push' },
  );
  const customers = useApi(
    '/v1/customers',
    customerListRequest({ search: search ?? undefined, after: after ?? undefined }, scope),
  );
  const { columns, chooser } = useColumns(scope.client === 'all' ? [NAME, CLIENT, ...REST] : [NAME, ...REST]);
  const [creating, setCreating] = useState(false);
  const rows = customers.data?.data;
  const create = may(me, 'customers:write') && (
    <button type="button" className="btn primary" onClick={() => setCreating(true)}>
      Add customer
    </button>
  );
  return (
    <>
      <PageHead title="Customers" sub="Who has wallets with you, under your own id of each." actions={create} />
      <div className="bar filters">
        <SearchField
          key={search ?? ''}
          value={search ?? ''}
          onSearch={(text) => void setQuery({ search: text, after: null })}
        />
        <div className="end">{chooser}</div>
      </div>
      <Card label="Customers">
        <DataTable
          caption="Customers, newest first"
          columns={columns}
          rows={rows}
          keyOf={({ id, client }) => `${client?.code ?? ''}/${id}`}
          hrefOf={({ id, client }) => href(`/customers/${encodeURIComponent(id)}`, client?.code)}
          error={customers.error}
          retry={() => void customers.refetch()}
          skeletonRows={12}
          empty={
            search === null ? (
              <Empty kind="first" title="No customers yet" action={create}>
                A customer is added here, with POST /v1/customers, or by itself with their first wallet.
              </Empty>
            ) : (
              <Empty kind="none" title={`Nobody is found by “${search}”`}>
                Write the beginning of a name, of an id, or a phone number.
              </Empty>
            )
          }
        />
        {rows?.length !== 0 && (
          <Pager count={rows?.length} nextCursor={customers.data?.next_cursor} of="newest first" />
        )}
      </Card>
      {creating && <CreateCustomer close={() => setCreating(false)} />}
    </>
  );
}

function SearchField({
  value,
  onSearch,
}: {
  readonly value: string;
  readonly onSearch: (text: string | null) => void;
}) {
  const [text, setText] = useState(value);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSearch(text.trim() === '' ? null : text.trim());
  };
  return (
    <search className="find">
      <form onSubmit={submit}>
        <Search className="s" aria-hidden="true" />
        <input
          className="input"
          type="search"
          aria-label="Find a customer by name, phone or id"
          placeholder="Name, phone or id"
          value={text}
          maxLength={128}
          onChange={(event) => setText(event.target.value)}
        />
        {value !== '' && (
          <button type="button" className="iconbtn" aria-label="Clear the search" onClick={() => onSearch(null)}>
            <X className="s" aria-hidden="true" />
          </button>
        )}
        <button type="submit" className="btn">
          Find
        </button>
      </form>
    </search>
  );
}
