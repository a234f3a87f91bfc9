import { formatId } from '@/contracts/ids';
import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { sqlNow } from '@/server/kernel/sql-time';
import { inTransaction } from '@/server/kernel/transaction';
import { readWallet } from './read';
import { readNote, type WalletNote } from './read-notes';

/**
 * Writes down what the next person on a wallet should know, whatever the wallet's status. It stays for ever.
 * @throws Problem resource_missing
 */
export function addNote(
  ctx: Context,
  { walletId, body }: { readonly walletId: string; readonly body: string },
): Promise<WalletNote> {
  return inTransaction(ctx, async (tx) => {
    await readWallet(ctx, walletId, tx);
    const id = ctx.ledger.nextId();
    await tx.query(
      `insert into account_notes (tenant_id, id, account_id, body, actor, request_id, created_at)
       values ($1, $3, $4, $5, $6, $7, ${sqlNow(2)})`,
      [ctx.principal.tenantId, ctx.clock.fixedMs(), id, walletId, body, ctx.principal.actor, ctx.requestId],
    );
    await recordChange(ctx, tx, {
      action: 'wallet.note_added',
      objectId: walletId,
      before: null,
      after: JSON.stringify({ note_id: formatId('note', id), body }),
    });
    return readNote(ctx, id, tx);
  });
}
