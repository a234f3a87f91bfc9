import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { inTransaction } from '@/server/kernel/transaction';
import { renderRule } from './render-rule';
import { readRule } from './rule';

/**
 * Takes a wallet's rule away. A top-up that is under way is seen to its end, and what it brings is credited.
 * @returns the wallet's id
 * @throws Problem resource_missing
 */
export function deleteRule(ctx: Context, walletId: string): Promise<string> {
  return inTransaction(ctx, async (tx) => {
    const before = await readRule(ctx, walletId, { tx, lock: true });
    await tx.query('delete from auto_topup_rules where tenant_id = $1 and wallet_id = $2', [
      ctx.principal.tenantId,
      walletId,
    ]);
    await recordChange(ctx, tx, {
      action: 'auto_topup.deleted',
      objectId: walletId,
      before: JSON.stringify(renderRule(before)),
      after: JSON.stringify({ deleted: true }),
    });
    return walletId;
  });
}
