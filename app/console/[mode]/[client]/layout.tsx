import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { Prefetched, read } from '@/components/api/prefetch';
import { ConsoleProvider } from '@/components/api/scope';
import { BrowserFacts } from '@/components/console/browser-facts';
import { Shell } from '@/components/console/shell';
import { openPage, type ScopeParams } from '../../open-page';
import '../../console.css';

/** Where most readers are; theirs is known from their second page on. */
const DEFAULT_ZONE = 'Africa/Accra';

export default async function ConsoleLayout({
  params,
  children,
}: {
  readonly params: Promise<ScopeParams>;
  readonly children: ReactNode;
}) {
  const { scope, me, api } = await openPage(params);
  const jar = await cookies();
  const reads = [read('/v1/console/attention', {})];
  if (me.is_operator) reads.push(read('/api/v1/clients', { query: { limit: '100' } }));
  return (
    <>
      <Theme named={jar.get('pesewa_theme')?.value} nonce={(await headers()).get('x-nonce') ?? ''} />
      <ConsoleProvider scope={scope} me={me} timeZone={zoneOf(jar.get('pesewa_tz')?.value)} renderedAtMs={Date.now()}>
        <Prefetched api={api} reads={[]} optional={reads}>
          <BrowserFacts />
          <Shell>{children}</Shell>
        </Prefetched>
      </ConsoleProvider>
    </>
  );
}

/** The theme somebody chose, before anything is painted; without a choice the system's holds. */
function Theme({ named, nonce }: { readonly named: string | undefined; readonly nonce: string }) {
  if (named !== 'light' && named !== 'dark') return null;
  return (
    <script
      nonce={nonce}
      suppressHydrationWarning
      // biome-ignore lint/security/noDangerouslySetInnerHtml: one of two words of ours
      dangerouslySetInnerHTML={{ __html: `document.documentElement.dataset.theme=${JSON.stringify(named)}` }}
    />
  );
}

/** A cookie may say anything. */
function zoneOf(named: string | undefined): string {
  if (named === undefined) return DEFAULT_ZONE;
  try {
    const zone = decodeURIComponent(named);
    new Intl.DateTimeFormat('en-GB', { timeZone: zone });
    return zone;
  } catch {
    return DEFAULT_ZONE;
  }
}
