import type { Context } from '@/server/kernel/context';
import { type Queryable, sqlNow } from '@/server/kernel/sql-time';

/** Ends every session of a user; everywhere within a second of the commit. Returns how many were open. */
export async function endSessions(ctx: Context, tx: Queryable, userId: string): Promise<number> {
  const { rowCount } = await tx.query(
    `update login_sessions set revoked_at = ${sqlNow(1)}
     where user_id = $2 and revoked_at is null and expires_at > ${sqlNow(1)}`,
    [ctx.clock.fixedMs(), userId],
  );
  return rowCount ?? 0;
}

/** Every session of a user but the one that the request came with. */
export async function endOtherSessions(ctx: Context, tx: Queryable, userId: string): Promise<number> {
  const { rowCount } = await tx.query(
    `update login_sessions set revoked_at = ${sqlNow(1)}
     where user_id = $2 and id <> $3 and revoked_at is null and expires_at > ${sqlNow(1)}`,
    [ctx.clock.fixedMs(), userId, ctx.principal.credentialId],
  );
  return rowCount ?? 0;
}
