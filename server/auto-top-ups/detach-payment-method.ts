import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { sqlNow } from '@/server/kernel/sql-time';
import { inTransaction } from '@/server/kernel/transaction';
import { disableRule } from './disable-rule';
import { type PaymentMethodView, readMethod } from './read-methods';

/**
 * The customer takes their word back: it is asked no more, what a card was charged by is forgotten, and rules go on without it;
 * one that has nothing else left is disabled. A top-up that is under way is seen to its end. Detaching twice changes nothing.
 * @throws Problem resource_missing
 */
export function detachPaymentMethod(ctx: Context, id: string): Promise<PaymentMethodView> {
  return inTransaction(ctx, async (tx) => {
    const { tenantId } = ctx.principal;
    const before = await readMethod(ctx, id, { tx, lock: true });
    if (before.detachedAtMs !== null) return before;
    const now = sqlNow(2);
    await tx.query(
      `update payment_methods set detached_at = ${now}, token_sealed = null where tenant_id = $1 and id = $3`,
      [tenantId, ctx.clock.fixedMs(), id],
    );
    // In the order of their wallets, so that two of these cannot wait for each other.
    const { rows } = await tx.query<{ wallet_id: string; rest: string[] }>(
      `select wallet_id, array_remove(payment_method_ids, $2::bigint) as rest from auto_topup_rules
       where tenant_id = $1 and payment_method_ids @> array[$2::bigint] order by wallet_id for update`,
      [tenantId, id],
    );
    for (const rule of rows) {
      const walletId = rule.wallet_id;
      if (rule.rest.length === 0) await disableRule(ctx, tx, { walletId }, 'method_detached');
      await tx.query(
        `update auto_topup_rules set payment_method_ids = $4, updated_at = ${now} where tenant_id = $1 and wallet_id = $3`,
        [tenantId, ctx.clock.fixedMs(), walletId, rule.rest],
      );
    }
    await recordChange(ctx, tx, {
      action: 'payment_method.detached',
      objectId: id,
      before: JSON.stringify({ status: 'active' }),
      after: JSON.stringify({ status: 'detached' }),
    });
    return readMethod(ctx, id, { tx });
  });
}
