import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { type Transaction, transact } from '@/server/kernel/transaction';
import { type Factor, takeCode } from './take-code';
import { countFailure, forgetFailures, requireNotThrottled } from './throttle';

/**
 * Runs `then` when the code is one of this user's, and counts the failure when it is not. Guarantee: of many guesses at
 * once each waits for the one before, so that none escapes the delay.
 * @throws Problem confirmation_wrong, login_throttled
 */
export async function withProvenCode<R>(
  ctx: Context,
  userId: string,
  code: string,
  then: (tx: Transaction, factor: Factor) => Promise<R>,
  onFailure: (tx: Transaction) => Promise<void> = async () => {},
): Promise<R> {
  const keys = { account: `factor:${userId}`, address: null };
  const done = await transact(ctx.db, async (tx) => {
    await tx.query('select from second_factors where user_id = $1 for update', [userId]);
    await requireNotThrottled(ctx, keys, tx);
    const factor = await takeCode(ctx, tx, userId, code);
    if (factor === null) {
      await countFailure(ctx, tx, keys);
      await onFailure(tx);
      return null;
    }
    await forgetFailures(tx, keys);
    return { result: await then(tx, factor) };
  });
  if (done === null) {
    throw new Problem('confirmation_wrong', 'The code is wrong, or was used before.', { param: 'code' });
  }
  return done.result;
}
