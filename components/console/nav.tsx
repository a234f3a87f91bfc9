'use client';

import { BadgeCheck, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { useConsole, useHref } from '@/components/api/scope';
import { BrandMark } from '@/components/brand/mark';
import { relativeTime } from '@/components/patterns/timestamp';
import { useNow } from '@/components/patterns/use-now';
import { type NavItem, navigationOf } from './navigation';
import { useAttention } from './use-attention';

/** The console's pages. On a narrow screen a drawer, by the platform's own popover: it opens before any script runs. */
export function Nav() {
  const { me } = useConsole();
  const href = useHref();
  const pathname = usePathname();
  const drawer = useRef<HTMLElement>(null);
  const attention = useAttention();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the drawer closes when another page is reached
  useEffect(() => {
    if (drawer.current?.matches(':popover-open') === true) drawer.current.hidePopover();
  }, [pathname]);
  const counts = { approvals: attention?.approvals.count ?? 0, breaks: attention?.breaks.count ?? 0 };
  return (
    <aside className="nav" id="nav" popover="auto" aria-label="Console" ref={drawer}>
      <Link className="brand" href={href('/')}>
        <BrandMark />
        Pesewa
      </Link>
      <nav className="nav-groups" aria-label="Main">
        {navigationOf(me).map(({ label, items }) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of links is no fieldset of a form
          <div className="nav-group" key={label ?? 'home'} role="group" aria-label={label ?? 'Home'}>
            {label !== null && (
              <p className="nav-label" aria-hidden="true">
                {label}
              </p>
            )}
            {items.map((item) => (
              <Item
                key={item.path}
                item={item}
                href={href(item.path)}
                current={[item.path, ...(item.also ?? [])].some((path) => isCurrent(pathname, path))}
                count={item.count === undefined ? 0 : counts[item.count]}
              />
            ))}
          </div>
        ))}
      </nav>
      <Books />
    </aside>
  );
}

function Item({
  item,
  href,
  current,
  count,
}: {
  readonly item: NavItem;
  readonly href: ReturnType<ReturnType<typeof useHref>>;
  readonly current: boolean;
  readonly count: number;
}) {
  const Icon = item.icon;
  return (
    <Link className="item" href={href} prefetch={false} aria-current={current ? 'page' : undefined}>
      <Icon aria-hidden="true" />
      {item.label}
      {count > 0 && (
        <span className="n">
          {count}
          <span className="sr"> waiting</span>
        </span>
      )}
    </Link>
  );
}

/** Whether the books are balanced, and when that was last proved: at the foot of every page. */
function Books() {
  const attention = useAttention();
  const href = useHref();
  const nowMs = useNow();
  const books = attention?.books;
  if (books === undefined || books.proved_at === null) return <div className="nav-foot">Books not proved yet</div>;
  const Icon = books.is_balanced ? BadgeCheck : TriangleAlert;
  return (
    <div className={`nav-foot ${books.is_balanced ? '' : 'broken'}`}>
      <Icon className="s" aria-hidden="true" />
      <Link href={href('/')} prefetch={false}>
        {books.is_balanced ? 'Books balanced' : 'Books are broken'}
        <br />
        <span className="dim">checked {relativeTime(Date.parse(books.proved_at), nowMs)}</span>
      </Link>
    </div>
  );
}

/** `/console/test/all/wallets/wal_…` is within `/wallets`. */
function isCurrent(pathname: string, path: string): boolean {
  const within = `/${pathname.split('/').slice(4).join('/')}`;
  return path === '/' ? within === '/' : within === path || within.startsWith(`${path}/`);
}
