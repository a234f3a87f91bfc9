import { grants } from '@/contracts/scopes';
import type { Principal } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';

/**
 * A key cannot hand out what it lacks, or a restricted key would be none.
 * @throws Problem scope_missing
 */
export function requireGrantable(principal: Principal, scopes: readonly string[]): void {
  const missing = scopes.find((scope) => !grants(principal.scopes, scope));
  if (missing === undefined) return;
  throw new Problem('scope_missing', `This credential lacks the scope ${missing} and cannot grant it.`, {
    param: 'scopes',
    details: { required_scope: missing },
  });
}
