import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { type Queryable, sqlMs, sqlNow } from '@/server/kernel/sql-time';
import { type Transaction, transact } from '@/server/kernel/transaction';

/** Days of UTC, both included, as `YYYY-MM-DD`. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

export interface DayRangeInput {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

const DAY_MS = 86_400_000;
const DAYS_DEFAULT = 30;
const DAYS_MAX = 367;

export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
export const shifted = (day: string, days: number): string => dayOf(Date.parse(day) + days * DAY_MS);

/** Every day, the first to the last. */
export function daysOf({ from, to }: DayRange): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = shifted(day, 1)) days.push(day);
  return days;
}

/** @throws Problem parameter_invalid */
export async function dayRange(ctx: Context, { from, to }: DayRangeInput): Promise<DayRange> {
  const { rows } = await ctx.db.pool.query<{ ms: string }>(`select ${sqlMs(sqlNow(1))} as ms`, [ctx.clock.fixedMs()]);
  const last = to ?? dayOf(Number(rows[0]?.ms));
  const range = { from: from ?? shifted(last, 1 - DAYS_DEFAULT), to: last };
  if (range.from > range.to) throw new Problem('parameter_invalid', 'from must not lie after to.', { param: 'from' });
  if ((Date.parse(range.to) - Date.parse(range.from)) / DAY_MS >= DAYS_MAX) {
    throw new Problem('parameter_invalid', 'The period may have 367 days at the most.', { param: 'from' });
  }
  return range;
}

/** Several reads of the same moment. */
export function inSnapshot<R>({ db }: Pick<Context, 'db'>, work: (tx: Transaction) => Promise<R>): Promise<R> {
  return transact(db, async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only');
    return work(tx);
  });
}

/** Until when the daily sums count everything; null before the first count. */
export async function countedUntil(db: Queryable): Promise<number | null> {
  const { rows } = await db.query<{ ms: string }>(`select ${sqlMs('counted_until')} as ms from report_progress`);
  return rows[0] === undefined ? null : Number(rows[0].ms);
}
