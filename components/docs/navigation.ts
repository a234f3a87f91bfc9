import type { Reference } from './openapi/model';

export interface NavItem {
  title: string;
  href: string;
  method?: string;
}

export interface NavGroup {
  title: string;
  href?: string;
  items: NavItem[];
}

export interface SearchItem {
  title: string;
  href: string;
  group: string;
  method?: string;
  /** A path or a code, shown beside the title and searched with it. */
  hint?: string;
}

export const GUIDES: NavItem[] = [
  { title: 'Your first debit', href: '/docs' },
  { title: 'Keys and modes', href: '/docs/keys' },
  { title: 'Amounts and currencies', href: '/docs/amounts' },
  { title: 'Fees and limits', href: '/docs/fees' },
  { title: 'Idempotency', href: '/docs/idempotency' },
  { title: 'Expiry', href: '/docs/expiry' },
  { title: 'Events and webhooks', href: '/docs/events' },
  { title: 'Pagination', href: '/docs/pagination' },
  { title: 'Errors', href: '/docs/errors' },
];

export function navigationOf({ groups }: Reference): NavGroup[] {
  return [
    { title: 'Start', items: GUIDES },
    ...groups.map((group) => ({
      title: group.name,
      href: `/docs/reference/${group.slug}`,
      items: group.operations.map(({ summary, href, method }) => ({ title: summary, href, method })),
    })),
  ];
}

export function searchItemsOf({ groups }: Reference, errorCodes: string[]): SearchItem[] {
  return [
    ...GUIDES.map((guide) => ({ ...guide, group: 'Guide' })),
    ...groups.flatMap((group) =>
      group.operations.map(({ summary, href, method, path }) => ({
        title: summary,
        href,
        method,
        hint: path,
        group: group.name,
      })),
    ),
    ...errorCodes.map((code) => ({ title: code, href: `/docs/errors#${code}`, group: 'Error' })),
  ];
}
