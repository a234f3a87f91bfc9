import type { Context } from '@/server/kernel/context';
import { sqlMs, sqlNow } from '@/server/kernel/sql-time';
import type { Transaction } from '@/server/kernel/transaction';
import { spendRecoveryCode } from './recovery-codes';
import { CODE_PATTERN, stepOfCode } from './totp';

export type Factor = 'totp' | 'recovery_code';

export const factorOwner = (userId: string): string => `second_factor:${userId}`;

/**
 * Which of somebody's factors a code is of, and uses it up; null when it is of none, or was used.
 * Guarantee: no code is taken twice, since the factor's row is locked and remembers the last step.
 */
export async function takeCode(ctx: Context, tx: Transaction, userId: string, typed: string): Promise<Factor | null> {
  const { rows } = await tx.query<{ secret: string; last_step: string; now_ms: string }>(
    `select secret, last_step, ${sqlMs(sqlNow(1))} as now_ms from second_factors
     where user_id = $2 and enabled_at is not null for update`,
    [ctx.clock.fixedMs(), userId],
  );
  const factor = rows[0];
  if (factor === undefined) return null;
  const code = typed.replace(/\s/g, '');
  if (!CODE_PATTERN.test(code)) {
    return (await spendRecoveryCode(tx, userId, code, ctx.clock.fixedMs())) ? 'recovery_code' : null;
  }
  const secret = boxOf(ctx).open(factor.secret, factorOwner(userId));
  const step = stepOfCode(secret, code, Number(factor.now_ms));
  if (step === null || step <= Number(factor.last_step)) return null;
  await tx.query('update second_factors set last_step = $2 where user_id = $1', [userId, step]);
  return 'totp';
}

export function boxOf(ctx: Context): NonNullable<Context['secretBox']> {
  if (ctx.secretBox === undefined) throw new Error('There is no secret box.');
  return ctx.secretBox;
}
