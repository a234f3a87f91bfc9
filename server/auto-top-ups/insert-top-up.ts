import type { Context } from '@/server/kernel/context';
import { sqlNow } from '@/server/kernel/sql-time';
import type { Transaction } from '@/server/kernel/transaction';
import { makePaymentNumber } from '@/server/top-ups/checkout-token';
import { paymentNumberOf, readTopUp, type TopUpView } from '@/server/top-ups/read';
import { recordTopUpEvent } from '@/server/top-ups/store';

/** Of two numbers in 2^40 alike in one client's books one may happen, three in a row never. */
const NUMBER_TRIES_MAX = 3;

/**
 * Writes down what is about to be asked for, with the reference of its one payment: whoever takes over after a crash asks
 * under the same reference, which the books of payments know once.
 */
export async function insertTopUp(
  ctx: Context,
  tx: Transaction,
  top: {
    readonly walletId: string;
    readonly currency: string;
    readonly amountMinor: bigint;
    readonly paymentMethodId: string;
  },
): Promise<TopUpView> {
  const id = ctx.ledger.nextId();
  for (let tries = 1; tries <= NUMBER_TRIES_MAX; tries++) {
    const number = makePaymentNumber();
    // Guarantee: the unique constraint gives a number to one top-up of these books alone.
    const { rowCount } = await tx.query(
      `insert into top_ups (tenant_id, id, wallet_id, currency, amount_minor, status, number, attempts, payment_reference,
         source, payment_method_id, expires_at, created_at, updated_at)
       values ($1, $3, $4, $5, $6, 'processing', $7, 1, $8, 'automatic', $9, ${sqlNow(2)} + interval '1 day', ${sqlNow(2)},
         ${sqlNow(2)})
       on conflict (tenant_id, number) do nothing`,
      [
        ctx.principal.tenantId,
        ctx.clock.fixedMs(),
        id,
        top.walletId,
        top.currency,
        top.amountMinor,
        number,
        paymentNumberOf({ number }),
        top.paymentMethodId,
      ],
    );
    if (rowCount !== 1) continue;
    const topUp = await readTopUp(ctx, id, { tx });
    await recordTopUpEvent(ctx, tx, 'topup.created', topUp);
    return topUp;
  }
  throw new Error('No payment number was free.');
}
