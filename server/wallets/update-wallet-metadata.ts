import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { sqlNow } from '@/server/kernel/sql-time';
import { inTransaction } from '@/server/kernel/transaction';
import { readWallet, type WalletView } from './read';
import { recordWalletEvent } from './record-event';

/**
 * Puts new metadata in the place of the old. Allowed whatever the status: it moves no money.
 * @param input.metadata JSON text
 * @throws Problem resource_missing
 */
export function updateWalletMetadata(
  ctx: Context,
  input: { readonly walletId: string; readonly metadata: string },
): Promise<WalletView> {
  return inTransaction(ctx, async (tx) => {
    const before = await readWallet(ctx, input.walletId, tx);
    if (before.metadata === input.metadata) return before;
    await tx.query(
      `insert into account_profiles (tenant_id, account_id, metadata, updated_at) values ($1, $3, $4, ${sqlNow(2)})
       on conflict (tenant_id, account_id) do update set metadata = excluded.metadata, updated_at = excluded.updated_at`,
      [ctx.principal.tenantId, ctx.clock.fixedMs(), input.walletId, input.metadata],
    );
    const payload = `{"metadata":${input.metadata}}`;
    await recordWalletEvent(ctx, tx, { type: 'wallet.updated', walletId: input.walletId, payload });
    await recordChange(ctx, tx, {
      action: 'wallet.metadata_updated',
      objectId: input.walletId,
      before: before.metadata,
      after: input.metadata,
    });
    return { ...before, metadata: input.metadata };
  });
}
