'use client';

import { Building2 } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { hrefIn } from '@/components/api/href';
import { useApi } from '@/components/api/queries';
import { useConsole } from '@/components/api/scope';
import { Card } from '@/components/patterns/card';
import { PageHead } from '@/components/patterns/page-head';

/** Where a page is about one client's books and none was named: the same page of each. */
export function ChooseClient({ title, what }: { readonly title: string; readonly what: string }) {
  const { scope } = useConsole();
  const path = `/${usePathname().split('/').slice(4).join('/')}`;
  const clients = useApi('/api/v1/clients', { query: { limit: '100' } });
  return (
    <>
      <PageHead title={title} sub={`${what} belong to one client. Choose whose to see.`} />
      <Card label="Clients" className="max-w-[560px]">
        <div className="rows py-2">
          {(clients.data?.data ?? []).map((client) => (
            <Link
              key={client.client_code}
              href={hrefIn({ ...scope, client: client.client_code }, path)}
              prefetch={false}
            >
              <Building2 className="s" aria-hidden="true" />
              {client.client_name}
              <span className="v">{client.client_code}</span>
            </Link>
          ))}
        </div>
      </Card>
    </>
  );
}
