'use client';

import { Check, ChevronsUpDown, LayoutGrid } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { hrefIn } from '@/components/api/href';
import { useApi } from '@/components/api/queries';
import { useConsole } from '@/components/api/scope';
import { Menu } from '@/components/patterns/menu';

/** Whose books are in view. A client's own people have theirs, and no menu. */
export function ClientSwitch() {
  const { me } = useConsole();
  return me.is_operator ? (
    <OperatorsSwitch />
  ) : (
    <span className="scope own">
      <span className="tile" aria-hidden="true">
        {me.client.name.charAt(0)}
      </span>
      <span>{me.client.name}</span>
    </span>
  );
}

function OperatorsSwitch() {
  const { scope } = useConsole();
  const [, , , , section] = usePathname().split('/');
  const path = section === undefined ? '/' : `/${section}`;
  const clients = useApi('/api/v1/clients', { query: { limit: '100' } });
  const current = clients.data?.data.find((client) => client.client_code === scope.client);
  const name = scope.client === 'all' ? 'All clients' : (current?.client_name ?? scope.client);
  return (
    <Menu
      className="scope"
      label={`Client: ${name}. Change client`}
      trigger={
        <>
          <span className="tile" aria-hidden="true">
            {scope.client === 'all' ? <LayoutGrid className="s" /> : name.charAt(0)}
          </span>
          <span>{name}</span>
          <ChevronsUpDown className="s" aria-hidden="true" />
        </>
      }
    >
      <Link href={hrefIn({ ...scope, client: 'all' }, path)} prefetch={false}>
        <LayoutGrid aria-hidden="true" />
        All clients
        {scope.client === 'all' && <Here />}
      </Link>
      <hr />
      {(clients.data?.data ?? []).map((client) => (
        <Link key={client.client_code} href={hrefIn({ ...scope, client: client.client_code }, path)} prefetch={false}>
          <span className="tile" aria-hidden="true">
            {client.client_name.charAt(0)}
          </span>
          {client.client_name}
          {client.client_code === scope.client && <Here />}
        </Link>
      ))}
    </Menu>
  );
}

function Here() {
  return (
    <span className="hint">
      <Check className="s" aria-hidden="true" />
      <span className="sr">in view</span>
    </span>
  );
}
