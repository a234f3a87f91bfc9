import type { Channel } from '@/contracts/channels';
import { booksVisible } from '@/server/clients/act-on';
import type { Context } from '@/server/kernel/context';
import { sqlMs, sqlNow } from '@/server/kernel/sql-time';
import { type DayRange, type DayRangeInput, dayRange, inSnapshot, shifted } from './day-range';

export interface CollectedDay {
  readonly date: string;
  readonly currency: string;
  readonly channel: Channel;
  readonly count: number;
  readonly amountMinor: bigint;
}

export interface BegunDay {
  readonly date: string;
  readonly currency: string;
  readonly channel: Channel;
  readonly begun: number;
  readonly succeeded: number;
  readonly ended: number;
}

export interface TopUpsReport extends DayRange {
  readonly asOfMs: number;
  /** Of the period and of as many days before it. */
  readonly collected: readonly CollectedDay[];
  /** Of the period. */
  readonly begun: readonly BegunDay[];
  readonly livemode: boolean;
}

const OF = { topups: 'and p.wallet_id is not null', payments: 'and p.wallet_id is null', all: '' } as const;
/** What brought money in, whatever became of it later. */
const PAID = `('succeeded', 'partially_refunded', 'refunded', 'reversed')`;
const ENDED = `('succeeded', 'partially_refunded', 'refunded', 'reversed', 'failed', 'canceled', 'expired')`;

/** Money collected by day and channel, from the payments themselves. @throws Problem parameter_invalid */
export async function readTopUps(
  ctx: Context,
  input: DayRangeInput & { readonly currency: string | undefined; readonly of: keyof typeof OF },
): Promise<TopUpsReport> {
  const range = await dayRange(ctx, input);
  const days = (Date.parse(range.to) - Date.parse(range.from)) / 86_400_000 + 1;
  const visible = booksVisible(ctx, 4);
  const within = (column: string): string =>
    `p.${column} >= $1::date at time zone 'UTC' and p.${column} < ($2::date + 1) at time zone 'UTC'`;
  const values = (from: string) => [from, range.to, input.currency ?? null, ...visible.values];
  return inSnapshot(ctx, async (tx) => {
    const { rows: collected } = await tx.query<{
      date: string;
      currency: string;
      channel: Channel;
      count: number;
      amount: string;
    }>(
      `select to_char(p.paid_at at time zone 'UTC', 'YYYY-MM-DD') as date, p.currency, p.channel, count(*)::int as count,
         sum(p.amount_minor)::text as amount
       from tenants t join payments p on p.tenant_id = t.id and p.paid_at is not null and ${within('paid_at')}
       where ($3::text is null or p.currency = $3) and p.state in ${PAID} ${OF[input.of]} and ${visible.sql}
       group by 1, 2, 3 order by 2, 1, 3`,
      values(shifted(range.from, -days)),
    );
    const { rows: begun } = await tx.query<{
      date: string;
      currency: string;
      channel: Channel;
      begun: number;
      succeeded: number;
      ended: number;
    }>(
      `select to_char(p.created_at at time zone 'UTC', 'YYYY-MM-DD') as date, p.currency, p.channel, count(*)::int as begun,
         count(*) filter (where p.state in ${PAID})::int as succeeded, count(*) filter (where p.state in ${ENDED})::int as ended
       from tenants t join payments p on p.tenant_id = t.id and ${within('created_at')}
       where ($3::text is null or p.currency = $3) ${OF[input.of]} and ${visible.sql}
       group by 1, 2, 3 order by 2, 1, 3`,
      values(range.from),
    );
    const { rows: now } = await tx.query<{ ms: string }>(`select ${sqlMs(sqlNow(1))} as ms`, [ctx.clock.fixedMs()]);
    return {
      ...range,
      asOfMs: Number(now[0]?.ms),
      collected: collected.map(({ amount, ...row }) => ({ ...row, amountMinor: BigInt(amount) })),
      begun,
      livemode: ctx.principal.mode === 'live',
    };
  });
}
