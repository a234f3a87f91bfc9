import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { sqlNow } from '@/server/kernel/sql-time';
import { inTransaction } from '@/server/kernel/transaction';
import type { WithPassword } from './create-user';
import { endSessions } from './end-sessions';
import { makePassword } from './make-password';
import { hashPassword } from './password-hash';
import { requireSuitable } from './password-rules';
import { readUser } from './read';
import { requireLogInForOperator, requireManageable } from './require-manageable';

export interface SetPasswordInput {
  readonly userId: string | null;
  /** Made when null. */
  readonly password: string | null;
  readonly reason: string | null;
}

/**
 * Gives somebody a new password and ends their sessions.
 * @throws Problem resource_missing, scope_missing, password_unsuitable, operator_required, login_busy
 */
export async function setPassword(ctx: Context, input: SetPasswordInput): Promise<WithPassword> {
  await requireLogInForOperator(ctx);
  const { id, email, role } = await readUser(ctx, input.userId);
  requireManageable(ctx, role);
  if (input.password !== null) requireSuitable(input.password, email);
  const password = input.password ?? makePassword();
  const passwordHash = await hashPassword(password);
  return inTransaction(ctx, async (tx) => {
    // Again, under the lock: they may have been made an admin meanwhile.
    requireManageable(ctx, (await readUser(ctx, id, { tx, lock: true })).role);
    await tx.query(
      `update users set password_hash = $3, password_changed_at = ${sqlNow(1)}, updated_at = ${sqlNow(1)} where id = $2`,
      [ctx.clock.fixedMs(), id, passwordHash],
    );
    await endSessions(ctx, tx, id);
    // What it was and is belongs in no log.
    await recordChange(ctx, tx, {
      action: 'user.password_set',
      objectId: id,
      reason: input.reason,
      before: null,
      after: null,
    });
    return { user: await readUser(ctx, id, { tx }), password: input.password === null ? password : null };
  });
}
