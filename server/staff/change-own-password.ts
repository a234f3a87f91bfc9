import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { sqlNow } from '@/server/kernel/sql-time';
import { inTransaction } from '@/server/kernel/transaction';
import { endOtherSessions } from './end-sessions';
import { hashPassword } from './password-hash';
import { requireSuitable } from './password-rules';
import { requirePerson } from './person';
import { requirePassword } from './prove-again';

/**
 * Another password for oneself, for the one there was; ends the other sessions. Returns how many those were.
 * @throws Problem login_required, confirmation_wrong, password_unsuitable, login_throttled, login_busy
 */
export async function changeOwnPassword(
  ctx: Context,
  { current, password }: { readonly current: string; readonly password: string },
): Promise<number> {
  const person = await requirePerson(ctx);
  await requirePassword(ctx, person.id, current, 'current_password');
  requireSuitable(password, person.email);
  const passwordHash = await hashPassword(password);
  return inTransaction(ctx, async (tx) => {
    await tx.query(
      `update users set password_hash = $3, password_changed_at = ${sqlNow(1)}, updated_at = ${sqlNow(1)} where id = $2`,
      [ctx.clock.fixedMs(), person.id, passwordHash],
    );
    const ended = await endOtherSessions(ctx, tx, person.id);
    await recordChange(ctx, tx, {
      action: 'user.password_changed',
      objectId: person.id,
      before: null,
      after: JSON.stringify({ sessions_ended: ended }),
    });
    return ended;
  });
}
