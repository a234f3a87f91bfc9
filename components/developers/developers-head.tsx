'use client';

import type { ReactNode } from 'react';
import { may } from '@/components/api/me';
import { useConsole, useHref } from '@/components/api/scope';
import { PageHead } from '@/components/patterns/page-head';
import { Tabs } from '@/components/patterns/tabs';
import { SECTIONS, type Section } from './section';

const NEEDS = {
  '': null,
  keys: 'keys:read',
  requests: 'logs:read',
  events: 'events:read',
  webhooks: 'webhooks:read',
} as const;

/** The head of the lists: one title, a tab for each part that the person may read. */
export function DevelopersHead({ section, actions }: { readonly section: Section; readonly actions?: ReactNode }) {
  const { me } = useConsole();
  const href = useHref();
  const shown = SECTIONS.filter(([part]) => {
    const needs = NEEDS[part];
    return needs === null || may(me, needs);
  });
  return (
    <>
      <PageHead title="Developers" actions={actions} />
      <div className="dev-tabs">
        <Tabs
          label="Developers"
          tabs={shown.map(([part, label]) => ({
            label,
            href: href(part === '' ? '/developers' : `/developers/${part}`),
            current: part === section,
          }))}
        />
      </div>
    </>
  );
}
