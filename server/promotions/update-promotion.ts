import { formatMinor } from '@/contracts/money';
import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { sqlNow } from '@/server/kernel/sql-time';
import { inTransaction } from '@/server/kernel/transaction';
import { promotionFacts } from './create-promotion';
import { findPromotion, type Promotion } from './promotion-row';

/** What is undefined stays; null empties. */
export interface UpdatePromotionInput {
  readonly name?: string | undefined;
  readonly amountMinor?: bigint | null | undefined;
  readonly expiresAtMs?: number | null | undefined;
  readonly priority?: number | undefined;
  readonly budgetMinor?: bigint | null | undefined;
  readonly status?: 'active' | 'ended' | undefined;
}

/** For imports from now on; what was issued stays as it is. @throws Problem resource_missing, budget_exceeded */
export function updatePromotion(ctx: Context, named: string, input: UpdatePromotionInput): Promise<Promotion> {
  return inTransaction(ctx, async (tx) => {
    const before = await findPromotion(ctx, named, 'id', tx, true);
    const { name, amountMinor, expiresAtMs, priority, budgetMinor, status } = input;
    const after: Promotion = {
      ...before,
      ...(name !== undefined && { name }),
      ...(amountMinor !== undefined && { amountMinor }),
      ...(expiresAtMs !== undefined && { expiresAtMs }),
      ...(priority !== undefined && { priority }),
      ...(budgetMinor !== undefined && { budgetMinor }),
      ...(status !== undefined && { status }),
    };
    if (after.budgetMinor !== null && after.budgetMinor < before.reservedMinor) {
      const issued = formatMinor(before.reservedMinor, before.currency);
      throw new Problem('budget_exceeded', `The promotion has issued ${issued} already.`, {
        param: 'budget',
        details: { currency: before.currency, committed: Number(before.reservedMinor) },
      });
    }
    const [was, is] = [JSON.stringify(promotionFacts(before)), JSON.stringify(promotionFacts(after))];
    if (was === is) return before;
    await tx.query(
      `update promotions set name = $4, amount_minor = $5,
         expires_at = timestamptz 'epoch' + $6::bigint * interval '1 millisecond', priority = $7, budget_minor = $8,
         status = $9, updated_at = ${sqlNow(2)}
       where tenant_id = $1 and id = $3`,
      [
        before.tenantId,
        ctx.clock.fixedMs(),
        before.id,
        after.name,
        after.amountMinor,
        after.expiresAtMs,
        after.priority,
        after.budgetMinor,
        after.status,
      ],
    );
    const on = { ...ctx, principal: { ...ctx.principal, tenantId: before.tenantId } };
    await recordChange(on, tx, { action: 'promotion.updated', objectId: before.id, before: was, after: is });
    return findPromotion(ctx, named, 'id', tx);
  });
}
