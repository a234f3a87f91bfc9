import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { sqlNow } from '@/server/kernel/sql-time';
import { inTransaction } from '@/server/kernel/transaction';

/**
 * Ends the session that the request came with, everywhere within a second.
 * @throws Problem login_required
 */
export async function logOut(ctx: Context): Promise<{ readonly isLoggedOut: true }> {
  const { principal } = ctx;
  if (principal.kind !== 'login') {
    throw new Problem('login_required', 'Only an access token of a log-in can be ended here; this is a key.');
  }
  return inTransaction(ctx, async (tx) => {
    const { rowCount } = await tx.query(
      `update login_sessions set revoked_at = ${sqlNow(1)} where id = $2 and revoked_at is null`,
      [ctx.clock.fixedMs(), principal.credentialId],
    );
    if (rowCount === 1) {
      const objectId = principal.actor.slice('user:'.length);
      await recordChange(ctx, tx, { action: 'user.logged_out', objectId, before: null, after: null });
    }
    return { isLoggedOut: true };
  });
}
