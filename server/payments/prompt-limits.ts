import { Problem } from '@/server/kernel/problem';
import { type Queryable, sqlNow } from '@/server/kernel/sql-time';
import type { CollectionPolicy } from './policy';

const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 86_400;

interface Limit {
  readonly subject: string;
  readonly seconds: number;
  readonly most: number;
  readonly says: string;
}

/**
 * Counts one prompt more towards what a phone and a client may have in a window; in the transaction of the payment, so that
 * one that is not made does not count.
 * Guarantee: each window's row is counted up under its lock, so that requests at once cannot pass a limit together.
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
  const limits: Limit[] = [];
  if (phone !== null) {
    const subject = `phone:${phone}`;
    limits.push(
      { subject, seconds: HOUR_SECONDS, most: policy.promptsPerPhoneHour, says: 'this phone in an hour' },
      { subject, seconds: DAY_SECONDS, most: policy.promptsPerPhoneDay, says: 'this phone in a day' },
    );
  }
  // Last, since every payment of the client waits for this row until the transaction ends.
  limits.push({ subject: 'client', seconds: DAY_SECONDS, most: policy.promptsPerDay, says: 'one client in a day' });
  for (const { subject, seconds, most, says } of limits) {
    const { rows } = await tx.query<{ prompts: number; seconds_left: number }>(
      `insert into prompt_counts (tenant_id, subject, window_seconds, window_start, prompts)
       select $1, $3, $4, w.start, 1
       from (select to_timestamp(floor(extract(epoch from ${sqlNow(2)}) / $4) * $4) as start) w
       on conflict (tenant_id, subject, window_seconds, window_start) do update set prompts = prompt_counts.prompts + 1
       returning prompts, ceil(extract(epoch from window_start) + $4 - extract(epoch from ${sqlNow(2)}))::int as seconds_left`,
      [tenantId, fixedMs, subject, seconds],
    );
    const counted = rows[0];
    if (counted !== undefined && counted.prompts > most) {
      throw new Problem('prompt_limit_reached', `No more than ${most} prompts go to ${says}; nothing was sent.`, {
        ...(subject !== 'client' && { param: 'phone' }),
        details: { limit: most, window_seconds: seconds },
        retryAfterSeconds: Math.max(1, counted.seconds_left),
      });
    }
  }
}
