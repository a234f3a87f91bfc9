import type { Principal } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';

/**
 * A key cannot hand out what it lacks, or a restricted key would be none.
 * @throws Problem scope_missing
 */
export function requireGrantable(principal: Principal, scopes: readonly string[]): void {
  if (principal.scopes.includes('*')) return;
  const missing = scopes.find((scope) => !principal.scopes.includes(scope));
  if (missing === undefined) return;
  throw new Problem('scope_missing', `This key lacks the scope ${missing} and cannot grant it.`, {
    param: 'scopes',
    details: { required_scope: missing },
  });
}
