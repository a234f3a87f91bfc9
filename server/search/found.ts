import { formatId, type IdKind } from '@/contracts/ids';
import { formatMinor } from '@/contracts/money';
import type { Scope } from '@/contracts/scopes';
import type { SearchType } from '@/contracts/search';

/** A record as every part of the search finds it: one shape, so that one statement can look in many places. */
export interface FoundRow {
  type: SearchType;
  /** As stored; public already where the type has no id of our own making. */
  id: string;
  title: string;
  /** Parts of the second line, an amount aside; empty ones are left out. */
  details: (string | null)[];
  status: string | null;
  amount_minor: string | null;
  currency: string | null;
  /** What it is shown under: the wallet of a hold, the journal of an entry. */
  parent: string | null;
  client_code: string;
  client_name: string;
}

export interface Found {
  readonly type: SearchType;
  readonly id: string;
  readonly title: string;
  readonly subtitle: string;
  readonly status: string | null;
  readonly client: { readonly code: string; readonly name: string };
  readonly path: readonly string[];
  readonly isExact: boolean;
}

/** What one must be allowed to read to be shown a record of a type. */
export const SCOPE_OF: Readonly<Record<SearchType, Scope>> = {
  wallet: 'wallets:read',
  account: 'accounts:read',
  customer: 'customers:read',
  client: 'clients:read',
  service: 'services:read',
  payment: 'payments:read',
  refund: 'payments:read',
  topup: 'wallets:read',
  payment_method: 'wallets:read',
  journal: 'transactions:read',
  transaction: 'transactions:read',
  hold: 'wallets:read',
  lot: 'wallets:read',
  promotion: 'wallets:read',
  promotion_import: 'wallets:read',
  approval: 'approvals:read',
  reconciliation: 'payments:read',
  audit_entry: 'audit:read',
  event: 'events:read',
  webhook_endpoint: 'webhooks:read',
  webhook_delivery: 'webhooks:read',
  api_key: 'keys:read',
  user: 'users:read',
  request: 'logs:read',
  note: 'notes:read',
};

/** Which public id a type has; null where its stored one is what people know it by. */
export const ID_OF: Readonly<Record<SearchType, IdKind | null>> = {
  wallet: 'wallet',
  account: 'account',
  customer: null,
  client: null,
  service: null,
  payment: null,
  refund: 'refund',
  topup: 'topup',
  payment_method: 'paymentMethod',
  journal: 'journal',
  transaction: 'transaction',
  hold: 'hold',
  lot: 'lot',
  promotion: 'promotion',
  promotion_import: 'promotionImport',
  approval: 'approval',
  reconciliation: 'reconciliation',
  audit_entry: 'audit',
  event: 'event',
  webhook_endpoint: 'webhook',
  webhook_delivery: 'delivery',
  api_key: 'key',
  user: 'user',
  request: 'request',
  note: 'note',
};

type PathOf = (id: string, parent: string | null) => readonly string[];
const under =
  (...parts: readonly string[]): PathOf =>
  (id) => [...parts, id];
/** Shown on its wallet's page. */
const onWallet =
  (part: string): PathOf =>
  (id, parent) =>
    parent === null ? ['wallets'] : ['wallets', formatId('wallet', parent), part, id];

const PATH_OF: Readonly<Record<SearchType, PathOf>> = {
  wallet: under('wallets'),
  account: under('accounts'),
  customer: under('customers'),
  client: under('clients'),
  service: under('services'),
  payment: under('payments'),
  refund: under('refunds'),
  topup: under('topups'),
  payment_method: (_, parent) => (parent === null ? ['customers'] : ['customers', parent]),
  journal: under('journals'),
  transaction: (_, parent) => ['journals', formatId('journal', parent ?? '0')],
  hold: onWallet('holds'),
  lot: onWallet('lots'),
  promotion: under('promotions'),
  promotion_import: under('promotions', 'imports'),
  approval: under('approvals'),
  reconciliation: under('reconciliation'),
  audit_entry: under('audit'),
  event: under('developers', 'events'),
  webhook_endpoint: under('developers', 'webhooks'),
  webhook_delivery: under('developers', 'deliveries'),
  api_key: under('developers', 'keys'),
  user: under('settings', 'people'),
  request: under('developers', 'requests'),
  note: onWallet('notes'),
};

export function toFound(row: FoundRow, isExact: boolean): Found {
  const kind = ID_OF[row.type];
  const id = kind === null ? row.id : formatId(kind, row.id);
  const amount =
    row.amount_minor === null || row.currency === null ? null : formatMinor(BigInt(row.amount_minor), row.currency);
  return {
    type: row.type,
    id,
    title: row.title,
    subtitle: [amount, ...row.details].filter((part) => part !== null && part !== '').join(', '),
    status: row.status,
    client: { code: row.client_code, name: row.client_name },
    path: PATH_OF[row.type](id, row.parent),
    isExact,
  };
}

/** The columns of every part, in this order. */
export function columns(row: {
  readonly type: SearchType;
  readonly id: string;
  readonly title: string;
  readonly details?: readonly string[];
  readonly status?: string;
  readonly amount?: string;
  readonly currency?: string;
  readonly parent?: string;
}): string {
  return `'${row.type}' as type, (${row.id})::text as id, coalesce((${row.title})::text, '') as title,
    array[${(row.details ?? []).map((part) => `(${part})::text`).join(', ')}]::text[] as details,
    ${row.status ?? 'null'}::text as status, ${row.amount ?? 'null'}::text as amount_minor,
    ${row.currency ?? 'null'}::text as currency, ${row.parent ?? 'null'}::text as parent,
    c.code as client_code, c.name as client_name`;
}

/** Whose books a row is in, for `t` and `c`. @param row the alias that has the tenant */
export function booksOf(row: string): string {
  return `join tenants t on t.id = ${row}.tenant_id join clients c on c.id = t.client_id`;
}
