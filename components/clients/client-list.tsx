'use client';

import { Plus } from 'lucide-react';
import Link from 'next/link';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { Card } from '@/components/patterns/card';
import { type Column, DataTable } from '@/components/patterns/data-table';
import { type Filter, FilterBar, useFilters } from '@/components/patterns/filters';
import { PageHead } from '@/components/patterns/page-head';
import { Pager, useCursor } from '@/components/patterns/pager';
import { Empty } from '@/components/patterns/states';
import { Status } from '@/components/patterns/status';
import { Timestamp } from '@/components/patterns/timestamp';
import { clientListRequest } from './list-request';
import type { Client } from './profile';

const FILTERS: readonly Filter[] = [
  { name: 'search', label: 'Name, code or e-mail', placeholder: 'kane' },
  {
    name: 'is_active',
    label: 'Status',
    options: [
      ['1', 'Active'],
      ['0', 'Inactive'],
    ],
  },
];

const COLUMNS: readonly Column<Client>[] = [
  { id: 'name', head: 'Client', primary: true, cell: (client) => client.client_name },
  { id: 'code', head: 'Code', cell: (client) => <code>{client.client_code}</code> },
  {
    id: 'country',
    head: 'Country',
    cell: (client) => client.country ?? <span className="nil">–</span>,
  },
  {
    id: 'contact',
    head: 'Contact',
    cell: (client) => client.contact_person_name ?? <span className="nil">–</span>,
    wide: true,
  },
  {
    id: 'email',
    head: 'E-mail',
    cell: (client) => client.client_email ?? <span className="nil">–</span>,
    wide: true,
  },
  { id: 'status', head: 'Status', cell: (client) => <Status of={client.is_active === 1 ? 'active' : 'inactive'} /> },
  { id: 'created', head: 'Since', cell: (client) => <Timestamp at={client.created_at} as="day" /> },
];

/** For the operator's people: every client, themselves among them. */
export function ClientList() {
  const { me } = useConsole();
  const href = useHref();
  const filters = useFilters(FILTERS);
  const { after } = useCursor();
  const clients = useApi('/api/v1/clients', clientListRequest({ ...filters.values, after }));
  const create = may(me, 'clients:write') && (
    <Link className="btn primary" href={href('/clients/new')}>
      <Plus aria-hidden="true" />
      New client
    </Link>
  );
  return (
    <>
      <PageHead
        title="Clients"
        sub="Businesses whose money is kept here, each with live and test books of its own."
        actions={create}
      />
      <FilterBar filters={FILTERS} {...filters} />
      <Card label="Clients">
        <DataTable
          caption="Clients, newest first"
          columns={COLUMNS}
          rows={clients.data?.data}
          keyOf={(client) => client.client_code}
          hrefOf={(client) => href(`/clients/${client.client_code}`)}
          error={clients.error}
          retry={() => void clients.refetch()}
          empty={
            filters.isFiltered ? (
              <Empty kind="none" title="No client matches">
                The search looks at the beginning of a name, a code or an e-mail address.
              </Empty>
            ) : (
              <Empty kind="first" title="No clients yet" action={create || undefined}>
                A client gets books of its own, a first service, and credentials for its programs.
              </Empty>
            )
          }
        />
        <Pager count={clients.data?.data.length} nextCursor={clients.data?.next_cursor} of="newest first" />
      </Card>
    </>
  );
}
