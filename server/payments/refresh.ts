import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { sqlNow } from '@/server/kernel/sql-time';
import { providerOf } from './attempt';
import { providerDown } from './initiate';
import type { Payment } from './payment-row';
import { askProvider } from './poll';
import { findPaymentOfAny } from './read';

/** Pressing a button often asks no provider more often than this. */
const PAUSE_SECONDS = 4;

/**
 * Asks the provider now how a payment stands, instead of at its next turn; what it answers is taken in as any answer is,
 * and may move the payment in any state, ended ones too. Within a few seconds of another question the payment is given as
 * it stands.
 * @throws Problem resource_missing, provider_unavailable: the circuit is open, nothing was asked
 */
export async function refreshPayment(caller: Context, named: string): Promise<{ payment: Payment; wasAsked: boolean }> {
  const { ctx, payment } = await findPaymentOfAny(caller, named);
  const provider = await providerOf(ctx, payment);
  if (provider === null) {
    throw new Problem('provider_unavailable', 'The provider of this payment is not configured here any more.');
  }
  if (!provider.isAvailable()) throw providerDown(payment.channel);
  // Guarantee: of presses at once one asks.
  const { rowCount } = await ctx.db.pool.query(
    `update payments set asked_at = ${sqlNow(2)}
     where tenant_id = $1 and id = $3
       and (asked_at is null or asked_at <= ${sqlNow(2)} - interval '${PAUSE_SECONDS} seconds')`,
    [payment.tenantId, ctx.clock.fixedMs(), payment.id],
  );
  if (rowCount === 0) return { payment, wasAsked: false };
  const mover = { actor: ctx.principal.actor, requestId: ctx.requestId, source: 'status' } as const;
  return { payment: await askProvider(ctx, payment, provider, mover), wasAsked: true };
}
