import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { navigationOf } from '@/components/docs/navigation';
import { SideNav } from '@/components/docs/side-nav';
import { TopBar } from '@/components/docs/top-bar';
import { reference } from './openapi-source';
import './docs-top.css';
import './docs-frame.css';
import './docs-text.css';
import './docs-tables.css';
import './docs-lists.css';
import './docs-code.css';
import './docs-narrow.css';

export const dynamic = 'force-static';

export const metadata: Metadata = {
  title: { default: 'Docs', template: '%s · Pesewa docs' },
  description: 'Prepaid wallets on a double-entry ledger: quickstart, guides and every operation of the API.',
};

export default function DocsLayout({ children }: { children: ReactNode }) {
  return (
    <div className="docs">
      <a className="skip" href="#main">
        Skip to the text
      </a>
      <TopBar />
      <div className="grid-docs">
        <SideNav groups={navigationOf(reference())} />
        <main id="main" tabIndex={-1}>
          {children}
        </main>
      </div>
      <div id="copy-status" role="status" className="sr-only" />
      <script data-docs="" src="/docs.js" defer />
    </div>
  );
}
