import type { Role } from '@/contracts/roles';
import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { inTransaction } from '@/server/kernel/transaction';
import { insertUser } from './insert-user';
import { makePassword } from './make-password';
import { hashPassword } from './password-hash';
import { requireSuitable } from './password-rules';
import { readUser, type User } from './read';
import { requireLogInForOperator, requireManageable } from './require-manageable';

export interface CreateUserInput {
  /** In lower case. */
  readonly email: string;
  readonly name: string;
  readonly kind: 'staff' | 'api_user';
  readonly role: Role;
  /** Made when null. */
  readonly password: string | null;
}

export interface WithPassword {
  readonly user: User;
  /** What was made, in no log and no table; null when the caller chose it. */
  readonly password: string | null;
}

/**
 * Makes one of the people of the client that the request acts on.
 * @throws Problem user_exists, password_unsuitable, scope_missing, operator_required, login_busy
 */
export async function createUser(ctx: Context, input: CreateUserInput): Promise<WithPassword> {
  const { email, name, kind, role } = input;
  requireManageable(ctx, role, 'role');
  await requireLogInForOperator(ctx);
  if (input.password !== null) requireSuitable(input.password, email);
  const password = input.password ?? makePassword();
  const passwordHash = await hashPassword(password);
  return inTransaction(ctx, async (tx) => {
    const id = ctx.ledger.nextId();
    const { clientId } = ctx.principal;
    await insertUser(tx, { id, clientId, email, name, kind, role, passwordHash }, ctx.clock.fixedMs());
    const after = JSON.stringify({ email, name, kind, role, status: 'active' });
    await recordChange(ctx, tx, { action: 'user.created', objectId: id, before: null, after });
    return { user: await readUser(ctx, id, { tx }), password: input.password === null ? password : null };
  });
}
