import type { Context } from '@/server/kernel/context';
import { sqlNow } from '@/server/kernel/sql-time';
import { providerOf } from '@/server/payments/attempt';
import { askProvider } from '@/server/payments/poll';
import { readPaymentOf } from './checkout';
import { readTopUp } from './read';

/** Pressing a button often asks no provider more often than this. */
const PAUSE_SECONDS = 4;

/**
 * The payer says that something has happened: the provider is asked now instead of at its next turn. What it answers is
 * taken in as any answer is.
 */
export async function askNow(ctx: Context, topUpId: string): Promise<void> {
  const topUp = await readTopUp(ctx, topUpId);
  const payment = await readPaymentOf(ctx, topUp);
  if (payment === null || payment.isFinal) return;
  // Guarantee: of presses at once one asks.
  const { rowCount } = await ctx.db.pool.query(
    `update top_ups set asked_at = ${sqlNow(2)}
     where tenant_id = $1 and id = $3
       and (asked_at is null or asked_at <= ${sqlNow(2)} - interval '${PAUSE_SECONDS} seconds')`,
    [ctx.principal.tenantId, ctx.clock.fixedMs(), topUpId],
  );
  if (rowCount === 0) return;
  const provider = await providerOf(ctx, payment);
  if (provider === null) return;
  await askProvider(ctx, payment, provider, { actor: ctx.principal.actor, requestId: ctx.requestId, source: 'status' });
}

/** Kept, so that the page still says it after a reload. */
export async function sayApproved(ctx: Context, topUpId: string): Promise<void> {
  await ctx.db.pool.query(
    `update top_ups set approved_at = ${sqlNow(2)} where tenant_id = $1 and id = $3 and status in ('processing', 'pending')`,
    [ctx.principal.tenantId, ctx.clock.fixedMs(), topUpId],
  );
}
