import type { Scope } from '@/contracts/scopes';
import type { Principal } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';

/** The one policy of what a credential may do. */
export function mayUse(principal: Principal, scope: string): boolean {
  const { scopes } = principal;
  return scopes.includes('*') || scopes.includes(scope);
}

/** @throws Problem scope_missing */
export function authorise(principal: Principal, scope: Scope): void {
  if (mayUse(principal, scope)) return;
  throw new Problem('scope_missing', `This key lacks the scope ${scope}.`, { details: { required_scope: scope } });
}
