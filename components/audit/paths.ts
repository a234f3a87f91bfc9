import { formatId, parseId } from '@/contracts/ids';

/** Where an object of the audit trail is shown, below mode and client; null where it has no page. As the search has it. */
export function pathOfTarget({ type, id }: { readonly type: string; readonly id: string }): string | null {
  const under = BY_TYPE[type];
  if (under === undefined) return pathOfId(id);
  return typeof under === 'string' ? `/${under}/${encodeURIComponent(id)}` : under(id);
}

type PathOf = string | ((id: string) => string | null);

const BY_TYPE: Readonly<Record<string, PathOf>> = {
  account: 'accounts',
  api_key: 'developers/keys',
  approval: 'approvals',
  approval_policy: () => '/settings/policies',
  auto_topup: 'wallets',
  checkout_settings: () => '/settings/checkout',
  client: 'clients',
  client_service: 'services',
  collection_policy: () => '/settings/policies',
  customer: 'customers',
  invitation: () => '/settings/people',
  payment: 'payments',
  promotion: 'promotions',
  promotion_import: 'promotions/imports',
  reconciliation: 'reconciliation',
  refund: 'refunds',
  topup: 'topups',
  transaction: journalOf,
  user: 'settings/people',
  wallet: 'wallets',
  webhook_delivery: 'developers/deliveries',
  webhook_endpoint: 'developers/webhooks',
};

const BY_PREFIX: Readonly<Record<string, PathOf>> = {
  act: 'accounts',
  apr: 'approvals',
  aud: 'audit',
  evt: 'developers/events',
  jnl: 'journals',
  key: 'developers/keys',
  pay: 'payments',
  pim: 'promotions/imports',
  promo: 'promotions',
  rec: 'reconciliation',
  req: 'developers/requests',
  rfd: 'refunds',
  top: 'topups',
  txn: journalOf,
  usr: 'settings/people',
  wal: 'wallets',
  we: 'developers/webhooks',
  whd: 'developers/deliveries',
};

/** The page of an id by its prefix, wherever one is met. */
export function pathOfId(id: string): string | null {
  const under = BY_PREFIX[id.slice(0, Math.max(0, id.indexOf('_')))];
  if (under === undefined) return null;
  return typeof under === 'string' ? `/${under}/${encodeURIComponent(id)}` : under(id);
}

/** An entry is shown in its journal, whose id is the entry's without its leg. */
function journalOf(id: string): string | null {
  const stored = parseId('transaction', id);
  return stored === null ? null : `/journals/${formatId('journal', String((BigInt(stored) >> 5n) << 5n))}`;
}
