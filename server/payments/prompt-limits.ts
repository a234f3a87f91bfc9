import { Problem } from '@/server/kernel/problem';
import { type Queryable, sqlNow } from '@/server/kernel/sql-time';
import type { CollectionPolicy } from './policy';

type Reached = 'phone_hour' | 'phone_day' | 'client_day';

const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 86_400;

/**
 * Counts one prompt more towards what a phone and a client may have in a window; in the transaction of the payment, so that
 * one that is not made does not count.
 * Guarantee: `count_prompts` counts each window up under its row's lock, so that requests at once cannot pass a limit
 * together (db/migrations/0018_collection.sql).
 * @throws Problem prompt_limit_reached
 */
export async function countPrompt(
  tx: Queryable,
  {
    tenantId,
    phone,
    policy,
    fixedMs,
  }: {
    readonly tenantId: string;
    readonly phone: string | null;
    readonly policy: CollectionPolicy;
    readonly fixedMs: number | null;
  },
): Promise<void> {
  const { rows } = await tx.query<{ reached: Reached; seconds_left: number }>({
    name: 'count_prompts',
    text: `select reached, seconds_left from count_prompts($1, ${sqlNow(2)}, $3, $4, $5, $6)`,
    values: [tenantId, fixedMs, phone, policy.promptsPerPhoneHour, policy.promptsPerPhoneDay, policy.promptsPerDay],
  });
  const [limit] = rows;
  if (limit === undefined) return;
  const { most, seconds, says } = limitOf(limit.reached, policy);
  throw new Problem('prompt_limit_reached', `No more than ${most} prompts go to ${says}; nothing was sent.`, {
    ...(limit.reached !== 'client_day' && { param: 'phone' }),
    details: { limit: most, window_seconds: seconds },
    retryAfterSeconds: Math.max(1, limit.seconds_left),
  });
}

function limitOf(reached: Reached, policy: CollectionPolicy): { most: number; seconds: number; says: string } {
  switch (reached) {
    case 'phone_hour':
      return { most: policy.promptsPerPhoneHour, seconds: HOUR_SECONDS, says: 'this phone in an hour' };
    case 'phone_day':
      return { most: policy.promptsPerPhoneDay, seconds: DAY_SECONDS, says: 'this phone in a day' };
    case 'client_day':
      return { most: policy.promptsPerDay, seconds: DAY_SECONDS, says: 'one client in a day' };
  }
}
