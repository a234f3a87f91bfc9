import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { type Queryable, sqlNow } from '@/server/kernel/sql-time';

/** Failures before the first delay; from then on it doubles from a second to the longest. Never a lock-out. */
const FREE_FOR_ACCOUNT = 5;
/** An office shares an address, so it has more. */
const FREE_FOR_ADDRESS = 20;
const DELAY_SECONDS_MAX = 300;
/** After this long without a failure the count begins anew. */
export const FAILURES_KEPT_HOURS = 24;

/** What failures are counted by. In this order everywhere, so that two log-ins never wait for each other's row. */
export interface ThrottleKeys {
  readonly account: string;
  /** Null where the address is not known. */
  readonly address: string | null;
}

/**
 * From an address that the account has logged in from before, failures are counted apart: whoever guesses elsewhere
 * slows himself down, and not the account's owner. A hash, since people type passwords into the wrong field.
 */
export function throttleKeys(email: string, address: string | null, isFamiliar: boolean): ThrottleKeys {
  const account = createHash('sha256').update(email).digest('base64url').slice(0, 32);
  return {
    account: isFamiliar ? `account:${account}:${address}` : `account:${account}`,
    address: address === null ? null : `address:${network(address)}`,
  };
}

/** @throws Problem login_throttled, saying when the next try may be made */
export async function requireNotThrottled(
  ctx: Context,
  { account, address }: ThrottleKeys,
  db: Queryable = ctx.db.pool,
): Promise<void> {
  const { rows } = await db.query<{ seconds: number | null }>({
    name: 'login_throttled',
    text: `select ceil(extract(epoch from max(blocked_until) - ${sqlNow(1)}))::integer as seconds
           from login_throttles where key in ($2, $3) and blocked_until > ${sqlNow(1)}`,
    values: [ctx.clock.fixedMs(), account, address ?? account],
  });
  const seconds = rows[0]?.seconds ?? null;
  if (seconds === null) return;
  const retryAfterSeconds = Math.max(seconds, 1);
  throw new Problem('login_throttled', `Too many failed log-ins. Wait ${retryAfterSeconds} s before the next try.`, {
    retryAfterSeconds,
  });
}

/** Guarantee: each failure counts, however many come at once in however many processes: the row is locked and added to. */
export async function countFailure(ctx: Context, tx: Queryable, { account, address }: ThrottleKeys): Promise<void> {
  await count(ctx, tx, account, FREE_FOR_ACCOUNT);
  if (address !== null) await count(ctx, tx, address, FREE_FOR_ADDRESS);
}

async function count(ctx: Context, tx: Queryable, key: string, free: number): Promise<void> {
  const failures = `case when t.last_failed_at < ${sqlNow(2)} - $4 * interval '1 hour' then 1 else t.failures + 1 end`;
  const delay = `case when ${failures} <= $3::integer then 0 else least(2 ^ least(${failures} - $3 - 1, 30), $5) end`;
  await tx.query(
    `insert into login_throttles as t (key, failures, last_failed_at, blocked_until)
     values ($1, 1, ${sqlNow(2)}, ${sqlNow(2)})
     on conflict (key) do update set failures = ${failures}, last_failed_at = ${sqlNow(2)},
       blocked_until = greatest(t.blocked_until, ${sqlNow(2)} + ${delay} * interval '1 second')`,
    [key, ctx.clock.fixedMs(), free, FAILURES_KEPT_HOURS, DELAY_SECONDS_MAX],
  );
}

/** After a success. The address keeps its count: one right password must not pay for guesses at others. */
export async function forgetFailures(tx: Queryable, { account }: ThrottleKeys): Promise<void> {
  await tx.query('delete from login_throttles where key = $1', [account]);
}

/** Of an IPv6 address its /64, which is one customer's whole choice; of any other the address. */
export function network(address: string): string {
  if (!isIPv6(address)) return address;
  const mapped = /^::ffff:([0-9.]+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = '', tail] = (address.split('%')[0] as string).split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  // An IPv4 tail stands for two groups; it is never among the first four.
  const between = 8 - before.length - after.length - (tail?.includes('.') ? 1 : 0);
  const groups = [...before, ...Array<string>(Math.max(between, 0)).fill('0'), ...after].slice(0, 4);
  return `${groups.map((group) => group.replace(/^0+(?=.)/, '').toLowerCase()).join(':')}::/64`;
}
