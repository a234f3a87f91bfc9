import type { Channel } from '@/contracts/channels';
import { booksVisible } from '@/server/clients/act-on';
import type { Context } from '@/server/kernel/context';
import { currentMs } from './observe';
import type { PaymentState } from './types';

const DAY_MS = 86_400_000;
export const REPORT_DAYS_DEFAULT = 30;

/** Payments made on one day, by what they stand at now. */
export interface PaymentTally {
  /** `2026-06-17`, UTC. */
  readonly day: string;
  readonly channel: Channel;
  readonly currency: string;
  readonly state: PaymentState;
  readonly payments: number;
  readonly amountMinor: bigint;
}

export interface PaymentReport {
  readonly fromMs: number;
  readonly toMs: number;
  readonly tallies: readonly PaymentTally[];
}

/**
 * What became of the payments made in a period: of every client in the mode for one of the operator's people who named
 * none. Counted from an index that holds all it needs (`payments_of_period`).
 * @param period without a beginning the last thirty days, without an end until now
 */
export async function readPaymentReport(
  ctx: Context,
  period: { readonly fromMs: number | null; readonly toMs: number | null; readonly currency: string | null },
): Promise<PaymentReport> {
  const toMs = period.toMs ?? (await currentMs(ctx)) + 1;
  const fromMs = period.fromMs ?? Math.floor((toMs - 1) / DAY_MS) * DAY_MS - (REPORT_DAYS_DEFAULT - 1) * DAY_MS;
  const visible = booksVisible(ctx, 4);
  const { rows } = await ctx.db.pool.query<{
    day: string;
    channel: Channel;
    currency: string;
    state: PaymentState;
    payments: string;
    amount_minor: string;
  }>(
    `select to_char((p.created_at at time zone 'UTC')::date, 'YYYY-MM-DD') as day, p.channel, p.currency,
       p.state, count(*) as payments, sum(p.amount_minor) as amount_minor
     from payments p
     where p.tenant_id in (select t.id from tenants t where ${visible.sql})
       and p.created_at >= timestamptz 'epoch' + $1::bigint * interval '1 millisecond'
       and p.created_at < timestamptz 'epoch' + $2::bigint * interval '1 millisecond'
       and ($3::text is null or p.currency = $3)
     group by (p.created_at at time zone 'UTC')::date, p.channel, p.currency, p.state
     order by 1, 2, 3, 4`,
    [fromMs, toMs, period.currency, ...visible.values],
  );
  return {
    fromMs,
    toMs,
    tallies: rows.map((row) => ({
      day: row.day,
      channel: row.channel,
      currency: row.currency,
      state: row.state,
      payments: Number(row.payments),
      amountMinor: BigInt(row.amount_minor),
    })),
  };
}
