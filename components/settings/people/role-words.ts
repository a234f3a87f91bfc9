import { ROLE_SCOPES, ROLES, type Role } from '@/contracts/roles';
import { grants, type Scope } from '@/contracts/scopes';

export const ROLE_WORDS: Readonly<Record<Role, { readonly label: string; readonly means: string }>> = {
  admin: { label: 'Admin', means: 'Everything, people and keys included.' },
  finance: { label: 'Finance', means: 'Moves money, sets rules, reverses, reconciles, approves.' },
  ops: { label: 'Operations', means: 'Onboards clients, opens accounts, freezes. Moves no money.' },
  support: { label: 'Support', means: 'Looks, takes notes, keeps customers’ details right.' },
  developer: { label: 'Developer', means: 'Keys, logs, webhooks, the checkout.' },
  auditor: { label: 'Auditor', means: 'Reads everything, changes nothing.' },
};

/** Roles that somebody may give: none that holds what they lack themselves. */
export function rolesToGive(scopes: readonly string[]): readonly (readonly [Role, string])[] {
  return ROLES.filter((role) => ROLE_SCOPES[role].every((scope) => grants(scopes, scope))).map((role) => [
    role,
    ROLE_WORDS[role].label,
  ]);
}

const SUBJECTS: readonly (readonly [string, readonly Scope[]])[] = [
  ['Customers', ['customers:read', 'customers:write']],
  ['Wallets and promotions', ['wallets:read', 'wallets:status', 'wallets:write']],
  ['Payments, refunds, reconciliation', ['payments:read', 'payments:write']],
  ['Accounts and reports', ['accounts:read', 'accounts:write']],
  ['Transactions and journals', ['transactions:read', 'transactions:write']],
  ['Reversals', ['reversals:write']],
  ['Approvals', ['approvals:read', 'approvals:write']],
  ['Services, fees and limits', ['services:read', 'services:write']],
  ['Clients', ['clients:read', 'clients:write']],
  ['Checkout', ['checkout:read', 'checkout:write']],
  ['Keys', ['keys:read', 'keys:write']],
  ['Webhooks and events', ['webhooks:read', 'webhooks:write']],
  ['Request log', ['logs:read']],
  ['Notes', ['notes:read', 'notes:write']],
  ['People', ['users:read', 'users:write']],
  ['Audit trail', ['audit:read']],
];

export type Reach = 'changes' | 'freezes' | 'reads' | 'none';

/** What each role may do with each thing, from the one table that the API decides by. */
export function reachOf(): readonly (readonly [string, readonly Reach[]])[] {
  return SUBJECTS.map(([subject, scopes]) => [subject, ROLES.map((role) => reach(ROLE_SCOPES[role], scopes))]);
}

function reach(granted: readonly Scope[], scopes: readonly Scope[]): Reach {
  const held = scopes.filter((scope) => grants(granted, scope));
  if (held.some((scope) => scope.endsWith(':write'))) return 'changes';
  if (held.some((scope) => scope.endsWith(':status'))) return 'freezes';
  return held.length > 0 ? 'reads' : 'none';
}
