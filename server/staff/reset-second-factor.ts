import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { inTransaction } from '@/server/kernel/transaction';
import { endSessions } from './end-sessions';
import { readUser, type User } from './read';
import { requireLogInForOperator, requireManageable } from './require-manageable';

export interface ResetSecondFactorInput {
  readonly userId: string | null;
  readonly reason: string | null;
}

/**
 * Takes a lost second factor away from somebody, and ends their sessions.
 * @throws Problem resource_missing, scope_missing, operator_required, second_factor_missing
 */
export async function resetSecondFactor(ctx: Context, input: ResetSecondFactorInput): Promise<User> {
  await requireLogInForOperator(ctx);
  return inTransaction(ctx, async (tx) => {
    const user = await readUser(ctx, input.userId, { tx, lock: true });
    requireManageable(ctx, user.role);
    const { rowCount } = await tx.query('delete from second_factors where user_id = $1 and enabled_at is not null', [
      user.id,
    ]);
    if (rowCount === 0) throw new Problem('second_factor_missing', 'This user has no authenticator app set up.');
    await tx.query('delete from recovery_codes where user_id = $1', [user.id]);
    await endSessions(ctx, tx, user.id);
    await recordChange(ctx, tx, {
      action: 'user.second_factor_reset',
      objectId: user.id,
      reason: input.reason,
      before: JSON.stringify({ second_factor: true }),
      after: JSON.stringify({ second_factor: false }),
    });
    return user;
  });
}
