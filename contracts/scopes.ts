/** What a credential may be allowed. `transactions:*` are those of the `/api/v1` family, transfers and batches. */
export const SCOPES = [
  'wallets:read',
  'wallets:write',
  'wallets:status',
  'customers:read',
  'customers:write',
  'accounts:read',
  'accounts:write',
  'services:read',
  'services:write',
  'transactions:read',
  'transactions:write',
  'reversals:write',
  'clients:read',
  'clients:write',
  'users:read',
  'users:write',
  'keys:read',
  'keys:write',
  'audit:read',
  'approvals:read',
  'approvals:write',
  'events:read',
  'payments:read',
  'payments:write',
  'mobilemoney-receive-direct',
  'checkout:read',
  'checkout:write',
  'notes:read',
  'notes:write',
  'logs:read',
  'webhooks:read',
  'webhooks:write',
] as const;

export type Scope = (typeof SCOPES)[number];

/** A wider scope that holds another within it. */
const INCLUDED_IN: Partial<Record<Scope, Scope>> = {
  'wallets:status': 'wallets:write',
  // Who may prompt a payer has to learn what became of it.
  'payments:read': 'mobilemoney-receive-direct',
};

/** Whether scopes granted, `*` being every one, are enough for one that is asked for. */
export function grants(granted: readonly string[], asked: string): boolean {
  if (granted.includes('*') || granted.includes(asked)) return true;
  // Who holds each by its name, as the role admin does, holds every one.
  if (asked === '*') return SCOPES.every((scope) => granted.includes(scope));
  const wider = INCLUDED_IN[asked as Scope];
  return wider !== undefined && granted.includes(wider);
}
