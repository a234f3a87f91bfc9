import type { Context } from '@/server/kernel/context';
import { type Queryable, sqlNow } from '@/server/kernel/sql-time';

/**
 * Puts an event of a wallet that no journal says into the outbox, in the transaction of what it tells. It carries the
 * wallet's sequence at that moment, by which receivers order.
 */
export async function recordWalletEvent(
  ctx: Context,
  tx: Queryable,
  event: { readonly type: string; readonly walletId: string; readonly payload: string },
): Promise<void> {
  await tx.query(
    `insert into events (tenant_id, id, type, account_id, sequence, payload, created_at)
     select $1, $3, $4, x.id, x.sequence, $6, ${sqlNow(2)} from accounts x where x.tenant_id = $1 and x.id = $5`,
    [ctx.principal.tenantId, ctx.clock.fixedMs(), ctx.ledger.nextId(), event.type, event.walletId, event.payload],
  );
}
