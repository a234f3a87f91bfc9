'use client';

import { useHref } from '@/components/api/scope';
import { Tabs } from '@/components/patterns/tabs';

export function AccountTabs() {
  const href = useHref();
  return (
    <Tabs
      label="Accounts"
      tabs={[
        { label: 'Chart', href: href('/accounts') },
        { label: 'Trial balance', href: href('/accounts/trial-balance') },
      ]}
    />
  );
}
