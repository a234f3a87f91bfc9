import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { inTransaction } from '@/server/kernel/transaction';
import { endSessions } from './end-sessions';
import { readUser, type User } from './read';
import { requireLogInForOperator, requireManageable } from './require-manageable';

export interface RevokeSessionsInput {
  readonly userId: string | null;
  readonly reason: string | null;
}

/**
 * Logs somebody out everywhere. Repeating it is a success that changes nothing.
 * @throws Problem resource_missing, scope_missing, operator_required
 */
export async function revokeSessions(
  ctx: Context,
  input: RevokeSessionsInput,
): Promise<{ readonly user: User; readonly revoked: number }> {
  await requireLogInForOperator(ctx);
  return inTransaction(ctx, async (tx) => {
    const user = await readUser(ctx, input.userId, { tx, lock: true });
    requireManageable(ctx, user.role);
    const revoked = await endSessions(ctx, tx, user.id);
    if (revoked > 0) {
      await recordChange(ctx, tx, {
        action: 'user.sessions_revoked',
        objectId: user.id,
        reason: input.reason,
        before: JSON.stringify({ sessions: revoked }),
        after: JSON.stringify({ sessions: 0 }),
      });
    }
    return { user, revoked };
  });
}
