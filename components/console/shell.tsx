'use client';

import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { useConsole } from '@/components/api/scope';
import { type Notice, onNotice } from '@/components/patterns/notify';
import { Nav } from './nav';
import { StepUpProvider } from './step-up';
import { Topbar } from './topbar';
import { useShortcuts } from './use-shortcuts';

// Nobody needs these before they ask for them.
const Palette = lazy(() => import('./palette').then(({ Palette: component }) => ({ default: component })));
const Notices = lazy(() => import('./notices'));
const Shortcuts = lazy(() => import('./shortcuts').then(({ Shortcuts: component }) => ({ default: component })));

export function Shell({ children }: { readonly children: ReactNode }) {
  const { scope } = useConsole();
  const [open, setOpen] = useState<'search' | 'help' | null>(null);
  const [notice, setNotice] = useState<Notice | null>(null);
  useEffect(() => onNotice((next) => setNotice((first) => first ?? next)), []);
  useShortcuts({ search: () => setOpen('search'), help: () => setOpen('help') });
  return (
    <NuqsAdapter>
      <StepUpProvider>
        <div className="console" data-mode={scope.mode}>
          <a className="skip" href="#main">
            Skip to content
          </a>
          <div className="testbar" role="status">
            {scope.mode === 'test' && (
              <span>
                Test books: nothing here moves real money.<span className="wide-only"> Providers are simulated.</span>
              </span>
            )}
          </div>
          <div className="shell">
            <Nav />
            <div className="page">
              <Topbar onSearch={() => setOpen('search')} onHelp={() => setOpen('help')} />
              <main id="main" className="wide" tabIndex={-1}>
                {children}
              </main>
            </div>
          </div>
        </div>
        <Suspense>
          {notice !== null && <Notices first={notice} />}
          {open === 'search' && <Palette close={() => setOpen(null)} />}
          {open === 'help' && <Shortcuts close={() => setOpen(null)} />}
        </Suspense>
      </StepUpProvider>
    </NuqsAdapter>
  );
}
