'use client';

import type { Route } from 'next';
import Link from 'next/link';
import { usePathname } from 'next/navigation';

/** Parts of one record, each an address of its own. */
export function Tabs({
  label,
  tabs,
}: {
  readonly label: string;
  readonly tabs: readonly {
    readonly label: string;
    readonly href: Route;
    readonly count?: number;
    readonly current?: boolean;
  }[];
}) {
  const pathname = usePathname();
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map(({ label: text, href, count, current }) => (
        <Link
          key={text}
          href={href}
          prefetch={false}
          aria-current={(current ?? pathname === href.split('?')[0]) ? 'page' : undefined}
          scroll={false}
        >
          {text}
          {count !== undefined && <span className="n">{count}</span>}
        </Link>
      ))}
    </nav>
  );
}
