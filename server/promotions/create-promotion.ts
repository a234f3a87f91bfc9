import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { sqlNow } from '@/server/kernel/sql-time';
import { inTransaction } from '@/server/kernel/transaction';
import { findPromotion, type Promotion } from './promotion-row';

export interface CreatePromotionInput {
  readonly code: string;
  readonly name: string;
  readonly currency: string;
  readonly amountMinor: bigint | null;
  readonly expiresAtMs: number | null;
  readonly priority: number;
  readonly budgetMinor: bigint | null;
}

/** @throws Problem promotion_exists */
export function createPromotion(ctx: Context, input: CreatePromotionInput): Promise<Promotion> {
  const id = ctx.ledger.nextId();
  return inTransaction(ctx, async (tx) => {
    // Guarantee: of two at once with one code, one creates and the other is refused.
    const { rowCount } = await tx.query(
      `insert into promotions (tenant_id, id, code, name, currency, amount_minor, expires_at, priority, budget_minor, status,
         created_at, updated_at)
       values ($1, $3, $4, $5, $6, $7, timestamptz 'epoch' + $8::bigint * interval '1 millisecond', $9, $10, 'active',
         ${sqlNow(2)}, ${sqlNow(2)})
       on conflict (tenant_id, code) do nothing`,
      [
        ctx.principal.tenantId,
        ctx.clock.fixedMs(),
        id,
        input.code,
        input.name,
        input.currency,
        input.amountMinor,
        input.expiresAtMs,
        input.priority,
        input.budgetMinor,
      ],
    );
    if (rowCount !== 1) {
      throw new Problem('promotion_exists', `There is a promotion ${input.code} already.`, { param: 'code' });
    }
    const promotion = await findPromotion(onBooks(ctx), input.code, 'code', tx);
    await recordChange(ctx, tx, {
      action: 'promotion.created',
      objectId: id,
      before: null,
      after: JSON.stringify(promotionFacts(promotion)),
    });
    return promotion;
  });
}

/** The caller's own books and no others, whoever asks: a code names a promotion within them. */
export function onBooks(ctx: Context): Context {
  return { ...ctx, principal: { ...ctx.principal, actsOnClient: true } };
}

/** What the audit log says of a promotion. */
export function promotionFacts(promotion: Promotion): Record<string, string | number | null> {
  const { code, name, currency, amountMinor, expiresAtMs, priority, budgetMinor, status } = promotion;
  return {
    code,
    name,
    currency,
    amount_minor: amountMinor === null ? null : String(amountMinor),
    expires_at: expiresAtMs === null ? null : new Date(expiresAtMs).toISOString(),
    priority,
    budget_minor: budgetMinor === null ? null : String(budgetMinor),
    status,
  };
}
