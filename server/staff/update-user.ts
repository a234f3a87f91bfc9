import type { Role } from '@/contracts/roles';
import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { sqlNow } from '@/server/kernel/sql-time';
import { inTransaction, type Transaction } from '@/server/kernel/transaction';
import { endSessions } from './end-sessions';
import { readUser, type User } from './read';
import { requireLogInForOperator, requireManageable } from './require-manageable';

export interface UpdateUserInput {
  readonly userId: string | null;
  readonly name: string | undefined;
  readonly role: Role | undefined;
  readonly status: 'active' | 'inactive' | undefined;
  readonly reason: string | null;
}

/**
 * Changes who somebody is. Another role, or a deactivation, ends their sessions.
 * @throws Problem resource_missing, scope_missing, last_admin, operator_required
 */
export async function updateUser(ctx: Context, input: UpdateUserInput): Promise<User> {
  await requireLogInForOperator(ctx);
  return inTransaction(ctx, async (tx) => {
    const was = await readUser(ctx, input.userId, { tx, lock: true });
    const { name = was.name, role = was.role, status = was.status } = input;
    requireManageable(ctx, was.role);
    requireManageable(ctx, role, 'role');
    if (name === was.name && role === was.role && status === was.status) return was;
    const isAdmin = (as: { role: Role; status: string }): boolean => as.role === 'admin' && as.status === 'active';
    if (isAdmin(was) && !isAdmin({ role, status })) await requireAnotherAdmin(ctx, tx, was.id);
    await tx.query(`update users set name = $3, role = $4, status = $5, updated_at = ${sqlNow(1)} where id = $2`, [
      ctx.clock.fixedMs(),
      was.id,
      name,
      role,
      status,
    ]);
    if (role !== was.role || status !== was.status) await endSessions(ctx, tx, was.id);
    await recordChange(ctx, tx, {
      action: 'user.updated',
      objectId: was.id,
      reason: input.reason,
      before: JSON.stringify({ name: was.name, role: was.role, status: was.status }),
      after: JSON.stringify({ name, role, status }),
    });
    return readUser(ctx, was.id, { tx });
  });
}

/**
 * Of the operator one admin stays: nobody else could make another. The lock on the operator's row makes two admins who
 * deactivate each other at once take turns.
 */
async function requireAnotherAdmin(ctx: Context, tx: Transaction, userId: string): Promise<void> {
  const { rows } = await tx.query<{ id: string }>(
    'select id from clients where public_id = $1 and is_operator for update',
    [ctx.principal.clientId],
  );
  const operator = rows[0];
  if (operator === undefined) return;
  const others = await tx.query(
    `select from users where client_id = $1 and id <> $2 and role = 'admin' and status = 'active' limit 1`,
    [operator.id, userId],
  );
  if (others.rows.length === 0) {
    throw new Problem('last_admin', 'This is the operator’s last active admin. Make another one first.');
  }
}
