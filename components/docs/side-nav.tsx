'use client';

import { usePathname } from 'next/navigation';
import type { NavGroup } from './navigation';

/** A client component for the sake of the path alone: the layout that holds it does not know which page it frames. */
export function SideNav({ groups }: { groups: NavGroup[] }) {
  const pathname = usePathname();
  const current = (href: string | undefined) => (href === pathname ? 'page' : undefined);

  return (
    <nav className="nav" aria-label="Docs">
      {groups.map((group) => (
        <div key={group.title} className="nav-group">
          <h2>
            {group.href ? (
              <a href={group.href} aria-current={current(group.href)}>
                {group.title}
              </a>
            ) : (
              group.title
            )}
          </h2>
          <ul>
            {group.items.map((item) => (
              <li key={item.href}>
                <a href={item.href} aria-current={current(item.href)} suppressHydrationWarning>
                  {item.title}
                  {item.method && <span>{item.method === 'delete' ? 'DEL' : item.method.toUpperCase()}</span>}
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
