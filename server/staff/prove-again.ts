import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { sqlMs, sqlNow } from '@/server/kernel/sql-time';
import { type Transaction, transact } from '@/server/kernel/transaction';
import { PROVED_MINUTES } from './console-session';
import { inTurn, passwordMatches } from './password-hash';
import { requirePerson } from './person';
import { withProvenCode } from './prove-by-code';
import { countFailure, forgetFailures, requireNotThrottled } from './throttle';

export interface ProveAgainInput {
  /** One of the two. */
  readonly password: string | null;
  readonly code: string | null;
}

/**
 * Step-up: the session may do what asks for a proof, for ten minutes. Returns until when.
 * @throws Problem login_required, session_required, confirmation_wrong, login_throttled, login_busy
 */
export async function proveAgain(ctx: Context, { password, code }: ProveAgainInput): Promise<number> {
  const person = await requirePerson(ctx);
  if (ctx.principal.console === undefined) {
    throw new Problem('session_required', 'Only a session of the console is asked to confirm.');
  }
  if (code !== null) return withProvenCode(ctx, person.id, code, (tx) => noteProof(ctx, tx, person.id, 'code'));
  await requirePassword(ctx, person.id, password ?? '', 'password');
  return transact(ctx.db, (tx) => noteProof(ctx, tx, person.id, 'password'));
}

/**
 * One's own password, given again. Failures are counted apart from those of signing in, where anybody can make them.
 * @param param the field that holds it
 * @throws Problem confirmation_wrong, login_throttled, login_busy
 */
export async function requirePassword(ctx: Context, userId: string, password: string, param: string): Promise<void> {
  const keys = { account: `proof:${userId}`, address: null };
  const { rows } = await ctx.db.pool.query<{ password_hash: string }>('select password_hash from users where id = $1', [
    userId,
  ]);
  const matches = await inTurn(async () => {
    await requireNotThrottled(ctx, keys);
    const isRight = await passwordMatches(rows[0]?.password_hash ?? null, password);
    await transact(ctx.db, (tx) => (isRight ? forgetFailures(tx, keys) : countFailure(ctx, tx, keys)));
    return isRight;
  });
  if (!matches) throw new Problem('confirmation_wrong', 'The password is wrong.', { param });
}

async function noteProof(ctx: Context, tx: Transaction, userId: string, by: 'password' | 'code'): Promise<number> {
  const { rows } = await tx.query<{ until_ms: string }>(
    `update login_sessions set proved_at = ${sqlNow(1)} where id = $2
     returning ${sqlMs(`proved_at + ${PROVED_MINUTES} * interval '1 minute'`)} as until_ms`,
    [ctx.clock.fixedMs(), ctx.principal.credentialId],
  );
  const after = JSON.stringify({ by });
  await recordChange(ctx, tx, { action: 'user.stepped_up', objectId: userId, before: null, after });
  return Number(rows[0]?.until_ms ?? 0);
}
