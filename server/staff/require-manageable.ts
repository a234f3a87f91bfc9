import { ROLE_SCOPES, type Role } from '@/contracts/roles';
import { grants } from '@/contracts/scopes';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import type { Queryable } from '@/server/kernel/sql-time';

/**
 * Nobody makes, or takes over by a new password, somebody who may do more than they themselves.
 * @param param the field that names the role, where the request does
 * @throws Problem scope_missing
 */
export function requireManageable({ principal }: Context, role: Role, param: 'role' | null = null): void {
  const missing = ROLE_SCOPES[role].find((scope) => !grants(principal.scopes, scope));
  if (missing === undefined) return;
  throw new Problem('scope_missing', `The role ${role} holds the scope ${missing}, which this credential lacks.`, {
    param,
    details: { required_scope: missing },
  });
}

/**
 * The operator's people may act on every client, so no key makes or changes one: a log-in of theirs does.
 * @throws Problem operator_required
 */
export async function requireLogInForOperator(ctx: Context, db: Queryable = ctx.db.pool): Promise<void> {
  if (ctx.principal.isOperator) return;
  const { rows } = await db.query('select from clients where public_id = $1 and is_operator', [ctx.principal.clientId]);
  if (rows.length === 0) return;
  throw new Problem('operator_required', 'Only the operator’s own people may do this: log in as one.');
}
