'use client';

import { Building2 } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { hrefIn } from '@/components/api/href';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { Card } from '@/components/patterns/card';
import { PageHead } from '@/components/patterns/page-head';
import { Tabs } from '@/components/patterns/tabs';

const PARTS = [
  { path: '/settings/people', label: 'People and roles', scope: 'users:read' },
  { path: '/settings/policies', label: 'Policies', scope: 'approvals:read' },
  { path: '/settings/checkout', label: 'Checkout', scope: 'checkout:read' },
  { path: '/settings/providers', label: 'Payment providers', scope: 'payments:read' },
  { path: '/settings/account', label: 'Your account', scope: null },
] as const;

/** The parts of the settings that the reader may see, above the one they are on. */
export function SettingsFrame({ children }: { readonly children: ReactNode }) {
  const { me } = useConsole();
  const href = useHref();
  const parts = PARTS.filter(({ scope }) => scope === null || may(me, scope));
  return (
    <>
      <PageHead title="Settings" />
      <Tabs label="Settings" tabs={parts.map(({ path, label }) => ({ label, href: href(path) }))} />
      <div className="settings stack-gap">{children}</div>
    </>
  );
}

/** Where a part is one client's and none was named: the same part of each. */
export function WhoseSettings({ path, what }: { readonly path: string; readonly what: string }) {
  const { scope } = useConsole();
  const clients = useApi('/api/v1/clients', { query: { limit: '100' } });
  return (
    <Card title="Choose a client" note={`${what} are one client’s, in one mode`} className="max-w-[560px]">
      <div className="rows pb-2">
        {(clients.data?.data ?? []).map((client) => (
          <Link key={client.client_code} href={hrefIn({ ...scope, client: client.client_code }, path)} prefetch={false}>
            <Building2 className="s" aria-hidden="true" />
            {client.client_name}
            <span className="v">{client.client_code}</span>
          </Link>
        ))}
      </div>
    </Card>
  );
}
