'use client';

import { may } from '@/components/api/me';
import { useConsole, useHref } from '@/components/api/scope';
import { Tabs } from '@/components/patterns/tabs';
import type { Tab } from '../requests';
import type { Wallet } from '../types';

/** The records of a wallet, each an address; those that the person may not read are not offered. */
export function WalletTabs({
  wallet,
  holds,
  current,
}: {
  readonly wallet: Wallet;
  readonly holds: number;
  readonly current: Tab;
}) {
  const { me } = useConsole();
  const href = useHref();
  const tab = (name: Tab, label: string, count?: number) => ({
    label,
    href: href(`/wallets/${wallet.id}${name === 'statement' ? '' : `?tab=${name}`}`),
    current: name === current,
    ...(count !== undefined && count > 0 && { count }),
  });
  return (
    <Tabs
      label="Records"
      tabs={[
        tab('statement', 'Statement', wallet.entries),
        tab('holds', 'Holds', holds),
        tab('topups', 'Top-ups'),
        ...(may(me, 'payments:read') ? [tab('refunds', 'Refunds')] : []),
        tab('lots', 'Lots'),
        ...(may(me, 'logs:read') ? [tab('requests', 'Requests')] : []),
        ...(may(me, 'audit:read') ? [tab('audit', 'Audit')] : []),
      ]}
    />
  );
}
