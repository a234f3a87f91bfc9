import { grants } from '@/contracts/scopes';
import type { Principal } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import type { AnyOperation } from './operation';

type Demands = Pick<AnyOperation, 'scope' | 'operatorOnly'>;

/** The one policy of what a credential may do. */
export function mayUse(principal: Principal, scope: string): boolean {
  return grants(principal.scopes, scope);
}

/** @throws Problem scope_missing, operator_required */
export function authorise(principal: Principal, { scope, operatorOnly }: Demands): void {
  if (scope !== null && !mayUse(principal, scope)) {
    const who = principal.role === null ? 'This key' : `The role ${principal.role}`;
    throw new Problem('scope_missing', `${who} lacks the scope ${scope}.`, { details: { required_scope: scope } });
  }
  if (operatorOnly === true && !principal.isOperator) {
    throw new Problem('operator_required', 'Only the operator’s own people may do this: log in as one.');
  }
}
