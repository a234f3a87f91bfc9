import {
  ArrowDownToLine,
  BookOpenText,
  Building2,
  ChartNoAxesColumn,
  CodeXml,
  House,
  ListTree,
  ListX,
  type LucideIcon,
  Settings,
  ShieldCheck,
  SlidersHorizontal,
  SquareCheckBig,
  Tag,
  UserRound,
  Wallet,
} from 'lucide-react';
import { type Me, may } from '@/components/api/me';
import type { Scope as Permission } from '@/contracts/scopes';

export interface NavItem {
  readonly path: string;
  readonly label: string;
  readonly icon: LucideIcon;
  /** Other paths whose pages belong to it. */
  readonly also?: readonly string[];
  /** Any of these lets one see it; none, everyone does. */
  readonly scopes?: readonly Permission[];
  readonly operatorOnly?: boolean;
  /** Which count of what needs somebody stands beside it. */
  readonly count?: 'approvals' | 'breaks';
  /** Pressed after `g`. */
  readonly key?: string;
}

export interface NavGroup {
  readonly label: string | null;
  readonly items: readonly NavItem[];
}

const GROUPS: readonly NavGroup[] = [
  { label: null, items: [{ path: '/', label: 'Home', icon: House, key: 'h' }] },
  {
    label: 'Daily work',
    items: [
      { path: '/approvals', label: 'Approvals', icon: SquareCheckBig, count: 'approvals', key: 'a' },
      {
        path: '/reconciliation',
        label: 'Reconciliation',
        icon: ListX,
        scopes: ['payments:read'],
        count: 'breaks',
        key: 'r',
      },
    ],
  },
  {
    label: 'Customers',
    items: [
      { path: '/customers', label: 'Customers', icon: UserRound, scopes: ['customers:read'], key: 'c' },
      { path: '/wallets', label: 'Wallets', icon: Wallet, scopes: ['wallets:read'], key: 'w' },
      {
        path: '/payments',
        also: ['/topups', '/refunds'],
        label: 'Payments',
        icon: ArrowDownToLine,
        scopes: ['payments:read'],
        key: 'p',
      },
      { path: '/promotions', label: 'Promotions', icon: Tag, scopes: ['wallets:read'], key: 'm' },
    ],
  },
  {
    label: 'Books',
    items: [
      { path: '/accounts', label: 'Accounts', icon: ListTree, scopes: ['accounts:read'] },
      { path: '/journals', label: 'Journals', icon: BookOpenText, scopes: ['accounts:read'], key: 'j' },
      { path: '/reports', label: 'Reports', icon: ChartNoAxesColumn, scopes: ['accounts:read'] },
    ],
  },
  {
    label: 'Clients',
    items: [
      { path: '/clients', label: 'Clients', icon: Building2, scopes: ['clients:read'], operatorOnly: true },
      { path: '/services', label: 'Services', icon: SlidersHorizontal, scopes: ['services:read'], key: 's' },
      {
        path: '/developers',
        label: 'Developers',
        icon: CodeXml,
        scopes: ['keys:read', 'webhooks:read', 'events:read'],
        key: 'd',
      },
    ],
  },
  {
    label: 'Control',
    items: [
      { path: '/audit', label: 'Audit trail', icon: ShieldCheck, scopes: ['audit:read'], key: 't' },
      { path: '/settings', label: 'Settings', icon: Settings },
    ],
  },
];

/** What a person sees of the console; a group with nothing left in it is not drawn. */
export function navigationOf(me: Me): readonly NavGroup[] {
  return GROUPS.map((group) => ({ ...group, items: group.items.filter((item) => sees(me, item)) })).filter(
    ({ items }) => items.length > 0,
  );
}

function sees(me: Me, { scopes, operatorOnly }: NavItem): boolean {
  if (operatorOnly === true && !me.is_operator) return false;
  return scopes === undefined || scopes.some((scope) => may(me, scope));
}
