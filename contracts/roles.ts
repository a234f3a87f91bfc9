import { SCOPES, type Scope } from './scopes';

/** What a person or API user is. The same roles for the operator's people and for a client's own. */
export const ROLES = ['admin', 'finance', 'ops', 'support', 'developer', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

const READS: readonly Scope[] = SCOPES.filter((scope) => scope.endsWith(':read'));
const without = (scopes: readonly Scope[], ...left: readonly Scope[]): Scope[] =>
  scopes.filter((scope) => !left.includes(scope));

/** The one table of what each role may do. */
export const ROLE_SCOPES: Readonly<Record<Role, readonly Scope[]>> = {
  /** Everything, people and keys included. */
  admin: SCOPES,
  /** Moves money, sets rules, reverses, reconciles. */
  finance: [
    ...without(READS, 'keys:read', 'users:read', 'logs:read'),
    'notes:write',
    'wallets:write',
    'accounts:write',
    'services:write',
    'transactions:write',
    'reversals:write',
    'approvals:write',
    'payments:write',
    'mobilemoney-receive-direct',
  ],
  /** Onboards clients, opens accounts, freezes; moves no money. */
  ops: [
    ...without(READS, 'keys:read', 'users:read', 'logs:read'),
    'notes:write',
    'wallets:status',
    'customers:write',
    'accounts:write',
    'clients:write',
  ],
  /** Looks, and keeps customers' details right. */
  support: [...without(READS, 'keys:read', 'users:read', 'audit:read', 'logs:read'), 'customers:write', 'notes:write'],
  /** Keys, logs and webhooks. */
  developer: [...without(READS, 'users:read', 'audit:read'), 'keys:write', 'webhooks:write', 'checkout:write'],
  /** Reads everything, changes nothing. */
  auditor: READS,
};
